"""A body's landmarks out of a picture: two small networks, and what turns their numbers into points."""
