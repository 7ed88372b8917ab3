"""A result that carries its own recipe: a PNG with a text chunk that says what it was made from.

Idea: ComfyUI's. The chunk is put between the bytes of the picture as it is kept, so nothing is drawn again; what it
holds is JSON in ASCII, which a browser can read without a library. Invariant: it is the only thing in the file besides
the picture. Source: Portable Network Graphics, 3rd edition (W3C), 5.3 and 11.3.3.2.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterator
from typing import Any

from app.errors import InvalidInput, NotFound
from app.jobs.describe import described
from app.jobs.engine import engine
from app.jobs.models import Job

SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEYWORD = b"playpress"
HEADER_ENDS = len(SIGNATURE) + 25  # the first chunk is IHDR: length, type, 13 bytes, checksum
NONE = "This file carries no recipe. Take one that was downloaded here as “PNG with its recipe”."


def png(job: Job) -> bytes:
    """The job's result with its recipe. Raises NotFound with a sentence when it has none."""
    shown = described(job)
    if job.status not in ("succeeded", "canceled") or "result" not in (shown["output"] or {}).get("pictures", {}):
        raise NotFound("This run has no picture to keep, or it has been erased.")
    return write(engine().store.read((job.pictures or {})["result"]), recipe(shown))


def recipe(shown: dict[str, Any]) -> dict[str, Any]:
    """What a described job was made from. A reader's own pictures are named by address, and kept for a day."""
    given = {name: _plain(value) for name, value in shown["inputs"].items()}
    about = {"demo": shown["demo"], "inputs": given, "version": shown["version"], "job": shown["id"]}
    return about | {name: shown[name] for name in ("origin", "steered") if shown[name]}


def write(picture: bytes, about: dict[str, Any]) -> bytes:
    """A PNG with `about` in its text chunk."""
    # ASCII, since a tEXt chunk is Latin-1 and an iTXt chunk would say the same in more fields.
    body = b"tEXt" + KEYWORD + b"\0" + json.dumps(about).encode("ascii")
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return picture[:HEADER_ENDS] + chunk + picture[HEADER_ENDS:]


def read(data: bytes) -> dict[str, Any]:
    """The recipe in a PNG. Raises InvalidInput with a sentence when there is none."""
    for kind, body in _chunks(data):
        keyword, _, text = body.partition(b"\0")
        if (kind, keyword) == (b"tEXt", KEYWORD):
            try:
                found = json.loads(text)
            except ValueError:
                break
            if isinstance(found, dict):
                return found
    raise InvalidInput({"": NONE})


def _plain(value: Any) -> Any:
    """An input as a form takes it: a picture by its name or its address."""
    return value.get("name") or value.get("picture") if isinstance(value, dict) else value


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Type and content of each chunk, as far as there are whole ones."""
    at = len(SIGNATURE) if data.startswith(SIGNATURE) else len(data)
    while (end := at + 12 + int.from_bytes(data[at : at + 4])) <= len(data):
        yield data[at + 4 : at + 8], data[at + 8 : end - 4]
        at = end
