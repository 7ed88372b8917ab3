"""What the posts are about: plain Python, importable without Flask, database or the rest of the app."""
