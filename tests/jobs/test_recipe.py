from __future__ import annotations

import io
import json
from datetime import timedelta

import numpy as np
import pytest
from flask.testing import FlaskClient
from PIL import Image

from app.db import db, now
from app.errors import InvalidInput
from app.jobs import recipe
from app.jobs.models import Job
from app.jobs.sweep import sweep
from tests.jobs.conftest import Lab


def png(image: Image.Image | None = None) -> bytes:
    out = io.BytesIO()
    (image or Image.effect_noise((9, 7), 50)).save(out, "PNG")
    return out.getvalue()


def chunks(data: bytes) -> list[str]:
    """The types of a PNG's chunks, by Pillow's own reading of them."""
    found = []
    with Image.open(io.BytesIO(data)) as image:
        assert isinstance(image.fp, io.BytesIO)
        image.fp.seek(8)
        while header := image.fp.read(8):
            found.append(header[4:].decode())
            image.fp.seek(int.from_bytes(header[:4]) + 4, io.SEEK_CUR)
    return found


@pytest.fixture
def done(lab: Lab) -> Job:
    job = lab.submit(size="384", seed=7, word="Größe “8”", photo=b"mine", style=None)
    lab.execute(job)
    db.session.rollback()
    return db.session.get_one(Job, job.id, populate_existing=True)


def test_what_is_written_is_read(done: Job, client: FlaskClient) -> None:
    answer = client.get(client.get(f"/api/v1/jobs/{done.id}").json["urls"]["recipe"])  # type: ignore[index]
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    about = recipe.read(answer.data)
    assert (about["demo"], about["version"], about["job"]) == ("count", "v1", done.id)
    assert about["inputs"] | {"photo": ""} == {
        "size": "384", "seed": 7, "word": "Größe “8”", "photo": "", "style": None,
    }  # fmt: skip
    assert client.get(about["inputs"]["photo"]).status_code == 200


def test_the_picture_is_the_result_and_nothing_else_is_added(done: Job, client: FlaskClient) -> None:
    with_recipe = client.get(f"/jobs/{done.id}/recipe.png").data
    result = client.get(client.get(f"/api/v1/jobs/{done.id}").json["output"]["pictures"]["result"]).data  # type: ignore[index]
    with Image.open(io.BytesIO(with_recipe)) as one, Image.open(io.BytesIO(result)) as other:
        assert np.array_equal(np.asarray(one), np.asarray(other))
        one.load()
        assert one.info.keys() == {"playpress"}  # what a reader finds who has never heard of us
        assert json.loads(one.info["playpress"])["job"] == done.id
    assert sorted(chunks(with_recipe)) == sorted([*chunks(result), "tEXt"])
    assert set(chunks(result)) == {"IHDR", "IDAT", "IEND"}


def test_a_readers_own_picture_is_named_as_long_as_it_is_kept(done: Job, client: FlaskClient) -> None:
    sweep(now() + timedelta(hours=25))
    about = recipe.read(client.get(f"/jobs/{done.id}/recipe.png").data)
    assert (about["inputs"]["photo"], about["inputs"]["seed"]) == (None, 7)


@pytest.mark.parametrize(
    "data",
    [b"", b"text", png(), recipe.write(png(), {})[:50], png()[:8] + b"\xff" * 40,
     recipe.write(png(), {}).replace(b"{}", b"[]"), recipe.write(png(), {}).replace(b"{}", b"{{")],
)  # fmt: skip
def test_a_file_without_a_recipe_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(InvalidInput) as refused:
        recipe.read(data)
    assert refused.value.message.startswith("This file carries no recipe.")


def test_there_is_none_before_the_end(lab: Lab, client: FlaskClient) -> None:
    answer = client.get(f"/jobs/{lab.submit().id}/recipe.png")
    assert answer.status_code == 404
    assert "no picture to keep" in answer.text
