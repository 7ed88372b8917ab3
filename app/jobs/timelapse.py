"""A run as a short film: its previews one after the other, the last one held, as an animated WebP or GIF.

It is made when it is asked for, at most sixty frames of 512 pixels, and one at a time in a process, so that nobody can
load the server with it.
"""

from __future__ import annotations

import hashlib
import io
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PIL import Image
from sqlalchemy import select

from app.db import db
from app.errors import Busy, NotFound
from app.jobs.engine import engine
from app.jobs.models import OPEN, Job
from app.jobs.pictures import JobPicture
from app.jobs.updates import JobEvent

MOST_FRAMES = 60
LONGEST_SIDE = 512
FRAME_MS, LAST_MS = 100, 1500
PATIENCE = 5.0  # seconds to wait for one that is being made
KINDS = ("webp", "gif")
ERASED = "The pictures on the way to this result have been erased; they are kept for a day. The result itself is not."
UNDER_WAY = "This run is still under way. There is a time-lapse once it has ended."

_one_at_a_time = threading.Lock()


def frames(job: Job) -> list[str]:
    """Keys of the previews to show, in their order. Raises NotFound with a sentence when there are none."""
    if job.status in OPEN:
        raise NotFound(UNDER_WAY)
    held = set(db.session.scalars(select(JobPicture.key).where(JobPicture.job_id == job.id)))
    told = db.session.scalars(select(JobEvent.pictures).where(JobEvent.job_id == job.id).order_by(JobEvent.seq))
    keys = [pictures["result"] for pictures in told if pictures.get("result") in held]
    if not keys:
        raise NotFound(ERASED)
    return _spread(keys, MOST_FRAMES)


def tag(keys: Sequence[str], kind: str) -> str:
    """Names the film before it is made."""
    return hashlib.sha256("".join([kind, *keys]).encode()).hexdigest()[:20]


def film(keys: Sequence[str], kind: str) -> bytes:
    """The film as a file of this kind, one of KINDS. Raises Busy when too many are asked for at once."""
    with _turn():
        size = _size(_picture(keys[-1]).size)
        shown = [_picture(key).resize(size, Image.Resampling.BILINEAR) for key in keys]
        first, *rest = _in_256_colours(shown) if kind == "gif" else shown
        # Method 0 takes half as long as the next one and makes files that are hardly larger.
        how = {"optimize": False} if kind == "gif" else {"quality": 70, "method": 0}
        times, out = [FRAME_MS] * len(rest) + [LAST_MS], io.BytesIO()
        first.save(out, kind.upper(), save_all=True, append_images=rest, duration=times, loop=0, **how)
        return out.getvalue()


@contextmanager
def _turn() -> Iterator[None]:
    if not _one_at_a_time.acquire(timeout=PATIENCE):
        raise Busy("Other time-lapses are being made. Please try again in a few seconds.", retry_after=5)
    try:
        yield
    finally:
        _one_at_a_time.release()


def _spread(keys: list[str], most: int) -> list[str]:
    """So many of them at most, evenly, the first and the last among them."""
    if len(keys) <= most:
        return keys
    return [keys[round(place * (len(keys) - 1) / (most - 1))] for place in range(most)]


def _in_256_colours(shown: Sequence[Image.Image]) -> list[Image.Image]:
    """With one palette for all, which is twenty times faster than one a frame: that of the first and the last one."""
    width, height = shown[-1].size
    both = Image.new("RGB", (2 * width, height))
    both.paste(shown[0], (0, 0))
    both.paste(shown[-1], (width, 0))
    palette = both.quantize(256)
    return [frame.quantize(palette=palette) for frame in shown]


def _picture(key: str) -> Image.Image:
    try:
        with Image.open(io.BytesIO(engine().store.read(key))) as image:
            return image.convert("RGB")
    except FileNotFoundError:  # erased since it was looked up
        raise NotFound(ERASED) from None


def _size(size: tuple[int, int]) -> tuple[int, int]:
    scale = min(1.0, LONGEST_SIDE / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))
