"""The steps of a run as the rest of Playpress takes them: progress that rises, plain data, pictures that can be kept.

An author's run says what it likes. Here a number of NumPy or torch becomes a number, an array becomes lists, and what
is not finite becomes nothing, as JSON and plots can hold it; what cannot be is a Fault, told with file and line.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import PIL.Image

from app.demos.base import Update
from app.demos.folders import module, told
from app.errors import AppError
from app.jobs.engine import Changes

NO_UPDATE = "run(inputs) must yield one Update or more, and nothing else."
NOTHING_LEFT = "With these inputs nothing is left to do from where that run was. Ask for more, or start anew."
MODES = ("1", "L", "LA", "P", "RGB", "RGBA")  # of the pictures that both PNG and WebP can hold
MOST_SIDE = 8192
MOST_VALUES = 100_000  # in the data of one update, which readers are sent twice a second
MOST_AT_ONCE = 2_000_000  # in the data of an answer that is sent once: a path through a million cells
SLACK = 1e-6  # sums of tenths end a little beside 1


class Fault(Exception):
    """A run that broke, or says what nobody can take; the message is for the demo's author."""


def run_in(folder: Path) -> Callable[..., Any]:
    """What a demo's run.py defines as `run`. Raises Fault where it does not load, or defines none."""
    file = folder / "run.py"
    try:
        run: Callable[..., Any] | None = getattr(module(folder, "run"), "run", None)
    except (Exception, SystemExit) as error:
        raise Fault(told(error, file)) from error
    if not callable(run):
        raise Fault(f"{file} defines no run(inputs).")
    return run


def steps(
    begin: Callable[[], Any], file: Path, *, from_state: bool = False, most: int = MOST_VALUES
) -> Generator[Update, Changes, None]:
    """The updates of the run that `begin` starts, which is written in `file`; `most` values are in the data of one.

    Raises Fault; an AppError of the author's passes, since it is a sentence for the reader.
    """
    try:
        run = begin()
        if not isinstance(run, Generator):
            raise Fault(f"{file}: {NO_UPDATE}")
        with closing(run):
            yield from _taken(run, file, from_state, most)
    except (AppError, Fault):
        raise
    except (Exception, SystemExit) as error:  # a run that calls exit() must not end its worker
        raise Fault(told(error, file)) from error


def plain(value: Any, name: str = "data") -> Any:
    """`value` as JSON has it: numbers, texts, lists and dicts. Raises Fault with the name of what is something else."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): plain(one, f"{name}.{key}") for key, one in value.items()}
    if isinstance(value, list | tuple | range):
        return [plain(one, name) for one in value]
    if hasattr(value, "tolist") and math.prod(value.shape) <= MOST_VALUES:
        return plain(value.tolist(), name)
    raise Fault(f"{name} is {_named(value)}; data are numbers, texts, lists and dicts.")


def _taken(
    run: Generator[Any, Changes, Any], file: Path, from_state: bool, most: int
) -> Generator[Update, Changes, None]:
    last, changes = None, None
    while True:
        try:
            given = run.send(changes)
        except StopIteration:
            break
        try:
            last = _step(given, last.progress if last else 0, most)
        except Fault as fault:
            raise Fault(f"{file}, line {run.gi_frame.f_lineno}: {fault}") from None  # type: ignore[attr-defined]
        changes = yield last
    if last is None:
        raise AppError(NOTHING_LEFT) if from_state else Fault(f"{file}: {NO_UPDATE}")


def _step(given: Any, before: float, most: int) -> Update:
    """An update that can be told and kept. Raises Fault with what cannot."""
    if not isinstance(given, Update):
        raise Fault(NO_UPDATE)
    if not isinstance(given.data, Mapping) or not isinstance(given.pictures, Mapping):
        raise Fault("data and pictures of an Update are dicts by name.")
    data = plain(given.data)
    if (count := _count(data)) > most:
        raise Fault(f"data has {count:,} values; {most:,} is the most. Thin them out, or give a picture.")
    for name, picture in given.pictures.items():
        _check(name, picture)
    return replace(given, progress=_progress(given.progress, before), data=data)


def _progress(value: Any, before: float) -> float:
    try:
        progress = float(value)
    except (TypeError, ValueError):
        raise Fault(f"progress is a number from 0 to 1, not {_named(value)}.") from None
    if not before - SLACK <= progress <= 1 + SLACK:  # also refuses nan
        raise Fault(f"progress is {progress:g} after {before:g}; it rises from 0 to 1 and never falls.")
    return min(1.0, max(before, progress))


def _count(value: Any) -> int:
    if isinstance(value, dict):
        return sum(map(_count, value.values()))
    return sum(map(_count, value)) if isinstance(value, list) else 1


def _check(name: str, picture: Any) -> None:
    """Raises Fault for a picture that cannot be kept as PNG and sent as WebP."""
    if not isinstance(picture, PIL.Image.Image):
        raise Fault(f"picture “{name}” is {_named(picture)}; give Image.fromarray(np.uint8(…)) of PIL.")
    if picture.mode not in MODES:
        raise Fault(f"picture “{name}” has the mode {picture.mode}; give one of {', '.join(MODES)}.")
    if not 1 <= min(picture.size) <= max(picture.size) <= MOST_SIDE:
        across, down = picture.size
        raise Fault(f"picture “{name}” has {across} × {down} pixels; a side has from 1 to {MOST_SIDE}.")


def _named(value: Any) -> str:
    """What a value is, for its author: of which type, and how large an array."""
    shape = " × ".join(str(side) for side in getattr(value, "shape", ()))
    return f"of type {type(value).__name__}" + (f" ({shape})" if shape else "")
