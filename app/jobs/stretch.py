"""One stretch of a run, from its claim to its end or its pause: what is told on the way, and what is kept."""

from __future__ import annotations

import io
import time
from collections.abc import Mapping

from PIL.Image import Image

from app.jobs.engine import Update, engine
from app.jobs.estimate import Pace, expected, experience, left
from app.jobs.models import Job
from app.jobs.pictures import drop

REPORT_SECONDS = 0.4  # between two reports: often enough to look alive, seldom enough to cost nothing
STATE_SECONDS = 10.0  # between two states: as much is lost with a worker, and some are tens of megabytes
TOO_LONG = "This run was stopped after {seconds} s, the longest a run may take. Choose fewer steps or a smaller size."


class Stretch:
    def __init__(self, job: Job) -> None:
        self.job = job
        self.began = self.saved = time.monotonic()
        self.reported = 0.0
        self.pace = Pace(job.progress, job.seconds_before)
        self.last: Update | None = None
        self.told: Update | None = None

    @property
    def seconds(self) -> float:
        """How long the run has taken up to here, with the stretches before this one."""
        return self.job.seconds_before + time.monotonic() - self.began

    def take(self, update: Update) -> bool:
        """Tell of a step, and keep its state, as often as is due. False when the job is no longer ours."""
        self.last, at = update, time.monotonic()
        self.pace.mark(update.progress, self.seconds)
        state_is_due = update.state is not None and at - self.saved >= STATE_SECONDS
        if state_is_due or at - self.reported >= REPORT_SECONDS:
            return self._report(update) and (not state_is_due or self._keep_state(update))
        return True

    def end(self, verdict: str | None) -> None:
        """Keep what the last step has, as `verdict` wants it."""
        last = self.last
        if verdict == "lost" or (last and not self._kept(last)):
            return
        if verdict == "stopping":
            self.job.put_back(counted=False)
        elif verdict == "late":
            self.job.fail(TOO_LONG.format(seconds=engine().settings.JOB_SECONDS))
        else:
            pictures = _stored(last.pictures, "png") if last else {}
            files = {name: engine().store.put(data, "bin") for name, data in last.files.items()} if last else {}
            if verdict == "paused":
                self.job.set_aside(pictures, files)
            else:
                self.job.finish(pictures, files, canceled=verdict == "canceled")

    def _kept(self, last: Update) -> bool:
        """Told of, with its state on disk; False when the job is no longer ours."""
        return (last is self.told or self._report(last)) and (last.state is None or self._keep_state(last))

    def _report(self, update: Update) -> bool:
        rest = left(expected(self.job, experience(self.job.demo)), self.pace)
        self.told, self.reported = update, time.monotonic()
        return self.job.report(update.progress, update.data, _stored(update.pictures, "webp"), rest and rest.seconds)

    def _keep_state(self, update: Update) -> bool:
        """Put the state of the step that was told last in the place of the one before. Called where it has one."""
        before, self.saved = self.job.state_key, time.monotonic()
        assert update.state is not None
        key = engine().store.put(update.state(), "bin")
        kept = self.job.keep_state(key, self.seconds)
        drop({old for old in (before if kept else key,) if old})
        return kept


def _stored(pictures: Mapping[str, Image], kind: str) -> dict[str, str]:
    return {name: engine().store.put(_encoded(image, kind), kind) for name, image in pictures.items()}


def _encoded(image: Image, kind: str) -> bytes:
    """PNG loses nothing, WebP is quick to send."""
    out = io.BytesIO()
    if kind == "png":
        image.save(out, "PNG", compress_level=6)
    else:
        image.save(out, "WEBP", quality=82, method=2)
    return out.getvalue()
