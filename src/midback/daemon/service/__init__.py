"""The loop as a service of the system: one small file for each kind of system, all of the same shape."""
