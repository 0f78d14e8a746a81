"""Remembering: tables, migrations, queries.

Functions take a Connection and a person; app owns the transaction.
"""
