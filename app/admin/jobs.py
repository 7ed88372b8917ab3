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


class Going(Protocol):
    """A run that waits or runs; seconds, where they can be told."""

    @property
    def job(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def running(self) -> bool: ...
    @property
    def progress(self) -> float: ...
    @property
    def since(self) -> datetime: ...
    @property
    def left(self) -> float | None: ...
    @property
    def device(self) -> str: ...


class Waiting(Protocol):
    """A demo's part of the line: runs, the seconds they will take as earlier ones tell, how long the first waits."""

    @property
    def title(self) -> str: ...
    @property
    def runs(self) -> int: ...
    @property
    def work(self) -> float: ...
    @property
    def longest(self) -> float: ...


class Failure(Protocol):
    """A run that failed, and whether it can be tried again."""

    @property
    def job(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def sentence(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def again(self) -> bool: ...


class Erased(Protocol):
    @property
    def words(self) -> str:
        """What went, in a sentence."""


class Jobs(Protocol):
    def going_on(self) -> Sequence[Going]:
        """What runs, then what waits, in the order of the line."""

    def line_by_demo(self) -> Sequence[Waiting]:
        """Every demo that is waited for or runs."""

    def failures(self) -> Sequence[Failure]:
        """The last runs that failed, the newest first."""

    def again(self, job_id: str, /) -> str:
        """Start a failed run anew; the new one's id. Raises an AppError with a sentence where that cannot be."""

    def erase_on_request(self, address: str, /) -> Erased:
        """Erase a run with all that depends on it. Raises an AppError with a sentence for what is no run."""

    def erase_reader(self, address: str, /) -> Erased:
        """Erase everything of the reader who made this run. Raises as the one above."""

    def oldest_kept(self) -> datetime | None:
        """When the oldest run that is kept was started."""

    def devices(self) -> Sequence[str]:
        """What the workers that are up here run on."""

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
