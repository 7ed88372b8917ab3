"""Who is told that a job waits. The jobs table is the queue; a dispatcher only rings, and may ring in vain."""

from __future__ import annotations

from typing import Protocol

from flask import Flask

from app.errors import BadSetting


class Dispatcher(Protocol):
    def notify(self, job_id: str) -> None:
        """A job was put in line."""

    def start(self) -> None:
        """Begin to run jobs in this process, if this dispatcher does that."""

    def starts_when_asked(self) -> bool:
        """True when nothing runs jobs in this process yet, and the first notice will begin it."""

    def let_go(self) -> None:
        """Stop what runs after the step it is in, so that it can go on elsewhere. Does not wait."""

    def join(self) -> None:
        """Wait until nothing runs here any more."""


class Nobody:
    """For web processes beside `flask work`, which looks at the line by itself."""

    def notify(self, job_id: str) -> None: ...
    def start(self) -> None: ...
    def starts_when_asked(self) -> bool:
        return False

    def let_go(self) -> None: ...
    def join(self) -> None: ...


def dispatcher_for(app: Flask, name: str) -> Dispatcher:
    """The dispatcher that the setting JOB_ENGINE names."""
    from app.jobs.thread import ThreadDispatcher

    if name == "thread":
        return ThreadDispatcher(app)
    if name == "none":
        return Nobody()
    raise BadSetting(f"JOB_ENGINE is {name!r}; it can be thread or none.")
