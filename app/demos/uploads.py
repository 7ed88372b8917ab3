"""Readers' pictures are decoded in a process of their own: one with limits, that can be killed and loses nothing else.

What comes out is a PNG made of fresh pixels: upright, RGB, no larger than asked for, without any metadata.
"""

from __future__ import annotations

import atexit
import contextlib
import io
import multiprocessing
import resource
import threading
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from app.algorithms.vision.images import InvalidPicture, decode
from app.demos.kinds import Refused

SECONDS, MEMORY = 10, 2 << 30
TOO_MUCH = "This picture is too much work to read. Save it again as a plain JPEG or PNG and try that."


def take_in(data: bytes, max_side: int, label: str) -> bytes:
    """A reader's file as PNG bytes. Raises Refused with a sentence when it is no picture we take."""
    if not data:
        raise Refused(f"{label}: the file is empty.")
    png = _decoder.decode(data, max_side)
    if isinstance(png, str):
        raise Refused(f"{label}: {png}")
    return png


class _Decoder:
    """One child process, started when it is first needed and again after it died; one picture at a time."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.child: BaseProcess | None = None
        self.pipe: Connection | None = None

    def decode(self, data: bytes, max_side: int) -> bytes | str:
        """PNG bytes, or the sentence of refusal."""
        with self.lock:
            if self.child is None or not self.child.is_alive():
                self._start()
            assert self.pipe is not None
            try:
                self.pipe.send((data, max_side))
                if self.pipe.poll(SECONDS):
                    return self.pipe.recv()  # type: ignore[no-any-return]
            except (EOFError, OSError):
                pass  # it died over this picture, at a limit or in a decoder
            self.stop()
            return TOO_MUCH

    def _start(self) -> None:
        # "spawn": a forked child would inherit the locks and threads of a process that serves and computes.
        spawn = multiprocessing.get_context("spawn")
        self.pipe, theirs = spawn.Pipe()
        self.child = spawn.Process(target=_serve, args=(theirs,), daemon=True, name="decode-pictures")
        self.child.start()
        theirs.close()

    def stop(self) -> None:
        if self.child is not None:
            self.child.kill()
            self.child.join()
        if self.pipe is not None:
            self.pipe.close()
        self.child = self.pipe = None


def _serve(pipe: Connection) -> None:
    """The child's life: a picture in, a PNG or a sentence out, until the parent goes."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with contextlib.suppress(EOFError, KeyboardInterrupt):
        while True:
            data, max_side = pipe.recv()
            pipe.send(_decoded(data, max_side))


def _decoded(data: bytes, max_side: int) -> bytes | str:
    try:
        out = io.BytesIO()
        decode(data, max_side=max_side).save(out, "PNG", compress_level=1)
        return out.getvalue()
    except InvalidPicture as refusal:
        return str(refusal)
    except MemoryError:
        return TOO_MUCH


_decoder = _Decoder()
atexit.register(_decoder.stop)
