"""gunicorn with one process on a core of its own, for an application by name."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
SITE = "wsgi:app"
CORES = sorted(os.sched_getaffinity(0))
PLAIN = ("-k", "gthread", "--threads", "32", "--no-control-socket")  # as the site has it, and nothing else of it


@contextmanager
def gunicorn(app: str, core: int | None = None, **environment: str) -> Iterator[int]:
    """The port it listens on: the site with its own settings, anything else with as many threads and no more.

    Pinned to a core where one is named; gone when this ends.
    """
    port, own = free_port(), app == SITE
    options = () if own else PLAIN
    command = [sys.executable, "-m", "gunicorn", app, *options, "-w", "1", "-b", f"127.0.0.1:{port}"]
    pinned = [] if core is None else ["taskset", "-c", str(core)]
    known = os.environ | {"JOB_ENGINE": "none", "PYTHONPATH": str(ROOT)} | environment
    where = ROOT if own else Path(tempfile.gettempdir())  # gunicorn takes the settings it finds where it is started
    quiet = ["--log-level", "error"]
    process = subprocess.Popen([*pinned, *command, *quiet], cwd=where, env=known, start_new_session=True)
    try:
        _wait(port, process)
        yield port
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def initialise(data: Path) -> None:
    """A site in `data` with the project's own posts."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "init"]
    subprocess.run(command, cwd=ROOT, env=os.environ | {"DATA": str(data)}, check=True, capture_output=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ask(port: int, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers with small letters, and content."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()
    finally:
        connection.close()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            ask(port, "/")
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start")
