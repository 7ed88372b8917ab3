"""F-08: a site is told to stop and started again, many times, while readers try again until they are answered."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from tests.chaos import beside
from tests.chaos.server import Server

READERS, AGAIN, PAUSE = 4, 0.02, 0.005  # seconds until a reader tries again, and between two pages
HOST = "site.example"  # whatever port the site has now, its pages name the same address
LONGEST = 120.0  # seconds until the readers must have read enough for the next restart


class Span(NamedTuple):
    """Seconds of the clock that only goes on: of a question and its failure, or of a restart."""

    begin: float
    end: float


@dataclass
class Restarted:
    pages: int = 0
    others: int = 0  # pages that said something else than the first
    failures: list[tuple[Span, str]] = field(default_factory=list)
    gaps: list[Span] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def restart(data: Path, times: int, reads: int) -> Restarted:
    """Restarts the site in `data` so many times, evenly among so many pages that are read."""
    told = Restarted()
    server = beside.started(data)
    readers = Readers(server, told)
    try:
        for number in range(times):
            readers.until(reads * (number + 1) // (times + 1))
            began = time.monotonic()
            server.stop()
            server = beside.started(data)
            readers.port = server.port
            told.gaps.append(Span(began, time.monotonic()))
        readers.until(reads)
        readers.stop()
        told.wrong += server.unharmed()
    finally:
        readers.stop()
        server.stop()
    return told


def strays(failures: Iterable[tuple[Span, str]], gaps: Iterable[Span]) -> list[str]:
    """Failures of questions that were asked and failed while nothing was being restarted."""
    gaps = list(gaps)
    return [why for span, why in failures if not any(span.begin < gap.end and span.end > gap.begin for gap in gaps)]


class Readers:
    """Some who each read one page again and again, on a new connection each time, until `stop`."""

    def __init__(self, server: Server, told: Restarted) -> None:
        self.port, self.told, self.stopping, self.lock = server.port, told, threading.Event(), threading.Lock()
        self.first = server.get(beside.POST, Host=HOST).text  # type: ignore[attr-defined]
        self.threads = [threading.Thread(target=self._read, daemon=True) for _ in range(READERS)]
        for thread in self.threads:
            thread.start()

    def until(self, pages: int) -> None:
        end = time.monotonic() + LONGEST
        while self.told.pages < pages:
            if time.monotonic() > end:
                raise TimeoutError(f"only {self.told.pages} of {pages} pages were read")
            time.sleep(0.005)

    def stop(self) -> None:
        self.stopping.set()
        for thread in self.threads:
            thread.join(30)

    def _read(self) -> None:
        while not self.stopping.is_set():
            asked = time.monotonic()
            why, page = self._ask()
            with self.lock:
                if why:
                    self.told.failures.append((Span(asked, time.monotonic()), why))
                else:
                    self.told.pages += 1
                    self.told.others += page != self.first
            self.stopping.wait(AGAIN if why else PAUSE)

    def _ask(self) -> tuple[str, str]:
        """What went wrong, or nothing, and the page."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)) as connection:
            try:
                connection.request("GET", beside.POST, headers={"Host": HOST})
                answer = connection.getresponse()
                page = answer.read().decode()
                return "" if answer.status == 200 else f"status {answer.status}", page
            except (OSError, http.client.HTTPException) as error:
                return repr(error), ""
