"""How far every cell is from one: Dijkstra's algorithm without a goal."""

from collections.abc import Iterable
from heapq import heappop, heappush

from .ground import FAR, Ground


def distances(ground: Ground, source: int, *, towards: bool = False) -> list[int]:
    """What the cheapest path from `source` to each cell costs, or from each cell to it; FAR where there is none."""
    return from_any(ground, [source], towards=towards)


def from_any(ground: Ground, sources: Iterable[int], *, towards: bool = False) -> list[int]:
    """The same with the nearest of many sources."""
    neighbours = ground.before if towards else ground.after
    far = [FAR] * len(ground.legal)
    open_list: list[tuple[int, int]] = []
    for source in sources:
        far[source] = 0
        heappush(open_list, (0, source))
    while open_list:
        so_far, cell = heappop(open_list)
        if so_far > far[cell]:
            continue
        for near, cost in neighbours(cell):
            if so_far + cost < far[near]:
                far[near] = so_far + cost
                heappush(open_list, (so_far + cost, near))
    return far
