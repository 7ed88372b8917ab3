"""The real server on a port of its own, in a process group of its own, with what must be true of it after anything."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from app import create_app
from app.admin import accounts
from app.blog import editing
from app.blog.manuscript import Manuscript
from app.config import Settings
from app.db import db

ROOT = Path(__file__).parents[2]
START_SECONDS = 60
NAME, PASSWORD = "ada", "correct horse battery"
SETTINGS = {
    "JOB_ENGINE": "none",
    "SECRET_KEY": "a secret that only these tests know, 1f3d",
    "JOBS_PER_READER": "1000000",
    "UPLOADS_PER_MINUTE": "1000000",
    "QUEUE_LIMIT": "1000000",
    "WEB_CONCURRENCY": "1",
}


def furnish(data: Path) -> None:
    """An empty site in `data` with one account and one post."""
    app = create_app(Settings(DATA=data, SECRET_KEY=SETTINGS["SECRET_KEY"], JOB_ENGINE="none"))
    with app.test_request_context():
        db.create_all()
        accounts.add(NAME)
        accounts.set_password(NAME, PASSWORD)
        editing.create(Manuscript(title="A post", slug="a-post", source="Text.", status="published"))
        db.session.remove()
        db.engine.dispose()
    app.extensions["jobs"].stop()


class Server:
    """gunicorn with one worker; `settings` are the site's, by name."""

    def __init__(self, data: Path, **settings: str) -> None:
        self.data, self.log = data, data / "server.log"
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.temporary = data / "temporary"
        self.temporary.mkdir(exist_ok=True)
        where = {"DATA": str(data), "HOST": "127.0.0.1", "PORT": str(self.port), "TMPDIR": str(self.temporary)}
        own = {**SETTINGS, **settings, **where}
        command = [sys.executable, "-m", "gunicorn", "wsgi:app"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=os.environ | own, stdout=log, stderr=log, start_new_session=True
            )
        self._wait()
        self.workers = self.children()

    def _wait(self) -> None:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self.process.poll() is None:
            with contextlib.suppress(OSError):
                if self.get("/healthz").status == 200:
                    return
            time.sleep(0.05)
        self.stop()
        raise RuntimeError(f"The server did not start:\n{self.log.read_text()}")

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(15)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def get(self, path: str, seconds: float = 20, **headers: str) -> http.client.HTTPResponse:
        """The answer to a GET on a connection of its own, with its body read."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds)
        try:
            connection.request("GET", path, headers={name.replace("_", "-"): text for name, text in headers.items()})
            answer = connection.getresponse()
            answer.text = answer.read().decode("utf-8", "replace")  # type: ignore[attr-defined]
            return answer
        finally:
            connection.close()

    def connect(self, seconds: float = 20) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=seconds)

    def children(self) -> list[int]:
        """The process ids of the workers."""
        tasks = Path(f"/proc/{self.process.pid}/task")
        return sorted(int(pid) for task in tasks.iterdir() for pid in (task / "children").read_text().split())

    def memory(self) -> int:
        """Bytes that the workers hold in memory, without their children."""
        pages = sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in self.children())
        return pages * os.sysconf("SC_PAGE_SIZE")

    def unharmed(self) -> list[str]:
        """What is wrong with it, which must be nothing: same processes, no traceback, no litter, a whole database."""
        told = self.log.read_text(errors="replace")
        wrong = ["a traceback in the log"] if "Traceback" in told else []
        if self.process.poll() is not None:
            return [*wrong, "the server is gone"]
        if self.children() != self.workers:
            wrong.append("a worker was replaced")
        if left := [file.name for file in self.temporary.iterdir()]:
            wrong.append(f"temporary files were left: {left[:3]}")
        if self.get("/").status != 200:
            wrong.append("the home page is gone")
        with contextlib.closing(sqlite3.connect(self.data / "playpress.db")) as connection:
            if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                wrong.append("a damaged database")
        return wrong
