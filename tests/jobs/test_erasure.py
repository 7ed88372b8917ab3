"""What is erased on request is in no file any more: not in the store, not in the database, not in its log."""

from __future__ import annotations

from collections.abc import Generator
from datetime import timedelta

import pytest
from PIL import Image

from app.db import db, now
from app.demos.base import Update
from app.errors import InvalidInput, NotFound
from app.jobs import erasure, reports
from app.jobs.engine import Changes, Read
from app.jobs.models import Job
from app.jobs.sweep import sweep
from tests.jobs.conftest import Inputs, Lab

UPLOAD = b"the bytes of a photograph of somebody " * 50
WORDS = b"what somebody typed into a field"


def drawing(inputs: Inputs, read: Read, state: bytes | None) -> Generator[Update, Changes, None]:
    """Its result and its state are made of its inputs."""
    shade = len(str(inputs)) % 200
    photo = read(inputs["photo"]["picture"]) if "photo" in inputs else state or b""
    for step in (1, 2):
        picture = Image.new("RGB", (4, 4), (shade, 100 * step, 0))
        yield Update(step / 2, {"said": inputs.get("text", "")}, {"result": picture}, {}, lambda: b"state of " + photo)


@pytest.fixture(autouse=True)
def runs_draw(lab: Lab) -> None:
    lab.run = drawing


def ran(lab: Lab, client: str, origin: str | None = None, **inputs: object) -> str:
    job = lab.submit(client, origin=origin, **inputs)
    lab.execute(job)
    return job.id


def left(lab: Lab) -> set[str]:
    db.session.rollback()
    return set(db.session.scalars(db.select(Job.id)))


def is_anywhere(lab: Lab, words: bytes) -> bool:
    db.session.rollback()
    return any(words in file.read_bytes() for file in lab.app.config["SETTINGS"].DATA.rglob("*") if file.is_file())


def test_nothing_is_left_of_a_run(lab: Lab) -> None:
    job = ran(lab, "ann", photo=UPLOAD, text=WORDS.decode())
    client = db.session.get_one(Job, job).client
    assert is_anywhere(lab, UPLOAD) and is_anywhere(lab, WORDS)
    erased = erasure.erase_run(f"https://press.example/jobs/{job}?show=1#result")
    assert (erased.runs, erased.others, erased.clean) == (1, 0, True)
    assert (erased.files, erased.size > len(UPLOAD)) == (5, True)  # upload, two previews, result, state
    for words in (UPLOAD, WORDS, job.encode(), client.encode()):
        assert not is_anywhere(lab, words), words
    assert "1 run, 5 files" in erased.words


def test_whoever_was_given_the_same_result_loses_it_too(lab: Lab) -> None:
    job = ran(lab, "ann", photo=UPLOAD)
    copy, other = ran(lab, "bob", photo=UPLOAD), ran(lab, "eve", photo=UPLOAD, text="another run")
    kept = ran(lab, "bob", photo=b"of his own")
    assert db.session.get_one(Job, copy).cached
    erased = erasure.erase_run(job)
    assert (erased.runs, erased.others) == (1, 2)
    assert left(lab) == {kept}, other
    assert not is_anywhere(lab, UPLOAD)


def test_runs_that_went_on_from_it_go_as_well(lab: Lab) -> None:
    job = ran(lab, "ann", photo=UPLOAD)
    fork = ran(lab, "bob", origin=job, text="further")
    further = ran(lab, "eve", origin=fork, text="and further")
    kept = ran(lab, "eve", text="alone")
    erasure.erase_run(job)
    assert left(lab) == {kept}, further
    assert not is_anywhere(lab, UPLOAD)


def test_what_was_made_of_the_sites_own_pictures_stays_with_others(lab: Lab) -> None:
    job, copy = ran(lab, "ann", text="a cat"), ran(lab, "bob", text="a cat")
    erased = erasure.erase_run(job)
    assert (erased.runs, erased.others) == (1, 0)
    assert left(lab) == {copy}


def test_everything_of_a_reader(lab: Lab) -> None:
    runs = [ran(lab, "ann", photo=UPLOAD), ran(lab, "ann", text=WORDS.decode()), lab.submit("ann", text="waits").id]
    others = ran(lab, "bob", text="his")
    told = "a note that ann wrote on the run of bob"
    reports.file(db.session.get_one(Job, others), {"reason": "wrong", "note": told}, "ann")
    assert erasure.erase_reader(runs[1]).runs == 3
    assert left(lab) == {others}
    for words in (UPLOAD, WORDS, told.encode()):
        assert not is_anywhere(lab, words), words
    reported = db.session.get_one(Job, others)
    assert (reported.reporter, reported.report_reason) == (None, "wrong")


def test_an_upload_that_was_swept_still_tells_who_depends_on_it(lab: Lab) -> None:
    job, other = ran(lab, "ann", photo=UPLOAD), ran(lab, "eve", photo=UPLOAD, text="another")
    sweep(now() + timedelta(hours=25))
    assert erasure.erase_run(job).others == 1
    assert other not in left(lab)


@pytest.mark.parametrize("address", ["", "short", "https://press.example/posts/a", "../../etc/passwd", "x" * 80])
def test_what_is_no_run_is_said_to_be_none(lab: Lab, address: str) -> None:
    with pytest.raises(InvalidInput, match="no run"):
        erasure.erase_run(address)


def test_a_run_that_is_gone(lab: Lab) -> None:
    with pytest.raises(NotFound, match="no such run"):
        erasure.erase_run("x" * 22)


def test_what_a_run_wrote_while_it_was_erased_is_swept(lab: Lab) -> None:
    store = lab.app.extensions["jobs"].store
    job, stray = ran(lab, "ann", photo=UPLOAD), store.put(b"a stray " * 20, "webp")
    half = store.folder / stray[:2] / ".new-half"
    half.write_bytes(b"half a picture")
    sweep()
    assert store.read(stray)  # it may be of a run that is about to say so
    sweep(now() + timedelta(minutes=11))
    assert not is_anywhere(lab, b"a stray ")
    assert not half.exists()
    assert is_anywhere(lab, UPLOAD)
    assert job in left(lab)
