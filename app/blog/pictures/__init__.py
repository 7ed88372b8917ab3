"""Pictures of posts: taken in once, kept by what they contain, shown in the width that a screen needs."""
