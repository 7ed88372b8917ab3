"""A map in any of the forms in which one is given."""

from collections.abc import Sequence

from .errors import BadMap
from .grid import Grid
from .movingai import is_map, read_map


def read(map: object) -> Grid:
    """MovingAI text, lines of its letters, rows of letters or of numbers, or a grid as it is. Raises BadMap."""
    if isinstance(map, Grid):
        return map
    if isinstance(map, str):
        return read_map(map) if is_map(map) else Grid.from_letters(map.split())
    if isinstance(map, Sequence) and all(isinstance(row, str) for row in map):
        return Grid.from_letters(map)
    if isinstance(map, Sequence) and all(isinstance(row, Sequence) for row in map):
        return Grid.from_weights(map)
    raise BadMap(
        "A map is MovingAI text, rows of letters, or rows of numbers: 0 for a wall, 1 and more for what a cell costs."
    )
