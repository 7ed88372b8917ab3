"""What a demo computes with, as a number: its code, its ready-made pictures, the algorithms and their weights.

Two runs with the same inputs and the same fingerprint give the same result, so the second need not be run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

ALGORITHMS = Path(__file__).parents[1] / "algorithms"


def fingerprint(folder: Path, shelves: Iterable[Path]) -> str:
    """Of a demo's folder, and of all files in the folders that its inputs and runs take from."""
    digest = hashlib.sha256()
    for file in _files(folder, shelves):
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()


def _files(folder: Path, shelves: Iterable[Path]) -> Iterable[Path]:
    yield from sorted(folder.glob("*.py"))
    for shelf in shelves:
        yield from sorted(file for file in shelf.rglob("*") if file.is_file())
    yield from sorted(file for file in ALGORITHMS.rglob("*") if file.suffix in (".py", ".safetensors"))
