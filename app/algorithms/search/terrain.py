"""Two more makers of maps, rooms with doors and hills with weights, and where to start on any map."""

from random import Random

from .distances import distances
from .errors import BadMap
from .grid import FREE, WALL, Grid, Place
from .ground import FAR, ground

ROOM = 8  # cells from wall to wall
SMOOTHNESS = ((16, 0.6), (6, 0.3), (3, 0.1))  # cells between random heights, and how much these count


def rooms(width: int, height: int, random: Random) -> list[list[int]]:
    """Square rooms, with a door in each wall between two of them."""
    rows = [[FREE if (x + 1) % ROOM and (y + 1) % ROOM else WALL for x in range(width)] for y in range(height)]
    for top in range(0, height, ROOM):
        for left in range(0, width, ROOM):
            right, below = left + ROOM - 1, top + ROOM - 1
            if right < width - 1:
                rows[random.randrange(top, min(below, height))][right] = FREE
            if below < height - 1:
                rows[below][random.randrange(left, min(right, width))] = FREE
    return rows


def hills(width: int, height: int, random: Random) -> list[list[int]]:
    """Weights from 1 to 9 that change little from cell to cell: random heights on coarse grids, and between them."""
    total = [[0.0] * width for _ in range(height)]
    for spacing, share in SMOOTHNESS:
        corners = [[random.random() for _ in range(width // spacing + 2)] for _ in range(height // spacing + 2)]
        for y in range(height):
            for x in range(width):
                total[y][x] += share * _between(corners, x / spacing, y / spacing)
    low, high = min(map(min, total)), max(map(max, total))
    return [[1 + min(8, int(9 * (value - low) / (high - low or 1))) for value in row] for row in total]


def ends(grid: Grid) -> tuple[Place, Place]:
    """Two places far from each other with a path between them, in the largest open part. Raises BadMap."""
    ways, unseen, largest = ground(grid, "never"), set(grid.places()), list[int]()
    while unseen and len(unseen) > len(largest):
        far = distances(ways, grid.at(next(iter(unseen))))
        part = [cell for cell, length in enumerate(far) if length < FAR]
        unseen -= set(grid.route(part))
        largest = max(largest, part, key=len)
    if len(largest) < 2:
        raise BadMap("The map has no two free cells with a path between them.")
    start = _farthest(distances(ways, largest[0]))
    return grid.place(start), grid.place(_farthest(distances(ways, start)))


def _farthest(lengths: list[int]) -> int:
    return max((cell for cell, length in enumerate(lengths) if length < FAR), key=lengths.__getitem__)


def _between(corners: list[list[float]], x: float, y: float) -> float:
    """The height between four corners, smoothly: the weights have no slope at the corners."""
    column, row = int(x), int(y)
    across, down = (part * part * (3 - 2 * part) for part in (x - column, y - row))
    upper, lower = (line[column] * (1 - across) + line[column + 1] * across for line in corners[row : row + 2])
    return upper * (1 - down) + lower * down
