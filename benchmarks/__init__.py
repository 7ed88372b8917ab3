"""Side by side with other systems, in one run."""
