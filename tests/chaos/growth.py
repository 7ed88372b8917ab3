"""What a server holds, as /proc tells it, and whether that grows while it serves."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tests.chaos.server import Server

PAGE = os.sysconf("SC_PAGE_SIZE")


class Held(NamedTuple):
    """By some processes, and by the file of what was written and not yet moved into the database."""

    memory: int  # bytes
    descriptors: int
    threads: int
    log: int = 0  # bytes


def held_by(pids: Iterable[int]) -> Held:
    """All together; a process that has just ended holds nothing."""
    memory = descriptors = threads = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            process = Path(f"/proc/{pid}")
            memory += int((process / "statm").read_text().split()[1]) * PAGE
            descriptors += len(os.listdir(process / "fd"))
            threads += len(os.listdir(process / "task"))
    return Held(memory, descriptors, threads)


def processes(server: Server) -> Iterator[int]:
    """The server's, those that read pictures and texts too."""
    waiting = [server.process.pid]
    while waiting:
        yield (pid := waiting.pop())
        for file in Path(f"/proc/{pid}/task").glob("*/children"):
            with contextlib.suppress(OSError):
                waiting += [int(child) for child in file.read_text().split()]


def held(server: Server) -> Held:
    log = server.data / "playpress.db-wal"
    return held_by(processes(server))._replace(log=log.stat().st_size if log.exists() else 0)


def thirds(numbers: Sequence[int]) -> tuple[float, float]:
    """The middle of the first third of all, and of the last: what happens for a moment is in neither."""
    third = max(1, len(numbers) // 3)
    return median(numbers[:third]), median(numbers[-third:])


@contextlib.contextmanager
def watched(server: Server, every: float) -> Iterator[list[Held]]:
    """What it holds, every so many seconds, from now on."""
    samples, stopping = [held(server)], threading.Event()

    def watch() -> None:
        while not stopping.wait(every):
            samples.append(held(server))

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield samples
    finally:
        stopping.set()
        thread.join()
