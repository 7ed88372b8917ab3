"""Architectures only: no weights, no files, no devices."""
