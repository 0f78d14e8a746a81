"""Doing it together: (state, event) -> (state, cues). In: prescriptions. Out: what was really done."""
