"""Erasing on request: a run, or everything of the reader who made it, with whatever holds the same pictures.

What is gone with a run: the pictures its reader sent, what was made of them on the way and in the end, its record and
its reports; runs that other readers were given from the cache, or that went on from it, as far as a reader's picture
is in them. What was made of the site's own pictures alone is nobody's, and other readers keep it. What stays are
counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import String, cast, or_, select, update
from sqlalchemy.orm import Session

from app.db import db, scrub, writing
from app.errors import InvalidInput, NotFound
from app.jobs.models import Job, changed
from app.jobs.overview import uploads_of
from app.jobs.pictures import batched
from app.jobs.sweep import remove

ADDRESS = re.compile(r"(?:\S*/jobs/)?([\w-]{16,64})(?:[/?#]\S*)?")
NO_ADDRESS = "This is no run: give the address of its page, such as https://example.org/jobs/abc…, or its id."
UNKNOWN = "There is no such run. It may have been erased before; nothing is left of it then but counts."


class Erased(NamedTuple):
    """What went: runs of this reader and of others, files, their bytes; whether the log of writes is clean as well."""

    runs: int
    others: int
    files: int
    size: int
    clean: bool

    @property
    def words(self) -> str:
        runs = f"{self.runs:,} run{'' if self.runs == 1 else 's'}"
        others = f", {self.others:,} of others with the same pictures" if self.others else ""
        files = f"{self.files:,} file{'' if self.files == 1 else 's'} of {self.size / 1000:,.0f} kB"
        log = "" if self.clean else " What was written is overwritten in the database with the next minutes’ writes."
        return f"Erased: {runs}{others}, {files}.{log}"


def erase_run(address: str) -> Erased:
    """The run at this address, or with this id. Raises InvalidInput and NotFound with a sentence."""
    job = _find(address)
    return _erase({job.id}, job.client)


def erase_reader(address: str) -> Erased:
    """Every run of the reader who made this one, and what they reported. Raises as `erase_run` does."""
    job = _find(address)
    client = job.client
    found = _erase(set(db.session.scalars(select(Job.id).where(Job.client == client))), client)
    with writing():
        changed(update(Job).where(Job.reporter == client).values(reporter=None, report_note=None))
    return found._replace(clean=scrub())


def _find(address: str) -> Job:
    given = ADDRESS.fullmatch(address.strip())
    if given is None:
        raise InvalidInput({"run": NO_ADDRESS})
    job = db.session.get(Job, given[1])
    if job is None:
        raise NotFound(UNKNOWN)
    return job


def _erase(asked: set[str], client: str) -> Erased:
    with writing() as session:
        found = _with_all_that_depends(session, asked)
        of_this_reader = Job.client == client
        own = sum(len(_ids(session, of_this_reader, Job.id.in_(some))) for some in _portions(found))
    files = sizes = 0
    for some in _portions(found):
        gone = remove(Job.id.in_(some))
        files, sizes = files + len(gone), sizes + sum(gone.values())
    return Erased(own, len(found) - own, files, sizes, scrub())


def _with_all_that_depends(session: Session, asked: set[str]) -> set[str]:
    """The jobs, and those of anybody that hold their readers' pictures or what was made of them."""
    jobs = [job for some in _portions(asked) for job in session.scalars(select(Job).where(Job.id.in_(some)))]
    found, news = set(asked), {job.id for job in jobs if _is_of_a_picture(session, job)}
    for key in {key for job in jobs for key in uploads_of(job)}:
        news |= _ids(session, cast(Job.inputs, String).contains(key))
    while news:
        found |= news
        nearer: set[str] = set()
        for some in _portions(news):
            same = select(Job.cache_key).where(Job.id.in_(some))
            nearer |= _ids(session, or_(Job.cache_key.in_(same), Job.origin.in_(some)))
        news = nearer - found
    return found


def _is_of_a_picture(session: Session, job: Job) -> bool:
    """Whether a reader's picture is in its inputs, or may be in the state it went on from."""
    while job.origin and not uploads_of(job):
        origin = session.get(Job, job.origin)
        if origin is None:
            return True  # erased, so nobody can tell
        job = origin
    return bool(uploads_of(job))


def _ids(session: Session, *where: Any) -> set[str]:
    return set(session.scalars(select(Job.id).where(*where)))


def _portions(ids: set[str]) -> Iterator[Sequence[str]]:
    return batched(sorted(ids))
