"""What a reader is promised of a photograph: nothing of it but its pixels is kept, for a day at most, or until now."""

from __future__ import annotations

from collections.abc import Generator
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.db import db, now
from app.demos.base import Mask, Photo, Picture, Update
from app.jobs.engine import Changes, Read
from app.jobs.models import Job
from app.jobs.pictures import JobPicture
from app.jobs.sweep import erase, sweep
from tests.jobs.conftest import Inputs, Lab
from tests.pictures import with_metadata

KINDS = (Picture("Photograph"), Mask("Region", over="photo"))


def handing_on(inputs: Inputs, read: Read, state: bytes | None) -> Generator[Update, Changes, None]:
    """A run that gives back what it was given, in every way that a run can give anything."""
    image = Photo(read(inputs["photo"]["picture"])).image
    for step in (1, 2):
        yield Update(step / 2, {"step": step}, {"result": image}, {"array": image.tobytes()}, lambda: b"of the photo")


@pytest.fixture
def job(lab: Lab) -> Job:
    lab.run = handing_on
    photo, mask = (kind.take_in(with_metadata()).data for kind in KINDS)
    job = lab.submit(photo=photo, mask=mask)
    lab.execute(job)
    db.session.rollback()
    return db.session.get_one(Job, job.id, populate_existing=True)


def stored(lab: Lab) -> list[Path]:
    return [file for file in lab.app.extensions["jobs"].store.folder.rglob("*") if file.is_file()]


def roles() -> set[str]:
    return set(db.session.scalars(db.select(JobPicture.role)))


def test_nothing_that_is_kept_says_where_it_was_taken(job: Job, lab: Lab) -> None:
    assert {file.suffix for file in stored(lab)} == {".png", ".webp", ".bin"}
    for file in stored(lab):
        data = file.read_bytes()
        assert not [word for word in (b"SECRET", b"Exif", b"eXIf", b"EXIF", b"tEXt", b"XMP") if word in data], file


@pytest.mark.parametrize("path", ["recipe.png", "timelapse.webp", "timelapse.gif"])
def test_nothing_that_is_made_of_it_does_either(job: Job, client: FlaskClient, path: str) -> None:
    data = client.get(f"/jobs/{job.id}/{path}").data
    assert data
    assert not [word for word in (b"SECRET", b"Exif", b"eXIf", b"EXIF", b"XMP") if word in data]


def test_after_a_day_only_the_result_is_left(job: Job, lab: Lab) -> None:
    assert roles() == {"input", "preview", "result", "state"}
    before = len(stored(lab))
    sweep(now() + timedelta(hours=25))
    assert roles() == {"result"}
    assert len(stored(lab)) == 2 < before  # the picture and the array of the last step
    sweep(now() + timedelta(days=31))
    assert stored(lab) == []


def test_erased_now_is_erased_whole(job: Job, lab: Lab) -> None:
    erase(job)
    assert roles() == set()
    assert stored(lab) == []


def test_a_state_is_shown_to_nobody(job: Job, client: FlaskClient) -> None:
    key = db.session.scalar(db.select(JobPicture.key).where(JobPicture.role == "state"))
    assert key
    assert client.get(f"/pictures/{key}").status_code == 404
