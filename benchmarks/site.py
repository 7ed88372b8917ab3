"""A site of its own on a free port of this machine, served as `make run` does, for benchmarks and for tests."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
START_SECONDS = 90


@dataclass
class Site:
    """A running server, and the password that its first start printed."""

    port: int
    password: str
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, method: str, path: str, body: str | None = None, **headers: str) -> tuple[int, bytes]:
        """Status and content of one request on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def json(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        text = None if body is None else json.dumps(body)
        return json.loads(self.ask(method, path, text, **{"Content-Type": "application/json"})[1])

    def kill(self) -> None:
        """kill -9 of the server with all its processes."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def serve(data: Path, port: int = 0, **settings: str) -> Iterator[Site]:
    """Start the site with its data in `data`; it is gone when this ends."""
    port = port or _free_port()
    environment = os.environ | {"DATA": str(data), "PORT": str(port), "HOST": "127.0.0.1"} | settings
    init = [sys.executable, "-m", "flask", "--app", "wsgi", "init"]
    said = subprocess.run(init, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout
    password = re.search(r"password\s+(\S+)", said)
    serving = [sys.executable, "-m", "gunicorn", "wsgi:app", "--log-level", "error"]
    process = subprocess.Popen(serving, cwd=ROOT, env=environment, start_new_session=True)
    site = Site(port, password.group(1) if password else "", process)
    try:
        _wait_until_ready(site)
        yield site
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(site: Site) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and site.process.poll() is None:
        try:
            if site.ask("GET", "/readyz")[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise RuntimeError("the site did not start")
