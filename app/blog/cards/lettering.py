"""Words in the site's own type: which letters there are, and how a title is set in lines of like length."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from math import inf
from pathlib import Path

from PIL import ImageFont
from PIL.ImageFont import FreeTypeFont

OURS = Path(__file__).parents[2] / "static/fonts"
SERIF, SANS = OURS / "press-serif.woff2", OURS / "press-sans.woff2"
ELSEWHERE = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
BOLD, NO_GLYPH = 640, "\U0010fffe"
# Chinese, Japanese and Korean have no spaces to break at: each character may begin a line.
PIECE = re.compile(
    "[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]|[^\\s\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]+"
)


@dataclass(frozen=True)
class Block:
    """Lines of one size, in pixels."""

    lines: list[str]
    font: FreeTypeFont
    size: int


@cache
def font(file: Path, size: int) -> FreeTypeFont:
    found = ImageFont.truetype(str(file), size)
    if file.parent == OURS:
        found.set_variation_by_axes([BOLD])
    return found


def drawable(text: str, preferred: Path = SERIF) -> tuple[str, Path]:
    """`text` without what cannot be drawn, and the font to draw it with.

    A letter that our fonts lack is looked for in those of the machine; an accent goes where its letter stays; signs
    that no font has, such as emoji, are left out. The text is empty where nothing of it can be drawn.
    """
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    missing = {letter for letter in text if letter.isalnum() and not _has(preferred, letter)}
    if not missing:
        return _kept(text, preferred), preferred
    for file in _elsewhere():
        if all(_has(file, letter) for letter in (*missing, *text) if letter.isalnum()):
            return _kept(text, file), file
    return _kept(text, preferred), preferred


def set_in(text: str, file: Path, width: int, height: int, sizes: range, leading: float) -> Block:
    """`text` in the largest of `sizes` (pixels) that fits a box, lines balanced; where none does, cut with “…”."""
    for size in sizes:
        block = _lines(text, font(file, size), width)
        if len(block) * size * leading <= height and all(font(file, size).getlength(line) <= width for line in block):
            return Block(_balanced(text, font(file, size), width), font(file, size), size)
    size = sizes[-1]
    return Block(_cut(text, font(file, size), width, int(height / (size * leading))), font(file, size), size)


def _kept(text: str, file: Path) -> str:
    """What a font can draw of a text."""
    shown = "".join(letter if _has(file, letter) else _base(letter, file) for letter in text)
    return " ".join(shown.split()) if any(letter.isalnum() for letter in shown) else ""


def _base(letter: str, file: Path) -> str:
    return "".join(part for part in unicodedata.normalize("NFKD", letter) if _has(file, part))


@lru_cache(maxsize=8192)
def _has(file: Path, letter: str) -> bool:
    if letter.isspace():
        return True
    return unicodedata.category(letter)[0] != "C" and _drawing(file, letter) != _empty(file)


@cache
def _empty(file: Path) -> tuple[tuple[int, int], bytes]:
    """What a font draws where it has no letter."""
    return _drawing(file, NO_GLYPH)


def _drawing(file: Path, letter: str) -> tuple[tuple[int, int], bytes]:
    mask = font(file, 24).getmask(letter)
    return mask.size, bytes(mask)


@cache
def _elsewhere() -> list[Path]:
    """The machine's own fonts, those for many scripts and upright ones first."""
    found = [file for folder in ELSEWHERE for file in folder.rglob("*") if file.suffix in (".ttf", ".otf", ".ttc")]
    slanted = re.compile("italic|oblique|mono|condensed|narrow|light", re.IGNORECASE)
    wanted = re.compile("serif.*bold|cjk.*bold", re.IGNORECASE)
    return sorted(found, key=lambda file: (bool(slanted.search(file.stem)), not wanted.search(file.stem), file.name))


def _lines(text: str, type_: FreeTypeFont, width: float) -> list[str]:
    """As few lines as there can be; a word that is wider than a line has one to itself."""
    lines, line = [], ""
    for piece, gap in _pieces(text):
        longer = line + gap + piece if line else piece
        if line and type_.getlength(longer) > width:
            lines.append(line)
            longer = piece
        line = longer
    return [*lines, line] if line else lines


def _balanced(text: str, type_: FreeTypeFont, width: int) -> list[str]:
    """As many lines, each within the width, of lengths as like as they can be: the sum of their squares is least."""
    pieces = _pieces(text)

    @cache
    def line(start: int, end: int) -> tuple[str, float]:
        words = "".join(gap + piece for piece, gap in pieces[start:end]).lstrip()
        return words, type_.getlength(words)

    @cache
    def best(start: int, lines: int) -> tuple[float, tuple[str, ...]]:
        ends = range(start + 1, len(pieces) - lines + 2) if lines > 1 else [len(pieces)]
        found: tuple[float, tuple[str, ...]] = (inf, ())
        for end in ends:
            words, length = line(start, end)
            if length > width:
                break
            rest = best(end, lines - 1) if lines > 1 else (0.0, ())
            found = min(found, (length**2 + rest[0], (words, *rest[1])))
        return found

    return list(best(0, len(_lines(text, type_, width)))[1]) if pieces else []


def _cut(text: str, type_: FreeTypeFont, width: int, most: int) -> list[str]:
    """The first `most` lines, the words that are too long broken, the last line with “…”."""
    broken = " ".join(_broken(word, lambda part: type_.getlength(part) <= width) for word in text.split(" "))
    lines = _lines(broken, type_, width)
    if len(lines) > most:
        last = lines[most - 1]
        while last and type_.getlength(f"{last}…") > width:
            last = last.rpartition(" ")[0] or last[:-1]
        lines = [*lines[: most - 1], f"{last}…"]
    return lines


def _broken(word: str, fits: Callable[[str], bool]) -> str:
    parts = [""]
    for letter in word:
        if fits(parts[-1] + letter):
            parts[-1] += letter
        else:
            parts.append(letter)
    return " ".join(parts)


def _pieces(text: str) -> list[tuple[str, str]]:
    """The pieces that a line can begin with, and the space before each."""
    return [(found[0], " " if text[found.start() - 1 : found.start()] == " " else "") for found in PIECE.finditer(text)]
