"""Counting what a camera saw. In: frames of landmarks and a Check. Out: phases, counts, and why not."""
