"""What posture does to the body, and what the body has been doing."""
