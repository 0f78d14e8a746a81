"""The outside world coming in: idle time and other signs of the desktop, trips, calendars, ActivityWatch."""
