"""Who is at work on a site: every process holds its lock together with the others, and a restore holds it alone.

The kernel frees a lock when its holder dies, however it dies, so a site is never taken for running when it is not.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.errors import Conflict

NAME = "site.lock"
BEING_RESTORED = "This site is being restored. Start again when that is done."
AT_WORK = "The site runs, or another command is at work on it: {}. Stop it, then restore."

_held: dict[Path, int] = {}  # for life: by folder, the descriptor of the lock that this process shares


def hold(data: Path) -> None:
    """Says until the end of this process that it is at work on the site in `data`. Raises Conflict during a restore."""
    folder = data.resolve()
    if folder not in _held:
        descriptor = _opened(folder)
        if not _locked(descriptor, fcntl.LOCK_SH):
            os.close(descriptor)
            raise Conflict(BEING_RESTORED)
        _held[folder] = descriptor


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """Inside, no other process is at work on the site in `data`. Raises Conflict when one is."""
    folder = data.resolve()
    ours = _held.get(folder)
    descriptor = _opened(folder) if ours is None else ours
    try:
        if not _locked(descriptor, fcntl.LOCK_EX):
            raise Conflict(AT_WORK.format(data))
        yield
    finally:
        if ours is None:
            os.close(descriptor)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_SH)


def _opened(folder: Path) -> int:
    # Never inherited: a lock shared with a child would outlive its holder.
    return os.open(folder / NAME, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)


def _locked(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        return True
    except BlockingIOError:
        return False
