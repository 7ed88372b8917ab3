"""Work that outlives a request. `submit` is the only door in; the jobs table is the queue and the only truth."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from flask import Flask
from sqlalchemy import select

from app import metrics
from app.db import db, writing
from app.errors import Conflict
from app.jobs import api, election, line, measures, views
from app.jobs.cache import cache_key, copy_twin
from app.jobs.engine import Demos, Engine, engine
from app.jobs.erasure import erase_reader
from app.jobs.erasure import erase_run as erase_on_request
from app.jobs.load import loads
from app.jobs.models import LIVE, Job
from app.jobs.origin import origin_of
from app.jobs.overview import again, failures, going_on, line_by_demo, oldest_kept
from app.jobs.pictures import JobPicture
from app.jobs.reader import client_of_request
from app.jobs.reports import dismiss, erase_run, reported

__all__ = [
    "again",
    "client_of_request",
    "devices",
    "dismiss",
    "erase_on_request",
    "erase_reader",
    "erase_run",
    "failures",
    "going_on",
    "init_app",
    "line_by_demo",
    "loads",
    "oldest_kept",
    "reported",
    "submit",
    "worker_alive",
]


class Orderable(Protocol):
    """What jobs need to know of a demo to take an order, and no more."""

    @property
    def name(self) -> str: ...
    @property
    def fingerprint(self) -> str: ...
    @property
    def work(self) -> Callable[[Any], float]: ...
    def dump(self, inputs: Any) -> tuple[dict[str, Any], dict[str, bytes]]: ...


def init_app(app: Flask, demos: Demos) -> None:
    app.extensions["jobs"] = Engine(app, demos)
    app.register_blueprint(views.bp)
    app.register_blueprint(api.bp)
    metrics.offer(app, measures.measures)


def submit(
    demo: Orderable, inputs: Any, client: str, idempotency_key: str | None = None, *, origin: str | None = None
) -> Job:
    """The job that answers these inputs: a new one in line, a finished copy of the same, or the reader's own live one.

    With `origin` it goes on from the state of the job with that id. When this returns the job is on disk. Raises
    TooMany or Busy with the time to come back, Conflict when `idempotency_key` was used for other inputs, and
    InvalidInput when there is nothing to go on from.
    """
    plain, files = demo.dump(inputs)
    with writing() as session:
        # Within the transaction, so that nobody erases an equal picture between here and the row that holds it.
        keys = {name: engine().store.put(data, "png") for name, data in files.items()}
        plain |= {name: {"picture": key} for name, key in keys.items()}
        state = origin_of(origin, demo.name).state_key if origin else None
        key = cache_key(demo.name, demo.fingerprint, plain, state)
        if known := _known(client, key, idempotency_key):
            return known
        job = Job(demo=demo.name, client=client, inputs=plain, work=demo.work(inputs), cache_key=key)
        job.idempotency_key, job.origin, job.state_key = idempotency_key, origin, state
        job.version = engine().demos.version_of(demo.name)
        _join(job)
        session.add_all(JobPicture(job.id, key, "input") for key in keys.values())
        if job.state_key and not job.cached:
            session.add(JobPicture(job.id, job.state_key, "state"))
    if job.live:
        engine().dispatcher.notify(job.id)
    return job


def worker_alive() -> bool:
    return engine().worker_alive()


def devices() -> list[str]:
    """What the workers that are up here run on."""
    return election.devices(engine())


def _known(client: str, key: str, idempotency_key: str | None) -> Job | None:
    """The job that this request already made: by its key, or by the same inputs in a run that is still live."""
    if idempotency_key and (job := db.session.scalar(select(Job).where(Job.idempotency_key == idempotency_key))):
        if (job.cache_key, job.client) != (key, client):
            raise Conflict("This name was used for another run. Choose a new one.")
        return job
    same = (Job.client == client, Job.cache_key == key, Job.status.in_(LIVE), ~Job.cancel_requested)
    as_asked = (Job.wishes.is_(None), Job.steered.is_(None))
    return db.session.scalar(select(Job).where(*same, *as_asked).limit(1))


def _join(job: Job) -> None:
    """Into the table: finished, if its result is known, else at the end of the line, if there is room."""
    db.session.add(job)
    with db.session.no_autoflush:
        if not copy_twin(job):
            line.admit(job.client, engine().settings)
            job.turn = line.turn_for(job.client)
    db.session.flush()
