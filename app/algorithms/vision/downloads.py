"""Fetches the catalogue's files: resumed where they were cut, compared by hash, in their place whole or not at all.

A file grows beside its place as `<file>.part` and is moved there once its hash is right; what has another hash is
thrown away. Whatever goes wrong is a `NotFetched` with one sentence. Invariant: one fetch at a time in a folder.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from io import FileIO
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from app.algorithms.vision.catalogue import DOWNLOADED, Weights, matches

CHUNK = 1 << 18
SILENCE = 30.0  # seconds without a byte after which the other side is taken for gone
TOO_LARGE = 1.1  # times the listed size: no answer may fill the disk
OK, NOT_SATISFIABLE = 200, 416

Response = HTTPResponse | HTTPError


class NotFetched(ValueError):
    """Why a file could not be had, in a sentence."""


@dataclass(frozen=True)
class Received:
    """How far a fetch is, in bytes of the whole file."""

    done: int
    of: int


def fetch(entry: Weights, models: Path = DOWNLOADED, mirror: str = "") -> Iterator[Received]:
    """Yields how far it is, and is exhausted when the file is in its place; to stop is to close the generator.

    `mirror` is an address under which the files lie by their names; empty is torchvision's own. A file that is there
    is replaced. NotFetched says what went wrong; what had come by then is kept, and the next fetch goes on from it.
    """
    url = address(entry, mirror)
    place = entry.path(models)
    try:
        models.mkdir(parents=True, exist_ok=True)
        with _alone(models), (models / f"{entry.file}.part").open("ab", buffering=0) as file:
            partial = Path(file.name)
            if not (file.tell() and matches(entry, partial)):
                yield from _receive(entry, url, file)
            if not matches(entry, partial):
                partial.unlink()
                raise NotFetched(f"What {_host(url)} sent is not {entry.file}: its hash is another. It was deleted.")
            os.fsync(file.fileno())
            partial.replace(place)
    except OSError as error:
        raise NotFetched(f"{place} cannot be written: {_why(error)}.") from None


def address(entry: Weights, mirror: str = "") -> str:
    """Where the entry's file can be fetched; NotFetched where it ships or where the mirror is no address."""
    if entry.torchvision is None:
        raise NotFetched(f"{entry.name} ships with the project; there is nothing to fetch.")
    if not mirror:
        # Imported only here: it loads torch.
        from app.algorithms.vision import torchvision_shim  # noqa: F401, I001
        from torchvision.models import get_weight

        return str(get_weight(entry.torchvision).url)
    if not mirror.startswith(("http://", "https://")):
        raise NotFetched(f"“{mirror}” is no address to fetch from; it must begin with https:// or http://.")
    return f"{mirror.rstrip('/')}/{entry.file}"


def megabytes(size: int) -> str:
    """A number of bytes in words, such as “14.1 MB”."""
    return f"{size / 1e6:,.1f} MB"


@contextmanager
def _alone(models: Path) -> Iterator[None]:
    with (models / ".lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NotFetched(f"Another fetch into {models} is under way; wait for it to end.") from None
        yield


def _receive(entry: Weights, url: str, file: FileIO) -> Iterator[Received]:
    """Append to `file` what it lacks. A server that cannot go on from the middle sends all of it again."""
    with _answer(url, file) as response:
        done = file.tell()
        length = response.headers.get("Content-Length", "")
        of = done + int(length) if length.isdecimal() else entry.size
        _check_room(entry, of, of - done, Path(file.name).parent)
        yield Received(done, of)
        while done <= TOO_LARGE * entry.size and (chunk := _read(response, url, done)):
            done += file.write(chunk)
            yield Received(done, max(of, done))
    if length and done < of:
        raise NotFetched(_cut(url, done))


def _check_room(entry: Weights, size: int, lacking: int, models: Path) -> None:
    if size > TOO_LARGE * entry.size:
        raise NotFetched(f"What was sent for {entry.file} has {megabytes(size)}; it should be {megabytes(entry.size)}.")
    # The database is often on the same disk: it must not be the one that finds it full.
    if (free := shutil.disk_usage(models).free) < lacking:
        raise NotFetched(f"{entry.file} needs {megabytes(lacking)} more; the disk has {megabytes(free)} left.")


def _answer(url: str, file: FileIO) -> Response:
    """The rest of the file, or all of it after `file` was emptied."""
    if done := file.tell():
        response = _ask(url, {"Range": f"bytes={done}-"})
        if response.headers.get("Content-Range", "").startswith(f"bytes {done}-"):
            return response
        file.truncate(0)
        file.seek(0)
        if response.status == OK:
            return response
        response.close()
    return _ask(url, {})


def _ask(url: str, headers: dict[str, str]) -> Response:
    try:
        response: HTTPResponse = urlopen(Request(url, headers=headers), timeout=SILENCE)
        return response
    except HTTPError as error:
        if error.code == NOT_SATISFIABLE and headers:
            return error  # what is here is no beginning of what is there
        error.close()
        raise NotFetched(f"{_host(url)} answered {error.code} ({error.reason}) when asked for {url}.") from None
    except URLError as error:
        raise NotFetched(f"{_host(url)} cannot be reached: {_why(error.reason)}.") from None
    except (OSError, HTTPException, ValueError) as error:
        raise NotFetched(f"{url} cannot be fetched: {_why(error)}.") from None


def _read(response: Response, url: str, done: int) -> bytes:
    try:
        return response.read(CHUNK)
    except (OSError, HTTPException):
        raise NotFetched(_cut(url, done)) from None


def _cut(url: str, done: int) -> str:
    return f"The connection to {_host(url)} was cut after {megabytes(done)}; the next fetch goes on from there."


def _host(url: str) -> str:
    return urlsplit(url).netloc


def _why(reason: object) -> str:
    return str(getattr(reason, "strerror", None) or reason)
