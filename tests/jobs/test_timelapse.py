from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

import pytest
from flask.testing import FlaskClient
from PIL import Image, ImageSequence

from app.db import db, now
from app.demos.base import Update
from app.jobs import stretch, timelapse
from app.jobs.models import Job
from app.jobs.sweep import sweep
from tests.jobs.conftest import Lab


def growing(steps: int, last: tuple[int, int]) -> Iterator[Update]:
    """Coarse to fine, and brighter with every step."""
    for step in range(1, steps + 1):
        size = last if step > steps // 2 else (last[0] // 2, last[1] // 2)
        shade = 255 * step // steps
        yield Update(step / steps, {"step": step, "of": steps}, {"result": Image.new("RGB", size, (shade,) * 3)})


def run(lab: Lab, monkeypatch: pytest.MonkeyPatch, steps: int = 8, size: tuple[int, int] = (40, 30)) -> Job:
    monkeypatch.setattr(stretch, "REPORT_SECONDS", 0)
    lab.run = lambda inputs, read, state: growing(steps, size)  # type: ignore[assignment,return-value]
    job = lab.submit(steps=steps)
    lab.execute(job)
    db.session.rollback()
    return db.session.get_one(Job, job.id, populate_existing=True)


def frames(data: bytes) -> list[tuple[int, tuple[int, int], float]]:
    """Brightness, size and seconds of every frame."""
    with Image.open(io.BytesIO(data)) as film:
        assert film.info["loop"] == 0
        return [
            (frame.convert("RGB").getpixel((0, 0))[0], frame.size, frame.info["duration"] / 1000)  # type: ignore[index]
            for frame in ImageSequence.Iterator(film)
        ]


@pytest.mark.parametrize("kind", timelapse.KINDS)
def test_it_shows_every_preview_and_holds_the_last(
    lab: Lab, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    job = run(lab, monkeypatch)
    url = client.get(f"/api/v1/jobs/{job.id}").json["urls"]["timelapse"]  # type: ignore[index]
    answer = client.get(url.replace("webp", kind))
    assert (answer.status_code, answer.mimetype) == (200, f"image/{kind}")
    shades, sizes, seconds = zip(*frames(answer.data), strict=True)
    assert len(shades) == 8
    assert list(shades) == sorted(shades)
    assert shades[-1] >= 250
    assert set(sizes) == {(40, 30)}
    assert seconds[-1] == 1.5
    assert max(seconds[:-1]) < 0.5


def test_a_long_run_is_told_in_sixty_frames_from_its_first_to_its_last(
    lab: Lab, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = run(lab, monkeypatch, steps=200, size=(700, 300))
    keys = timelapse.frames(job)
    assert len(keys) == timelapse.MOST_FRAMES
    shown = frames(client.get(f"/jobs/{job.id}/timelapse.webp").data)
    assert {size for _, size, _ in shown} == {(512, 219)}
    assert shown[0][0] < 10 < 245 < shown[-1][0]
    gaps = [later[0] - one[0] for one, later in pairwise(shown)]
    assert max(gaps) < 3 * 255 / len(shown)


def test_whoever_has_it_is_not_sent_it_again(lab: Lab, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    job = run(lab, monkeypatch)
    first = client.get(f"/jobs/{job.id}/timelapse.webp")
    assert "immutable" in first.headers["Cache-Control"]
    monkeypatch.setattr(timelapse, "film", None)  # it is not even made
    again = client.get(f"/jobs/{job.id}/timelapse.webp", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_only_one_is_made_at_a_time(lab: Lab, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    job = run(lab, monkeypatch)
    monkeypatch.setattr(timelapse, "PATIENCE", 0.01)
    with timelapse._one_at_a_time:
        answer = client.get(f"/jobs/{job.id}/timelapse.gif")
    assert (answer.status_code, bool(answer.headers["Retry-After"])) == (503, True)
    assert client.get(f"/jobs/{job.id}/timelapse.gif").status_code == 200


@pytest.mark.parametrize("kind", timelapse.KINDS)
def test_when_the_previews_are_erased_it_says_so(
    lab: Lab, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    job = run(lab, monkeypatch)
    sweep(now() + timedelta(hours=25))
    answer = client.get(f"/jobs/{job.id}/timelapse.{kind}")
    assert answer.status_code == 404
    assert "have been erased" in answer.text


def test_a_run_under_way_has_none_yet(lab: Lab, client: FlaskClient) -> None:
    answer = client.get(f"/jobs/{lab.submit().id}/timelapse.webp")
    assert answer.status_code == 404
    assert "once it has ended" in answer.text


def test_there_is_no_other_kind(lab: Lab, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.get(f"/jobs/{run(lab, monkeypatch).id}/timelapse.mp4").status_code == 404
