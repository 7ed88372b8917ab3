"""H-01, 02, 04, 09, 10, 11: what is sent as a picture is taken in as pixels and nothing else, or refused in words."""

from __future__ import annotations

import io
from collections.abc import Iterator

import numpy as np
import pytest
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from app.algorithms.vision.decoder import decode_apart
from app.algorithms.vision.images import HEIC, NOT_A_PICTURE, InvalidPicture
from tests.chaos import drawings, uploads

API = "/api/v1/demos/gram-matrix/jobs"
FIELD = "picture"


def send(client: FlaskClient, data: bytes, name: str = "a.png") -> TestResponse:
    fields = {FIELD: (io.BytesIO(data), name)}
    return client.post(API, data=fields, content_type="multipart/form-data")


def fault(answer: TestResponse) -> str | None:
    """What is wrong with the answer to an upload, if anything: it is a run, or a sentence at the field."""
    told = answer.json or {}
    if answer.status_code in (200, 202):
        return None if told.get("id") else "taken in, and no run"
    sentence = told.get("problems", {}).get(FIELD, "")
    return None if answer.status_code == 422 and sentence.endswith(".") else f"{answer.status_code} {answer.text[:80]}"


def bad(client: FlaskClient, numbers: range, seed: int) -> Iterator[str]:
    for number in numbers:
        name, data = uploads.upload(seed, number)
        if wrong := fault(send(client, data)):
            yield f"upload {seed}/{number} ({name}): {wrong}"


def test_damaged_files_are_runs_or_sentences(client: FlaskClient) -> None:
    assert list(bad(client, range(150), seed=1)) == []


@pytest.mark.full
def test_two_thousand_files_are_runs_or_sentences(client: FlaskClient) -> None:
    assert list(bad(client, range(2_000), seed=2)) == []


def test_the_same_number_is_the_same_file_and_the_shares_are_as_told() -> None:
    drawn = [uploads.upload(3, number) for number in range(1_000)]
    assert drawn[:50] == [uploads.upload(3, number) for number in range(50)]
    whole = sum(name.startswith("whole") for name, _ in drawn)
    assert 240 < whole < 360
    assert 60 < sum(name == "noise" for name, _ in drawn) < 140
    assert len({data for _, data in drawn}) > 700


def taken(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(decode_apart(data, max_side=1024))))


def test_every_kind_of_png_shows_its_pixels() -> None:
    far = {name: np.abs(taken(data).astype(int) - pixels).max() for name, (data, pixels) in drawings.right().items()}
    assert len(far) == 180
    assert {name: off for name, off in far.items() if off > 1} == {}


@pytest.mark.parametrize("name", drawings.wrong())
def test_every_wrong_png_is_refused(name: str) -> None:
    with pytest.raises(InvalidPicture, match=r"\.$"):
        decode_apart(drawings.wrong()[name], max_side=1024)


@pytest.mark.parametrize("name", uploads.photographs())
def test_every_ordinary_photograph_is_taken_in(client: FlaskClient, name: str) -> None:
    assert send(client, uploads.photographs()[name]).status_code == 202


@pytest.mark.full
def test_the_largest_photographs_are_taken_in(client: FlaskClient) -> None:
    telephone = uploads.saved(Image.effect_noise((4032, 3024), 20), "JPEG", quality=60)
    large = uploads.saved(Image.new("RGB", (8192, 6144), "teal"), "JPEG")
    for data in (telephone, large):
        assert send(client, data).status_code == 202


@pytest.mark.parametrize("name", uploads.other_kinds())
def test_other_kinds_are_refused_whatever_they_are_called(client: FlaskClient, name: str) -> None:
    answer = send(client, uploads.other_kinds()[name], "photo.png")
    assert answer.status_code == 422
    assert answer.json
    assert answer.json["problems"][FIELD].endswith(HEIC if name == "HEIC" else NOT_A_PICTURE)


def stored_and_served(client: FlaskClient, answer: TestResponse) -> Iterator[bytes]:
    assert answer.status_code == 202, answer.text
    assert answer.json
    store = client.application.extensions["jobs"].store.folder
    yield from (file.read_bytes() for file in store.rglob("*") if file.is_file())
    yield client.get(answer.json["inputs"][FIELD]["picture"]).data


@pytest.mark.parametrize("name", uploads.polyglots())
def test_of_a_polyglot_only_the_picture_is_kept(client: FlaskClient, name: str) -> None:
    data = uploads.polyglots()[name]
    assert uploads.MARKER in data
    for kept in stored_and_served(client, send(client, data)):
        assert kept.startswith(drawings.MAGIC)
        assert uploads.MARKER not in kept


@pytest.mark.parametrize("name", uploads.with_everything())
def test_nothing_is_kept_of_what_a_file_tells(client: FlaskClient, name: str) -> None:
    data = uploads.with_everything()[name]
    assert uploads.MARKER in data
    for kept in stored_and_served(client, send(client, data)):
        assert uploads.MARKER not in kept
        with Image.open(io.BytesIO(kept)) as image:
            assert not image.getexif()
            assert not image.info
        assert [kind for kind, _ in uploads._chunks(kept) if kind not in (b"IHDR", b"IDAT", b"IEND")] == []
