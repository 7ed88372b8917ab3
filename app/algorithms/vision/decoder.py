"""Pictures of strangers are decoded in a process of their own, which has limits, can be killed, and loses nothing else.

The child is started when it is first needed and again after it died. It loads nothing but the decoder.
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

START_SECONDS, SECONDS, MEMORY = 60, 10, 2 << 30
TOO_MUCH = "This picture is too much work to read. Save it again as a plain JPEG or PNG and try that."


def decode_apart(data: bytes, *, max_side: int) -> bytes:
    """`decode` in the child: fresh pixels as PNG bytes. Raises InvalidPicture with a sentence."""
    answer = _decoder.answer(data, max_side)
    if isinstance(answer, str):
        raise InvalidPicture(answer)
    return answer


class _Decoder:
    """The child's parent: one picture at a time."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.child: BaseProcess | None = None
        self.pipe: Connection | None = None

    def answer(self, data: bytes, max_side: int) -> bytes | str:
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

    def stop(self) -> None:
        if self.child is not None:
            self.child.kill()
            self.child.join()
        if self.pipe is not None:
            self.pipe.close()
        self.child = self.pipe = None

    def _start(self) -> None:
        # "spawn": a forked child would inherit the locks and threads of a process that serves and computes.
        spawn = multiprocessing.get_context("spawn")
        self.stop()
        self.pipe, theirs = spawn.Pipe()
        self.child = spawn.Process(target=_serve, args=(theirs,), daemon=True, name="decoder")
        self.child.start()
        theirs.close()
        if self.pipe.poll(START_SECONDS):
            self.pipe.recv()


def _serve(pipe: Connection) -> None:
    """The child's life: a picture in, a PNG or a sentence out, until the parent goes."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with contextlib.suppress(EOFError, KeyboardInterrupt):
        pipe.send("ready")
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
