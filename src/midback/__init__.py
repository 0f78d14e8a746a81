"""midback: a posture, movement and comfort coach that runs on the person's own computer."""

__version__ = "0.1.0"
