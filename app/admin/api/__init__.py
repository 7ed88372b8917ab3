"""Posts for programs: lists, texts, and pushing them, with a token instead of a session."""
