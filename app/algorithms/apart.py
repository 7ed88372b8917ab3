"""A function in a process of its own, with limits of time and memory: it can be killed, and loses nothing else.

The child is started when it is first needed and again after it died; between two questions it stays warm.
"""

from __future__ import annotations

import atexit
import contextlib
import math
import multiprocessing
import pickle
import resource
import threading
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

START_SECONDS = 60
SPARE_SECONDS = 1  # whole seconds are what the kernel counts

Question = TypeVar("Question")
Answer = TypeVar("Answer")


class TooMuch(Exception):
    """The question took more time or memory than the child may have, or killed it."""


class Apart(Generic[Question, Answer]):
    """Answers one question at a time by `work`, a function of a module, within `seconds` and `memory` bytes.

    `prepare`, another function of a module, is called in each child before its first question, under no clock.
    """

    def __init__(
        self,
        work: Callable[[Question], Answer],
        *,
        name: str,
        seconds: float,
        memory: int,
        prepare: Callable[[], None] | None = None,
    ) -> None:
        self.work, self.name, self.seconds, self.memory, self.prepare = work, name, seconds, memory, prepare
        self.lock = threading.Lock()
        self.child: BaseProcess | None = None
        self.pipe: Connection | None = None
        atexit.register(self.stop)

    def __call__(self, question: Question) -> Answer:
        """What `work` gives. Raises what it raises, or TooMuch."""
        with self.lock:
            try:
                if self.child is None or not self.child.is_alive():
                    self._start()
                assert self.pipe is not None
                self.pipe.send(question)
                answered = self.pipe.recv() if self.pipe.poll(self.seconds) else None
            except (EOFError, OSError):
                answered = None  # it died over this question, or there was no room for it to be started
            if answered is None:
                self.stop()
                raise TooMuch
        return _opened(answered)  # type: ignore[no-any-return]

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
        arguments = (theirs, self.work, self.seconds, self.memory, self.prepare)
        self.child = spawn.Process(target=_serve, args=arguments, daemon=True, name=self.name)
        self.child.start()
        theirs.close()
        if self.pipe.poll(START_SECONDS):
            self.pipe.recv()


def _opened(answered: tuple[bool, Any]) -> Any:
    good, value = answered
    if not good:
        raise value
    return value


def _serve(
    pipe: Connection, work: Callable[[Any], Any], seconds: float, memory: int, prepare: Callable[[], None] | None
) -> None:
    """The child's life: a question in, an answer or an error out, until the parent goes."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    with contextlib.suppress(EOFError, BrokenPipeError, KeyboardInterrupt):
        if prepare is not None:
            prepare()
        pipe.send("ready")
        while True:
            question = pipe.recv()
            _limit_computing(seconds)
            pipe.send(_answered(work, question))


def _limit_computing(seconds: float) -> None:
    """From now on so many seconds of a processor: who was to kill this process after them may be gone itself."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = math.ceil(used.ru_utime + used.ru_stime + seconds) + SPARE_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _answered(work: Callable[[Any], Any], question: Any) -> tuple[bool, Any]:
    try:
        return True, work(question)
    except MemoryError:
        return False, TooMuch()
    except Exception as error:
        error.add_note(f"In a process apart:\n{traceback.format_exc()}")
        return False, _sent(error)


def _sent(error: Exception) -> Exception:
    """`error`, or what it says where it cannot travel between processes."""
    try:
        pickle.loads(pickle.dumps(error))
        return error
    except Exception:
        return RuntimeError(traceback.format_exc())
