"""What a network left of each pair of pictures, kept in a CSV file, so that no pair is measured twice.

Rows are only ever appended, each in one write, so that two commands may fill one file. They are found again by a key
that stands for the network's weights and the settings: another network or other settings are other rows.
"""

import csv
import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

COLUMNS = ("key", "content", "style", "style_left", "content_distance", "seconds", "held_out")


@dataclass(frozen=True)
class Result:
    """What one network left of one pair, and how long that took."""

    style: float  # share of the content picture's own distance
    content: float  # squared distance as a share of the content features' power
    seconds: float
    held_out: bool  # the style was never learned from


class Results:
    """Results by key and pair, read once; those added are written at once. Without a file nothing is kept."""

    def __init__(self, file: Path | None = None) -> None:
        self.file = file
        self.known = dict(_read(file)) if file and file.exists() else {}

    def find(self, key: str, content: Path, style: Path) -> Result | None:
        return self.known.get((key, content.name, style.name))

    def add(self, key: str, content: Path, style: Path, result: Result) -> None:
        self.known[key, content.name, style.name] = result
        if self.file is None:
            return
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with self.file.open("a") as rows:
            header = "" if rows.tell() else ",".join(COLUMNS)
            numbers = f"{result.style:.6g}", f"{result.content:.6g}", f"{result.seconds:.3f}", int(result.held_out)
            # The line's end comes first: after a row that was cut off, the next one still begins a line of its own.
            rows.write(header + _line(key, content.name, style.name, *numbers))


def key(*parts: Path | object) -> str:
    """Sixteen digits that stand for these files' contents and, of whatever is no path, for how it prints."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.read_bytes() if isinstance(part, Path) else repr(part).encode())
    return digest.hexdigest()[:16]


def _line(*cells: object) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return "\n" + line.getvalue()


def _read(file: Path) -> list[tuple[tuple[str, str, str], Result]]:
    # A run killed while it wrote may leave half a row: that pair is measured again.
    with file.open(newline="") as lines:
        rows = [row for row in csv.reader(lines) if len(row) == len(COLUMNS) and row[-1] in ("0", "1")]
    return [
        ((name, content, style), Result(float(left), float(moved), float(seconds), held_out == "1"))
        for name, content, style, left, moved, seconds, held_out in rows
    ]
