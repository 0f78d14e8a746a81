"""Pictures coming in, one after another: a camera, a video file, still pictures. None is ever written."""
