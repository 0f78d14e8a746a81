"""The background process: senses, decides, speaks. It loads little and talks to app through files alone."""
