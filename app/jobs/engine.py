"""The parts of the job engine that belong to one application: store, bell, dispatcher, and the demos it is handed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Mapping
from typing import Any, Protocol

from flask import Flask, current_app
from PIL.Image import Image

from app.config import Settings
from app.db import db
from app.jobs.dispatch import Dispatcher, dispatcher_for
from app.jobs.events import Bell
from app.jobs.store import FolderStore, Store


class Update(Protocol):
    """What a run yields, as far as jobs care."""

    @property
    def progress(self) -> float: ...
    @property
    def data(self) -> dict[str, Any]: ...
    @property
    def pictures(self) -> dict[str, Image]: ...
    @property
    def files(self) -> dict[str, bytes]: ...
    @property
    def state(self) -> Callable[[], bytes] | None: ...


Changes = dict[str, Any] | None  # inputs that the reader changed while it runs, sent to a run with its next step
Read = Callable[[str], bytes]  # a stored picture by its key
Run = Callable[[Mapping[str, Any], Read, bytes | None], Generator[Update, Changes, None]]


class Demos(Protocol):
    """What jobs are handed of the demos, which they do not know."""

    def run_of(self, demo: str, /) -> Run:
        """The run of a demo, as a function of stored inputs, of a way to read their pictures, and of a state to go
        on from."""

    def version_of(self, demo: str, /) -> str:
        """The version of what the demo computes with; a state is only for the version that made it."""

    def goes_on(self, demo: str, /) -> bool:
        """True when the demo's runs keep their state, so that they can be paused and forked."""

    def changes_of(self, demo: str, given: Mapping[str, Any], /) -> dict[str, Any]:
        """Some of the live inputs, from a form or from JSON. Raises InvalidInput, a sentence for each field, and
        Conflict where the demo has no live inputs."""

    def warm_up(self, device: str, /) -> str:
        """Load what runs need, before the first reader waits for it; what they run on, in words."""

    def title_of(self, demo: str, /) -> str:
        """The demo's title."""

    def bench_of(self, demo: str, job: dict[str, Any], /) -> str:
        """The demo's bench as HTML, with this job in it, as described."""


class Engine:
    def __init__(self, app: Flask, demos: Demos) -> None:
        self.settings: Settings = app.config["SETTINGS"]
        self.demos = demos
        self.store: Store = FolderStore(self.settings.DATA / "pictures")
        with app.app_context():
            self.bell = Bell(db.engine)
        self.streams = threading.Semaphore(self.settings.STREAMS_LIMIT)  # each takes a thread of the server
        self.dispatcher: Dispatcher = dispatcher_for(app, self.settings.JOB_ENGINE)

    def worker_alive(self) -> bool:
        """True when somebody runs jobs, in whichever process, or will as soon as one is asked for."""
        from app.jobs.election import worker_alive  # it knows jobs, which know their engine

        return worker_alive(self)

    def let_go(self) -> None:
        """End the event streams of this process and put its job back in line. Returns at once; for signal handlers."""
        self.bell.stop()
        self.dispatcher.let_go()

    def stop(self) -> None:
        """Let go, and return when nothing of ours runs any more."""
        self.let_go()
        self.dispatcher.join()


def engine() -> Engine:
    """The engine of the current application."""
    found: Engine = current_app.extensions["jobs"]
    return found
