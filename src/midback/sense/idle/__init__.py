"""How long the hands have been off the machine: one small back end for each kind of desktop. Next: choose."""
