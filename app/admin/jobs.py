"""What the admin is handed of the jobs, which it does not know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from flask import current_app


class Report(Protocol):
    """A run that a reader has reported."""

    @property
    def job(self) -> str: ...
    @property
    def demo(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def note(self) -> str: ...
    @property
    def at(self) -> datetime: ...


class Load(Protocol):
    """What a demo was asked for lately, and how well it was served. Seconds, and shares of one."""

    @property
    def title(self) -> str: ...
    @property
    def demo(self) -> str: ...
    @property
    def today(self) -> int: ...
    @property
    def week(self) -> int: ...
    @property
    def waiting(self) -> int: ...
    @property
    def wait(self) -> tuple[float, float] | None: ...
    @property
    def run(self) -> tuple[float, float] | None: ...
    @property
    def failed(self) -> float: ...
    @property
    def cached(self) -> float: ...
    @property
    def choices(self) -> Mapping[str, Sequence[tuple[str, float]]]: ...


class Jobs(Protocol):
    def reported(self) -> Sequence[Report]:
        """Every report that nobody has answered, the oldest first."""

    def dismiss(self, job_id: str, /) -> None:
        """There is nothing wrong with this run."""

    def erase_run(self, job_id: str, /) -> None:
        """Erase a run with its pictures; gone already, it stays so."""

    def loads(self) -> Sequence[Load]:
        """Every demo that was asked for within a week, the busiest first."""

    def worker_alive(self) -> bool:
        """True when somebody runs jobs."""


def handed() -> Jobs:
    """The jobs of the current application."""
    jobs: Jobs = current_app.extensions["admin"]
    return jobs
