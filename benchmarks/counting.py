"""What it costs a page that its visits are counted: the site beside itself with nobody listening, by turns.

    python -m benchmarks.counting         prints a table; nothing has to be running

The same kept page is asked for by readers who say what a browser says and come from a search engine. What is compared
is the time of the processor that an answer takes, the writing of the counts with it: other work on the machine slows
both down, and is in neither. A round asks in both ways, in changing order, one process for both, and each way for
longer than passes between two writings.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from timeit import timeit
from typing import TYPE_CHECKING, Any

from benchmarks.bare import METER, hearing_site
from benchmarks.load import measure
from benchmarks.servers import CORES, ask, gunicorn, initialise

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

ROUNDS, SECONDS, READERS, CALLS, TIMES = 12, 9.0, 8, 8_000, 9
SERVER, CLIENT = CORES[0], CORES[-1]
PAGE = "/"
SAID = {
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0",
    "Referer": "https://search.example/?q=style",
    "Accept-Encoding": "gzip",
}
Pair = tuple[float, float]  # microseconds, counted and not


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        initialise(Path(folder))
        with gunicorn("benchmarks.bare:counting()", core=SERVER, DATA=folder) as port:
            pairs = [_round(port, turned=number % 2 == 1) for number in range(ROUNDS)]
        print(table(pairs, _inside(Path(folder))))


def table(pairs: list[Pair], inside: Pair) -> str:
    middle = [median(each) for each in zip(*pairs, strict=True)]
    costs = sorted(counted / uncounted - 1 for counted, uncounted in pairs)
    low, high = (costs[round(share * (len(costs) - 1))] for share in (0.25, 0.75))
    lines = ["| a kept page | counted | not counted | more |", "| --- | ---: | ---: | ---: |"]
    lines.append(f"| time of the processor | {middle[0]:.0f} µs | {middle[1]:.0f} µs | {median(costs):.1%} |")
    lines.append(f"| the middle half of {len(costs)} rounds | | | {low:.1%} to {high:.1%} |")
    more = inside[0] - inside[1]
    told = f"{more:.1f} µs, {more / middle[1]:.1%} of an answer"
    lines.append(f"| within the process, without a server | {inside[0]:.1f} µs | {inside[1]:.1f} µs | {told} |")
    return "\n".join(lines)


def _round(port: int, *, turned: bool) -> Pair:
    """Both send as many headers, which have to be read as well."""
    ways = ("X-Deaf: 1", "X-Seen: 1") if turned else ("X-Seen: 1", "X-Deaf: 1")
    told = {way: _microseconds(port, way) for way in ways}
    return told["X-Seen: 1"], told["X-Deaf: 1"]


def _microseconds(port: int, more: str) -> float:
    """Of the processor, for an answer, from reading the request to counting the visit."""
    headers = (*(f"{name}: {value}" for name, value in SAID.items()), more)
    before, asked = _meter(port)
    measure(port, PAGE, SECONDS, READERS, *headers, core=CLIENT)
    after, asked_then = _meter(port)
    return (after - before) / (asked_then - asked) * 1e6


def _meter(port: int) -> Pair:
    seconds, asked = ask(port, METER)[2].split()
    return float(seconds), float(asked)


def _inside(data: Path) -> Pair:
    """One call for the kept page, the best of some, and the writing of its count."""
    from app.config import Settings

    hearing = hearing_site(Settings(DATA=data, JOB_ENGINE="none"))
    hearing.listening = True
    return _call(hearing, hearing.write), _call(hearing.inner, lambda: None)


def _call(application: WSGIApplication, write: Callable[[], None]) -> float:
    from werkzeug.test import EnvironBuilder

    environ = EnvironBuilder(PAGE, headers=list(SAID.items())).get_environ()

    def start(status: str, headers: list[tuple[str, str]], error: Any = None, /) -> Callable[[bytes], object]:
        return len

    def some() -> None:
        for _ in range(CALLS):
            b"".join(application(dict(environ), start))
        write()

    some()
    return min(timeit(some, number=1, timer=time.process_time) for _ in range(TIMES)) / CALLS * 1e6


if __name__ == "__main__":
    main()
