"""Feeds: the latest posts, whole, for programs that read for their owners."""
