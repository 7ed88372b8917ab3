"""The detector: what is in a picture, and where."""
