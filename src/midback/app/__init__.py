"""The use cases: one function, one transaction, joining core, store and clock. Next: cli and web."""
