"""Alembic's entry. In: the connection that ``store.migrate`` opened. It never opens one of its own."""

from alembic import context

from midback.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite changes a table by making it anew.
    render_as_batch=True,
    user_module_prefix="",
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
