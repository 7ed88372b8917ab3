"""Our A* beside the textbook's and three packages, on random maps and mazes: `python -m benchmarks.search`.

    --quick         maps of 64 and 256 cells a side, two of each kind
    --agree 10000   no times: are all optimal algorithms right on so many random maps?

Everybody searches the same maps from corner to corner and back, by turns, path included, and the best of some repeats
is kept. Times are of the processor, which a neighbour on the machine disturbs less. What is inside them: ours reads the
map from lines of text; the textbook and pyastar2d find theirs ready, as lists and as an array; pathfinding makes its
Grid, which holds the state of one search, so that a user has to make one for each; networkx finds its graph ready,
which took far longer to build than any search. The paths of all must be equally long.

What bounds the ratios. Ours and the textbook's expand the same cells in the same interpreter, so what can be saved is
the work for each cell: a border of walls instead of comparisons, whole-number costs on lists by f instead of a heap
of tuples, no neighbour tried that the cell before has offered already, and the cell just opened expanded without
passing through the open list where its f is the level's. Python's own loop over the neighbours that are left remains,
and the tables of moves and estimates, which are made for the whole map however little of it is searched. Where a cell
has but one or two ways on, as in mazes and with four neighbours, there is the least to save for each cell.
pathfinding pays for its Grid of nodes in the same way, so on maps of which a search sees little both times are mostly
preparation.

Two forms came before this one: levels handed out by a generator, and all legal moves of a map found as one large
integer. One function for the loop, and bands of rows that stay near the processor, took their place. Several goals
cost a look-up in a set for each cell instead of a comparison, some nanoseconds.
"""

from __future__ import annotations

import argparse
import gc
from collections.abc import Iterator
from random import Random
from statistics import median
from time import process_time

from app.algorithms.search import Place, solve
from app.algorithms.search.mazes import make
from benchmarks.agreement import disagreements
from benchmarks.pathfinders import PATHFINDERS, Map, Pathfinder, Search, options

SIZES, MAPS = (64, 256, 1024), 5
LARGE = 1024  # where everybody searches once, and slow packages only the first map
REPEATS = 3
WALLS = {"20 % walls": 0.2, "30 % walls": 0.3, "35 % walls": 0.35}
KINDS = (*WALLS, "maze")
BARS = {"textbook": 3.0, "pathfinding": 20.0, "networkx": 1.0, "pyastar2d": 0.1}  # the least “×” we want, from 256 on
CLOSE = 1e-6

Times = dict[str, list[float]]  # seconds of every search, by who searched


def main() -> None:
    parser = argparse.ArgumentParser(description="Our A* beside the textbook's and three packages.")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--agree", type=int, metavar="MAPS", help="compare all optimal algorithms with a judge instead")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    if arguments.agree:
        compared, wrong = disagreements(arguments.agree, arguments.seed)
        print(*wrong, f"{compared:,} searches on {arguments.agree:,} maps, {len(wrong)} of them wrong.", sep="\n")
        raise SystemExit(bool(wrong))
    for line in report(SIZES[:2] if arguments.quick else SIZES, 2 if arguments.quick else MAPS, arguments.seed):
        print(line, flush=True)


def report(sizes: tuple[int, ...], maps: int, seed: int) -> Iterator[str]:
    """The whole comparison as Markdown, line by line."""
    present = [finder for finder in PATHFINDERS if finder.installed]
    yield f"Milliseconds of the processor, median of both directions on {maps} maps. “×” is the median time over ours."
    yield ""
    yield f"| map | neighbours | expanded | ours | {' | '.join(f'{finder.name} | ×' for finder in present[1:])} |"
    yield "|" + "---|" * (2 + 2 * len(present))
    worst = dict.fromkeys(BARS, float("inf"))
    for size in sizes:
        for kind in KINDS:
            for diagonal in (False, True):
                times, expanded = measured(size, kind, diagonal, maps, seed, present)
                if size > min(SIZES):
                    ratios = {name: over_ours(times, name) for name in BARS if times.get(name)}
                    worst |= {name: min(worst[name], ratio) for name, ratio in ratios.items()}
                cells = [f"{median(times['ours']) * 1000:.2f}"]
                cells += [column for finder in present[1:] for column in shown(times, finder.name)]
                yield f"| {size}, {kind} | {8 if diagonal else 4} | {expanded:,.0f} | {' | '.join(cells)} |"
    yield ""
    for name, ratio in worst.items():
        yield f"{name}: at least {ratio:.2g} × our time from 256 cells on, wanted {BARS[name]:g}."
    yield from (f"{finder.name} is not installed." for finder in PATHFINDERS if not finder.installed)


def measured(
    size: int, kind: str, diagonal: bool, maps: int, seed: int, finders: list[Pathfinder]
) -> tuple[Times, float]:
    """Everybody's times, and how many cells we expanded (median)."""
    times: Times = {finder.name: [] for finder in finders}
    expanded = []
    for number in range(maps):
        map = Map(random_rows(size, kind, seed + number), diagonal)
        active = [finder for finder in finders if not (finder.slow and size >= LARGE and number)]
        ready = {finder.name: search for finder in active if (search := finder.prepare(map))}
        gc.freeze()  # what was prepared is not looked through again and again
        first, last = (0, 0), (len(map.rows[0]) - 1, len(map.rows) - 1)
        for start, goal in ((first, last), (last, first)):
            lengths = []
            for name, search in ready.items():
                seconds, length = timed(search, start, goal, 1 if size >= LARGE else REPEATS)
                times[name].append(seconds)
                lengths.append(length)
            assert max(lengths) - min(lengths) < CLOSE * max(lengths), dict(zip(ready, lengths, strict=True))
            expanded.append(solve(map.rows, start, goal, **options(diagonal)).expanded)
        gc.unfreeze()
    return times, median(expanded)


def timed(search: Search, start: Place, goal: Place, repeats: int) -> tuple[float, float]:
    """The least seconds of some repeats, and the length of the path."""
    seconds, length = float("inf"), 0.0
    for _ in range(repeats):
        gc.collect()  # nobody pays for what another left behind
        began = process_time()
        length = search(start, goal)
        seconds = min(seconds, process_time() - began)
    return seconds, length


def over_ours(times: Times, name: str) -> float:
    """How many times as long as ours, median over the same searches."""
    return median(theirs / mine for theirs, mine in zip(times[name], times["ours"], strict=False))


def shown(times: Times, name: str) -> tuple[str, str]:
    if not times[name]:
        return "–", "–"
    return f"{median(times[name]) * 1000:.2f}", f"{over_ours(times, name):.2f}"


def random_rows(size: int, kind: str, seed: int) -> list[list[int]]:
    """A map with a path between its corners; a maze has an odd number of cells a side."""
    if kind == "maze":
        return [list(row) for row in make("backtracker", size + 1, size + 1, seed).rows()]
    random = Random(f"{size} {kind} {seed}")
    while True:
        rows = [[int(random.random() >= WALLS[kind]) for _ in range(size)] for _ in range(size)]
        rows[0][0] = rows[-1][-1] = 1
        if solve(rows, (0, 0), (size - 1, size - 1), **options(False)).found:
            return rows


if __name__ == "__main__":
    main()
