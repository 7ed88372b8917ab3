"""A map as an input: MovingAI text, rows, the name of one that is there already, or a code short enough for an address.

A code is “WxH:” and the cells row by row in base64url: a bit each, 1 for a wall, where all free cells cost one;
otherwise four bits each, what entering costs, 0 for a wall.
"""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from typing import Any, ClassVar

from app.algorithms.search import Grid, SearchError, read
from app.demos.astar.ready import known, ready
from app.demos.kinds import Refused, Text

LARGEST = 1024
HEAVIEST = 9
CODE = re.compile(r"(\d{1,4})x(\d{1,4}):([\w-]*)", re.ASCII)
MOVING_AI = re.compile(r"type\s*octile\s*height\s*(\d+)\s*width\s*(\d+)\s*map\s*(.*)", re.DOTALL)
WALLS = bytes.maketrans(b"\x00\x01", b"10")
DIGITS = b"0123456789" + bytes(246)
HOW = "MovingAI text, rows of its letters, rows of numbers, or a code such as 3x2:AA"


@dataclass(frozen=True)
class GridMap(Text):
    """A map of at most 1024 × 1024 cells; kept as its code, or as the name of a ready one."""

    longest: int = 4 * LARGEST * LARGEST
    kind: ClassVar[str] = "map"

    def parse(self, text: str) -> str:
        written = super().parse(text.strip())
        value = self._kept(written)
        grid = grid_of(value)
        if max(grid.width, grid.height) > LARGEST:
            raise Refused(f"{self.label}: {grid.width} × {grid.height} cells are too many; {LARGEST} a side at most.")
        return value

    def _kept(self, written: str) -> str:
        try:
            if known(written):
                ready(written)
                return written
            grid = decode(written) if CODE.fullmatch(written) else read(_rows(written))
        except SearchError as wrong:
            raise Refused(f"{self.label}: {wrong}") from None
        except ValueError:
            raise Refused(f"{self.label}: this is none. Give {HOW}.") from None
        if grid.heaviest > HEAVIEST:
            raise Refused(f"{self.label}: a cell costs {grid.heaviest}. Weights go from 1 to {HEAVIEST}, 0 is a wall.")
        return encode(grid)

    def schema(self) -> dict[str, Any]:
        row = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "integer"}}]}
        return {"anyOf": [super().schema(), {"type": "array", "items": row}]}

    def flat(self, value: Any) -> str:
        return json.dumps(value)


def grid_of(value: str) -> Grid:
    """The grid of a map as it is kept."""
    return ready(value)[0] if known(value) else decode(value)


def encode(grid: Grid) -> str:
    """The code of a map whose weights are at most 9."""
    cells, count = b"".join(grid.rows()), grid.width * grid.height
    if grid.uniform and count > 2:
        size = (count + 7) // 8
        data = (int(cells.translate(WALLS), 2) << 8 * size - count).to_bytes(size, "big")
    else:
        digits = cells.translate(DIGITS).decode()
        data = bytes.fromhex(digits + "0" * (count % 2))
    return f"{grid.width}x{grid.height}:{base64.urlsafe_b64encode(data).decode().rstrip('=')}"


def decode(code: str) -> Grid:
    """The map of a code. Raises ValueError."""
    found = CODE.fullmatch(code)
    if not found:
        raise ValueError(code)
    width, height = int(found[1]), int(found[2])
    count, data = width * height, base64.urlsafe_b64decode(found[3] + "=" * (-len(found[3]) % 4))
    if len(data) == (count + 7) // 8 and count > 2:
        bits = bin(int.from_bytes(b"\x01" + data, "big"))[3 : 3 + count]
        cells = bits.encode().translate(bytes.maketrans(b"01", b"\x01\x00"))
    elif len(data) == (count + 1) // 2:
        cells = bytes(int(digit, 16) for digit in data.hex()[:count])
    else:
        raise ValueError(code)
    return Grid(width, height, [cells[at : at + width] for at in range(0, count, width)])


def _rows(text: str) -> Any:
    """Text as `read` takes it; lines that a single-line field has joined are cut by the width that the map tells."""
    if text.startswith("["):
        return json.loads(text)
    found = MOVING_AI.fullmatch(text)
    if found and "\n" not in text:
        width, body = int(found[2]), "".join(found[3].split())
        lines = [body[at : at + width] for at in range(0, len(body), width or 1)]
        return "\n".join(["type octile", f"height {found[1]}", f"width {width}", "map", *lines])
    return text if found or text.startswith("type") else text.replace("/", "\n")
