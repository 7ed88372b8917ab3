"""What an argument may be, checked where it is given: a sentence names it where it is something else."""

from collections.abc import Collection


def check(name: str, value: float, least: float, most: float) -> None:
    """Raises ValueError, a sentence that names the argument, where it is out of range."""
    if not least <= value <= most:
        raise ValueError(f"The {name} must be between {least} and {most}, not {value}.")


def among(name: str, value: str, values: Collection[str]) -> None:
    """Raises ValueError, a sentence that names the argument and what it can be, where it is something else."""
    if value not in values:
        raise ValueError(f"The {name} can be {', '.join(values)}, not “{value}”.")
