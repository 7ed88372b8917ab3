"""Sheets: every channel of a layer as a small picture, and what the gallery's photographs tell of it.

They are made once, by `flask demo feature-maps --all`: those of networks that ship lie here, those of fetched networks
beside the operator's data. Each is a WebP of tiles, row by row, and a JSON of the same name. Nothing here needs torch.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.algorithms.vision.feature_maps.layers import SHIPPED
from app.demos.assets import made

HERE = Path(__file__).parent
DEMO = "feature-maps"


@dataclass(frozen=True)
class Sheet:
    """A picture of tiles, and its numbers as they were written."""

    file: Path  # of the numbers
    about: dict[str, Any]

    @property
    def picture(self) -> Path:
        return self.file.with_suffix(".webp")

    @property
    def untrained(self) -> Path | None:
        """The same tiles, drawn for a network that learned nothing; there is one of few layers only."""
        file = self.file.with_suffix(".untrained.webp")
        return file if file.exists() else None

    @property
    def tile(self) -> int:
        return int(self.about["tile"])

    @property
    def columns(self) -> int:
        return int(self.about["columns"])

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of a layer's picture in pixels."""
        return self.columns * self.tile, -(-int(self.about["channels"]) // self.columns) * self.tile

    def corner(self, number: int) -> tuple[int, int]:
        """Left and top of a tile in pixels."""
        return number % self.columns * self.tile, number // self.columns * self.tile


def folder(network: str) -> Path:
    """Where the sheets of a network lie, or will."""
    return (HERE if network in SHIPPED else made(DEMO)) / "sheets" / network


def find(network: str, layer: str) -> Sheet | None:
    """The sheet of a layer, or None while nobody has made it. Both names are of those that there are."""
    file = folder(network) / f"{layer}.json"
    return read(file) if file.exists() else None


def read(file: Path) -> Sheet:
    """The sheet whose numbers are in `file`."""
    return _read(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=128)
def _read(file: Path, _changed: int) -> Sheet:
    return Sheet(file, json.loads(file.read_text()))
