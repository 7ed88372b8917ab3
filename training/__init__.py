"""How the shipped weights were made: `python -m training.<network>`."""
