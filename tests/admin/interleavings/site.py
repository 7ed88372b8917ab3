"""A site to write on: in this process, with a clock that can be moved, or a server that can be killed."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol
from urllib.parse import urlencode

from flask import Flask

from app import create_app
from app.admin import accounts, passwords
from app.config import Settings
from app.db import db
from app.db import now as real_now

NAME, PASSWORD = "ada", "correct horse battery"
SECRET = "a secret that only these tests know, 77c0"
ROOT = Path(__file__).parents[3]
WRITTEN = ("posts", "working_copies", "sign_ins")  # the other tables of posts go with these


@dataclass(frozen=True)
class Answer:
    status: int
    text: str
    location: str = ""
    cookie: str = ""


class Site(Protocol):
    """What tabs send to. `send` gives None where no answer came: then nobody knows what happened."""

    data: Path

    def send(self, method: str, path: str, cookie: str, fields: Mapping[str, str], json: bool) -> Answer | None: ...
    def now(self) -> datetime: ...
    def advance(self, by: timedelta) -> bool: ...
    def kill(self, after: float) -> bool: ...


def open_database(data: Path) -> sqlite3.Connection:
    return sqlite3.connect(data / "playpress.db", timeout=30)


def begin_anew(data: Path) -> None:
    """An empty site with its one author."""
    with open_database(data) as connection:
        connection.execute("PRAGMA foreign_keys=ON")
        for table in WRITTEN:
            connection.execute(f"DELETE FROM {table}")
    connection.close()


def end_sessions(data: Path) -> None:
    with open_database(data) as connection:
        connection.execute("DELETE FROM sign_ins")
    connection.close()


def made(data: Path) -> Flask:
    """A new site in `data`."""
    app = create_app(Settings(DATA=data, SECRET_KEY=SECRET, JOB_ENGINE="none"))
    with app.app_context():
        db.create_all()
        accounts.add(NAME)
        accounts.set_password(NAME, PASSWORD)
    return app


@dataclass
class Here:
    """The application in this process."""

    app: Flask
    data: Path
    ahead: timedelta = timedelta()

    def send(self, method: str, path: str, cookie: str, fields: Mapping[str, str], json: bool) -> Answer | None:
        client = self.app.test_client(use_cookies=False)
        headers = {"Cookie": cookie} if cookie else {}
        headers |= {"Accept": "application/json"} if json else {}
        given = client.open(path, method=method, data=dict(fields) if method == "POST" else None, headers=headers)
        return Answer(
            given.status_code,
            given.get_data(as_text=True),
            given.headers.get("Location", ""),
            given.headers.get("Set-Cookie", "").split(";")[0],
        )

    def now(self) -> datetime:
        return real_now() + self.ahead

    def advance(self, by: timedelta) -> bool:
        self.ahead += by
        return True

    def kill(self, after: float) -> bool:
        return False


@contextmanager
def here(data: Path) -> Iterator[Here]:
    """The application in this process; every module of it asks this site’s clock."""
    before, passwords.METHOD = passwords.METHOD, "scrypt:256:8:1"
    app = made(data)
    site = Here(app, data)
    clocked = [m for name, m in list(sys.modules.items()) if name.startswith("app.") and vars(m).get("now") is real_now]
    for module in clocked:
        module.now = site.now  # type: ignore[attr-defined]
    try:
        yield site
    finally:
        for module in clocked:
            module.now = real_now  # type: ignore[attr-defined]
        passwords.METHOD = before
        app.extensions["jobs"].stop()
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@dataclass
class Server:
    """gunicorn in a process group of its own, killed with SIGKILL and started again."""

    data: Path
    port: int
    process: subprocess.Popen[bytes] | None = None
    kills: int = 0
    starting: threading.Lock = field(default_factory=threading.Lock)

    def start(self) -> None:
        environment = os.environ | {"DATA": str(self.data), "SECRET_KEY": SECRET, "JOB_ENGINE": "none"}
        environment |= {"PORT": str(self.port), "WEB_CONCURRENCY": "1", "WEB_THREADS": "4"}
        command = [sys.executable, "-m", "gunicorn", "wsgi:app", "--log-level", "error"]
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(2400):  # two minutes, on a machine that is busy
            if (answer := self._ask("GET", "/healthz", {}, "")) is not None and answer.status == 200:
                return
            time.sleep(0.05)
        raise RuntimeError("The server did not start.")

    def stop(self) -> None:
        """No farewell: whatever it was about is cut off, in the server and in all it started."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def send(self, method: str, path: str, cookie: str, fields: Mapping[str, str], json: bool) -> Answer | None:
        headers = {"Content-Type": "application/x-www-form-urlencoded"} | ({"Cookie": cookie} if cookie else {})
        headers |= {"Accept": "application/json"} if json else {}
        return self._ask(method, path, headers, urlencode(fields) if method == "POST" else "")

    def now(self) -> datetime:
        return datetime.now(UTC)

    def advance(self, by: timedelta) -> bool:
        return False

    def kill(self, after: float) -> bool:
        """Kills it in `after` seconds, whatever it is doing then, and starts it again."""
        time.sleep(after)
        with self.starting:
            self.stop()
            self.kills += 1
            self.start()
        return True

    def _ask(self, method: str, path: str, headers: dict[str, str], body: str) -> Answer | None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body or None, headers)
            given = connection.getresponse()
            cookie = given.getheader("Set-Cookie", "").split(";")[0]
            return Answer(given.status, given.read().decode(), given.getheader("Location", ""), cookie)
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()


@contextmanager
def killed_at_times(data: Path) -> Iterator[Server]:
    app = made(data)
    app.extensions["jobs"].stop()
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Server(data, port)
    server.start()
    try:
        yield server
    finally:
        server.stop()
