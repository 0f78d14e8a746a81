"""What is known: exercises, warning-sign questions, claims and sources, as TOML with one loader."""
