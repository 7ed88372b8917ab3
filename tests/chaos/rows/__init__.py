"""Rows of the release table, a module each: what is done to the site at a length that no other tier has time for."""
