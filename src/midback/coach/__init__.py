"""Doing it together: (state, event) -> (state, cues)."""
