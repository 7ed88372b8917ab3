"""Backups: a site as one file, made while it runs and never believed before it has been read back."""
