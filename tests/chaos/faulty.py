"""A real server with a demo whose runs take as long as a test says, and what is done to its processes."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.chaos.clients import DEMO, Visitor
from tests.chaos.server import Server, furnish

PATIENCE = 180.0  # seconds until something that must come is given up


class Faulty:
    """The site in `data`, its server now, and an author who is signed in."""

    def __init__(self, data: Path, pause: float = 0.1) -> None:
        self.data = data
        for name, text in (("squares", DEMO.format(pause=pause)), ("killing", killing())):
            folder = data / "demos" / name
            folder.mkdir(parents=True)
            for file in ("demo.py", "run.py"):
                (folder / file).write_text(text)
        furnish(data)
        self.server = self.start()
        self.author = Visitor(lambda: self.server.port)
        self.author.sign_in()

    def start(self) -> Server:
        self.server = Server(self.data, JOB_ENGINE="thread", DEMOS=str(self.data / "demos"), WEB_CONCURRENCY="2")
        return self.server

    def run(self, n: int, demo: str = "squares") -> Any:
        """A run that was accepted, as the API describes it."""
        status, told = self.author.ask("POST", f"/api/v1/demos/{demo}/jobs", f'{{"n": {n}}}', "application/json")
        assert status == 202, told
        return told

    def now(self, job: Any) -> Any:
        return self.author.ask("GET", f"/api/v1/jobs/{job['id']}")[1]

    def ended(self, job: Any) -> Any:
        return awaited(lambda: told if (told := self.now(job))["status"] not in ("queued", "running") else None)

    def running(self, job: Any) -> Any:
        return awaited(lambda: told if (told := self.now(job))["status"] == "running" else None)

    def processes(self) -> list[int]:
        """All of the server's, those that read pictures and texts too."""
        group = self.server.process.pid
        return [pid for pid in _pids() if _group(pid) == group]

    def apart(self) -> list[int]:
        """Those in which strangers' pictures and texts are read."""
        return [pid for pid in self.processes() if b"spawn_main" in _command(pid)]

    @contextlib.contextmanager
    def full_disk(self) -> Iterator[None]:
        """Inside, no file of the server grows, be it the database, its log, a picture or what the server tells."""
        limited = self.processes()
        for pid in limited:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
        try:
            yield
        finally:
            for pid in {*limited, *self.processes()}:
                with contextlib.suppress(ProcessLookupError):
                    resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

    def kill(self, *pids: int) -> None:
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        awaited(lambda: not set(pids) & set(self.processes()) or None)


def killing() -> str:
    """A demo that ends whatever process runs it."""
    head, _, _ = DEMO.format(pause=0).partition("    for step")
    return head.replace("Squares", "Killing") + "    import os\n    os.kill(os.getpid(), 9)\n    yield Update(1, {})\n"


def awaited(met: Callable[[], Any]) -> Any:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            if (found := met()) is not None:
                return found
        time.sleep(0.05)
    raise AssertionError("it did not come")


def _pids() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal()]


def _group(pid: int) -> int:
    with contextlib.suppress(OSError):
        state, _, group = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:3]
        return int(group) if state != "Z" else 0
    return 0


def _command(pid: int) -> bytes:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""
