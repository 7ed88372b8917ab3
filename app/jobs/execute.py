"""Running a job, in a thread here or on another machine: claim it, walk through its run, keep what comes out."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Generator

from flask import current_app

from app.db import writing
from app.errors import AppError, Busy, DiskFull, meant_by
from app.jobs import wishes
from app.jobs.cache import copy_twin
from app.jobs.engine import Changes, Update, engine
from app.jobs.models import Job
from app.jobs.stretch import Stretch
from app.jobs.watch import Interrupted, Watch

log = logging.getLogger(__name__)

BROKE = "Something went wrong on our side while this ran. It has been noted; please try again."
TOO_LARGE = "This run needed more memory than this server has. Choose a smaller size, or fewer pictures."
OUT_OF_MEMORY = "can't allocate memory"  # as torch has it on a processor
RELIEF_SECONDS = 2.0  # until a full disk, or a line of writers, is looked at again


def execute(job_id: str, owner: str, device: str, stopping: threading.Event | None = None) -> bool:
    """Run the job if it is still waiting; whether it was.

    `owner` names this worker, `device` says in words what it runs on, `stopping` asks it to let go.
    """
    job = Job.claim(job_id, owner, device, engine().settings.LEASE_SECONDS)
    if job is None:
        return False
    if _answered_by_twin(job):
        return True
    watch = Watch(current_app._get_current_object(), job, stopping or threading.Event())  # type: ignore[attr-defined]
    with watch:
        try:
            _walk(job, watch)
        except Exception as error:
            _end(job, error, watch.stopping)
    return True


def _end(job: Job, error: Exception, stopping: threading.Event) -> None:
    """Tell the reader what ended the run, unless it was nothing of the run's own: then it has its turn again."""
    foreseen = error if isinstance(error, AppError) else meant_by(error)
    if isinstance(foreseen, (Busy, DiskFull)):
        log.warning("job %s of %s goes back in line: %s", job.id, job.demo, foreseen.message)
        return _put_back(job, stopping)
    if foreseen is None:
        log.exception("job %s of %s failed", job.id, job.demo)
    sentence = foreseen.message if foreseen else TOO_LARGE if _is_of_memory(error) else BROKE
    try:
        job.fail(sentence)
    except (Busy, DiskFull):
        _put_back(job, stopping)


def _put_back(job: Job, stopping: threading.Event) -> None:
    """To the line again, as soon as that can be written; a worker that stops leaves it to the next one."""
    stopping.wait(RELIEF_SECONDS)  # or it would be taken again at once, as often as it fails
    while not stopping.is_set():
        with contextlib.suppress(Busy, DiskFull):
            job.put_back(counted=False)
            return
        stopping.wait(RELIEF_SECONDS)


def _is_of_memory(error: Exception) -> bool:
    """True where a run wanted more memory than there is; torch says so in words of its own, which jobs do not know."""
    return isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError" or OUT_OF_MEMORY in str(error)


def _walk(job: Job, watch: Watch) -> None:
    """Through the run, from update to update, until it ends or `watch` says that it must."""
    version, read, verdict = engine().demos.version_of(job.demo), engine().store.read, None
    if job.version != version:
        job.start_over(version)  # its state was made by other code, which alone knows what is in it
    if job.wishes:
        wishes.take(job)  # changed while it waited or was paused: its next step is to know already
    state = read(job.state_key) if job.state_key else None
    stretch = Stretch(job)
    with contextlib.closing(engine().demos.run_of(job.demo)(job.inputs_now, read, state)) as updates:
        try:
            update = _next(updates, None, watch)
            while update is not None and verdict is None:
                if not stretch.take(update):
                    return  # taken from us; whoever has it now goes on
                verdict = watch.verdict_on(update)
                if verdict is None:
                    update = _next(updates, watch.changes(), watch)
        except Interrupted:  # its traceback says in which line
            log.warning("job %s of %s came to no next step", job.id, job.demo, exc_info=True)
            verdict = watch.verdict
        stretch.end(verdict)


def _next(updates: Generator[Update, Changes, None], changes: Changes, watch: Watch) -> Update | None:
    """The next step of a run, which is told what its reader has changed; None after the last one."""
    try:
        with watch.patience():
            return updates.send(changes) if changes else next(updates)
    except StopIteration:
        return None


def _answered_by_twin(job: Job) -> bool:
    """True when the same run has ended while this one waited, having neither begun nor been changed."""
    with writing() as session:
        row = session.get_one(Job, job.id)
        return row.state_seq == 0 and row.wishes is None and row.steered is None and copy_twin(row)
