"""Passwords: made, hashed, at most two at once, and refused where they are what is guessed first.

A password may be all that stands before the editor, so it has 15 characters (NIST SP 800-63B-4, 3.1.1.2) and may have
many more, of any kind. Lists of common passwords are of short ones; a long one is as easily guessed when it is one or
two of those, said once or again and again, so that is what is refused.
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore

from werkzeug.security import check_password_hash, generate_password_hash

from app.errors import InvalidInput

METHOD = "scrypt:32768:8:3"
SHORTEST, LONGEST = 15, 1024
COMMON = Path(__file__).with_name("common_passwords.txt")
CONSONANTS, VOWELS = "bdfgklmnprstvz", "aeiou"
HASHING = BoundedSemaphore(2)  # each takes 32 MB and a quarter of a second

FEW = 2  # pieces
SHORT = 4  # characters that are a piece whatever they are
LONGEST_PIECE = 64  # as long as a name can be
LEET = str.maketrans("@013457$!", "aoieastsi", " -_.,")
ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "qazwsxedcrfvtgbyhnujmikolp",
)


def readable() -> str:
    """Five words that can be said but not guessed: 80 bits."""
    pattern = (CONSONANTS, VOWELS, CONSONANTS, VOWELS, CONSONANTS)
    return "-".join("".join(secrets.choice(letters) for letters in pattern) for _ in range(5))


def check(password: str, own: Iterable[str] = (), field: str = "password") -> None:
    """Raises InvalidInput for a password of the wrong length, and for one that is soon guessed of whom `own` names."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise InvalidInput({field: f"A password has at least {SHORTEST} characters, and at most {LONGEST}."})
    if _is_few_pieces(_plain(password), {_plain(word) for word in own}):
        sentence = (
            "This is made of what is guessed first: common passwords, rows of keys, repetitions. Take a few words."
        )
        raise InvalidInput({field: sentence})


def hashed(password: str) -> str:
    with HASHING:
        return generate_password_hash(password, METHOD)


def matches(known: str | None, password: str) -> bool:
    """Whether `known` is the hash of `password`; where there is none, the answer takes the same time."""
    with HASHING:
        return check_password_hash(known or f"{METHOD}$nobody$none", password)


def _is_few_pieces(text: str, own: set[str]) -> bool:
    """Whether `text` is one or two pieces that are guessed first, in any order, each any number of times."""
    start: tuple[int, frozenset[str]] = (0, frozenset())
    waiting, seen = [start], {start}
    while waiting:
        at, pieces = waiting.pop()
        if at == len(text):
            return True
        for piece in _pieces(text, at, own):
            after = at + len(piece), pieces | {piece}
            if len(after[1]) <= FEW and after not in seen:
                seen.add(after)
                waiting.append(after)
    return False


def _pieces(text: str, at: int, own: set[str]) -> Iterator[str]:
    """What begins at `at` and is guessed first."""
    for end in range(at + 1, min(len(text), at + LONGEST_PIECE) + 1):
        piece = text[at:end]
        if len(piece) <= SHORT or piece in own or piece in _common() or any(piece in row for row in _rows()):
            yield piece


def _plain(text: str) -> str:
    """Without what people change to make a password another one: capitals, signs for letters, gaps."""
    return unicodedata.normalize("NFKC", text).casefold().translate(LEET)


@cache
def _common() -> frozenset[str]:
    return frozenset(_plain(line) for line in COMMON.read_text().splitlines())


@cache
def _rows() -> tuple[str, ...]:
    return tuple(_plain(way) for row in ROWS for way in (row, row[::-1]))
