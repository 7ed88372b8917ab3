"""What is kept of a picture: pixels in a few widths, upright, with nothing of the file they came in."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.algorithms.vision.images import InvalidPicture
from app.blog.pictures.models import WIDTHS, widths_of
from app.blog.pictures.widths import made
from tests.pictures import bomb, photograph, with_metadata


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@given(st.integers(1, 20_000))
def test_widths_grow_and_never_enlarge(width: int) -> None:
    widths = widths_of(width)
    assert widths == sorted(set(widths))
    assert widths[-1] == min(width, max(WIDTHS))
    assert set(widths[:-1]) <= set(WIDTHS)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_large_picture_has_three_files_of_one_shape(kind: str) -> None:
    kept = made(photograph(2000, 1000, kind))
    assert (kept.kind, kept.width, kept.height) == ("webp", 1600, 800)
    assert {width: opened(data).size for width, data in kept.files.items()} == {
        480: (480, 240), 960: (960, 480), 1600: (1600, 800)
    }  # fmt: skip
    assert {opened(data).format for data in kept.files.values()} == {"WEBP"}


def test_a_small_picture_has_one_file() -> None:
    kept = made(photograph(60, 40))
    assert (kept.width, kept.height, list(kept.files)) == (60, 40, [60])


def test_nothing_but_pixels_is_kept_and_they_stand_upright() -> None:
    data = with_metadata()
    assert b"SECRET" in data
    kept = made(data)
    assert (kept.width, kept.height) == (40, 60)
    for file in kept.files.values():
        assert b"SECRET" not in file
        assert not opened(file).getexif()
        assert set(opened(file).info) <= {"loop", "background", "timestamp", "duration"}


def test_a_webp_with_metadata_is_made_anew() -> None:
    exif = Image.Exif()
    exif[0x010F] = "SECRET CAMERA"
    (file,) = made(photograph(60, 40, "WEBP", exif=exif)).files.values()
    assert b"SECRET" not in file


def test_a_plain_webp_loses_nothing() -> None:
    data = photograph(600, 400, "WEBP", quality=60)
    assert made(data).files[600] == data
    assert made(data).files[480] != data
    hidden = made(data + b"SECRET").files[600]
    assert b"SECRET" not in hidden


def test_a_drawing_stays_exact_where_that_is_small() -> None:
    flat = Image.new("RGB", (480, 480), "white")
    flat.paste("red", (100, 100, 300, 300))
    out = io.BytesIO()
    flat.save(out, "PNG")
    (file,) = made(out.getvalue()).files.values()
    assert opened(file).convert("RGB").tobytes() == flat.tobytes()


def test_a_drawing_in_svg_is_kept_as_it_is() -> None:
    data = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200"><path d="M0 0h9"/></svg>'
    kept = made(data)
    assert (kept.kind, kept.width, kept.height, kept.files) == ("svg", 300, 200, {300: data})


@pytest.mark.parametrize("data", [b"", b"GIF89a", photograph()[:80], bomb(), b"<html></html>"])
def test_anything_else_is_a_sentence(data: bytes) -> None:
    with pytest.raises(InvalidPicture, match=r"\.$"):
        made(data)
