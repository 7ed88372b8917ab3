"""Whether one cell sees another: whether the straight line between their middles crosses free cells only."""

from .grid import Grid

BESIDE = {"never": 2, "no-corner-cutting": 2, "one-free": 1, "always": 0}  # cells that must be free beside a corner


def sees(grid: Grid, here: int, there: int, diagonal: str) -> bool:
    """A line through the corner of four cells is held to the rule for diagonals; with “never”, it may cut none."""
    cells, beside = grid.cells, BESIDE[diagonal]
    (x, y), (to_x, to_y) = grid.place(here), grid.place(there)
    across, down = abs(to_x - x), abs(to_y - y)
    right, below = 1 if to_x > x else -1, grid.stride if to_y > y else -grid.stride
    cell, gone_across, gone_down = here, 0, 0
    while cell != there:
        # Which edge of the cell the line leaves by: the one across is at (gone + ½) / across of the way.
        ahead = (1 + 2 * gone_across) * down - (1 + 2 * gone_down) * across
        if ahead == 0 and (cells[cell + right] > 0) + (cells[cell + below] > 0) < beside:
            return False
        if ahead <= 0:
            cell, gone_across = cell + right, gone_across + 1
        if ahead >= 0:
            cell, gone_down = cell + below, gone_down + 1
        if not cells[cell]:
            return False
    return True
