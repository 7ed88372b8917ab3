from __future__ import annotations

import io
import os
import signal

import pytest
from PIL import Image

from app.algorithms.vision import decoder
from app.algorithms.vision.decoder import decode_apart
from app.algorithms.vision.images import InvalidPicture
from tests.pictures import bomb, photograph, with_metadata


def taken(data: bytes, max_side: int = 1024) -> Image.Image:
    return Image.open(io.BytesIO(decode_apart(data, max_side=max_side)))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_three_kinds_are_taken_in(kind: str) -> None:
    assert taken(photograph(kind=kind)).size == (60, 40)


def test_it_stands_upright_and_tells_nothing_of_where_it_was_taken() -> None:
    data = with_metadata()
    assert b"SECRET CAMERA" in data
    png = decode_apart(data, max_side=1024)
    image = Image.open(io.BytesIO(png))
    assert image.size == (40, 60)
    assert b"SECRET" not in png
    assert not image.getexif()
    assert set(image.info) <= {"gamma", "srgb"}


def test_the_same_pixels_make_the_same_bytes() -> None:
    plain = photograph(kind="PNG")
    commented = io.BytesIO()
    Image.open(io.BytesIO(plain)).save(commented, "PNG", compress_level=9)
    assert plain != commented.getvalue()
    assert decode_apart(plain, max_side=64) == decode_apart(commented.getvalue(), max_side=64)


def test_it_is_made_no_larger_than_asked() -> None:
    assert taken(photograph(300, 200), 100).size == (100, 67)


@pytest.mark.parametrize(
    "data",
    [b"", b"hello", b"GIF89a" + b"\0" * 40, b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7",
     photograph(kind="PNG")[:60], photograph()[:100]],
    ids=["empty", "text", "gif", "svg", "pdf", "cut png", "cut jpeg"],
)  # fmt: skip
def test_anything_else_is_a_sentence(data: bytes) -> None:
    with pytest.raises(InvalidPicture, match=r"\.$"):
        decode_apart(data, max_side=1024)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(InvalidPicture, match="pixels"):
        decode_apart(bomb(), max_side=1024)


def test_the_decoder_may_die_and_the_next_picture_is_read() -> None:
    taken(photograph())
    child = decoder._decoder.child
    assert child and child.pid
    os.kill(child.pid, signal.SIGKILL)
    child.join()
    assert taken(photograph()).size == (60, 40)


def test_a_picture_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoder._decoder, "seconds", 0)
    with pytest.raises(InvalidPicture, match="too much work"):
        decode_apart(photograph(2000, 2000), max_side=1024)
    monkeypatch.undo()
    assert taken(photograph()).size == (60, 40)
