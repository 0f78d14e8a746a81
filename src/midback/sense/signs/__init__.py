"""What else the desktop tells: locked, asleep, a film or a call, the camera, full screen, do not disturb."""
