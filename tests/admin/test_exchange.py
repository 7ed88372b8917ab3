"""Posts in and out on a page: looked through first, taken in as far as they are ticked, and out as they came."""

from __future__ import annotations

import io
import os
import re
import time
import zipfile
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.admin import door
from app.blog import editing, revisions
from app.blog.exchange import waiting
from app.config import Settings
from tests.admin.conftest import Author
from tests.pictures import photograph

A = "---\ntitle: A\nslug: a\n---\n![A lake](lake.jpg)\n"
B = "---\ntitle: B\nslug: b\ndraft: true\n---\nWords.\n"
BROKEN = "---\ndate: never\ntitle: C\n---\n"


def hand_in(author: Author, **files: str | bytes) -> TestResponse:
    """Sends files by their names, __ for a dot."""
    sent = [
        (io.BytesIO(data.encode() if isinstance(data, str) else data), name.replace("__", "."))
        for name, data in files.items()
    ]
    return author.post("/admin/exchange", files=sent)


def looked(author: Author, **files: str | bytes) -> tuple[str, str]:
    """Where a parcel waits, and its page."""
    answer = hand_in(author, **files)
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"], author.client.get(answer.headers["Location"]).text


def rows(page: str) -> list[str]:
    body = page.partition("<tbody")[2].partition(">")[2].partition("</tbody>")[0]
    return [unescape(" ".join(re.sub(r"<[^>]+>", "", row).split())) for row in body.split("</tr>")[:-1]]


def number_of(slug: str) -> int:
    return next(post.id for post in editing.everything() if post.slug == slug)


def slugs(app: Flask) -> set[str]:
    with app.test_request_context():
        return {post.slug for post in editing.everything()}


def zipped(**files: Any) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in files.items():
            made.writestr(name.replace("__", "."), data)
    return out.getvalue()


def test_files_are_told_first_and_then_taken_in(app: Flask, author: Author) -> None:
    where, page = looked(author, a__md=A, b__md=B, c__md=BROKEN, lake__jpg=photograph(60, 40))
    told = rows(page)
    assert "New, public" in told[0]
    assert "New, a draft" in told[1]
    assert "The date is “never”" in told[2]
    assert page.count('type="checkbox"') == 2
    assert slugs(app) == set()
    came = author.post(where, file=["a.md", "b.md"])
    assert "2 added." in came.text
    assert slugs(app) == {"a", "b"}
    assert 'alt="A lake"' in author.client.get("/posts/a").text


def test_only_what_is_ticked_comes_in(app: Flask, author: Author) -> None:
    where, _ = looked(author, a__md="A", b__md=B)
    nothing = author.post(where)
    assert nothing.status_code == 422
    assert "Tick the files" in nothing.text
    author.post(where, file="b.md")
    assert slugs(app) == {"b"}


def test_what_was_changed_here_is_replaced_only_when_it_is_ticked(app: Flask, author: Author) -> None:
    where, _ = looked(author, b__md=B)
    author.post(where, file="b.md")
    with app.test_request_context():
        number, version = number_of("b"), 1
    author.post(f"/admin/posts/{number}", title="B", slug="b", source="Mine.", status="draft", version=version)
    where, page = looked(author, b__md=B.replace("Words", "Theirs"))
    assert 'name="insisted" value="b.md"' in page
    assert "changed here since" in rows(page)[0]
    assert "refused" in author.post(where, file="b.md").text
    where, _ = looked(author, b__md=B.replace("Words", "Theirs"))
    assert "1 replaced" in author.post(where, insisted="b.md").text.replace("One file: ", "")
    with app.test_request_context():
        assert editing.get(number).source == "Theirs.\n"
        assert "Mine." in [revisions.get(number, line.number).source for line in revisions.of_post(number)]


def test_the_same_again_has_nothing_to_tick(author: Author) -> None:
    where, _ = looked(author, b__md=B)
    author.post(where, file="b.md")
    _, page = looked(author, b__md=B)
    assert "same as it is here" in rows(page)[0]
    assert "checkbox" not in page


def test_everything_goes_out_and_comes_in_as_it_was(app: Flask, author: Author) -> None:
    where, _ = looked(author, a__md=A, b__md=B, lake__jpg=photograph(60, 40))
    author.post(where, file=["a.md", "b.md"])
    out = author.client.get("/admin/exchange/download")
    assert out.mimetype == "application/zip"
    assert re.fullmatch(r'attachment; filename="playpress-[\d-]+\.zip"', out.headers["Content-Disposition"])
    assert int(out.headers["Content-Length"]) == len(out.data)
    with zipfile.ZipFile(io.BytesIO(out.data)) as archive_:
        assert archive_.namelist()[:3] == ["posts/a.md", "posts/b.md", "posts/lake.jpg"]
    _, page = looked(author, everything__zip=out.data)
    assert ["same as it is here" in row for row in rows(page)] == [True, True]


def test_one_post_goes_out_alone(app: Flask, author: Author) -> None:
    where, _ = looked(author, a__md="A", b__md=B)
    author.post(where, file=["a.md", "b.md"])
    with app.test_request_context():
        number = number_of("b")
    out = author.client.get(f"/admin/exchange/download?post={number}")
    with zipfile.ZipFile(io.BytesIO(out.data)) as made:
        assert made.namelist() == ["posts/b.md"]
    assert 'filename="b-' in out.headers["Content-Disposition"]
    assert author.client.get("/admin/exchange/download?post=999").status_code == 404


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({}, "Choose a zip"),
        ({"a__zip": b"none"}, "no zip"),
        ({"lake__jpg": b"x"}, "no post in this"),
        ({"a__zip": zipped(**{"../a__md": "x"})}, "outside of it"),
    ],
)
def test_what_cannot_come_in_is_told_with_the_form(author: Author, files: dict[str, bytes], sentence: str) -> None:
    answer = hand_in(author, **files)
    assert answer.status_code in (400, 422)
    assert sentence in answer.text
    assert 'name="files"' in answer.text


def test_files_wait_for_an_hour(app: Flask, author: Author, settings: Settings) -> None:
    where, _ = looked(author, b__md=B)
    (file,) = (settings.DATA / "waiting").glob("*.zip")
    os.utime(file, (time.time() - waiting.LONGEST - 60,) * 2)
    for answer in (author.client.get(where), author.post(where, file="b.md"), author.client.get("/admin/exchange/x")):
        assert answer.status_code == 404
        assert "Choose them again" in answer.text
    looked(author, b__md=B)
    assert not file.exists()


def test_dropped_files_are_gone(author: Author, settings: Settings) -> None:
    where, _ = looked(author, b__md=B)
    assert author.post(f"{where}/drop").status_code == 303
    assert list((settings.DATA / "waiting").iterdir()) == []


def test_an_author_may_send_more_than_a_stranger(
    app: Flask, author: Author, visitor: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 2000)
    assert hand_in(author, b__md=B, large__jpg=b"x" * 5000).status_code == 303
    assert hand_in(visitor, b__md=B, large__jpg=b"x" * 5000).status_code == 413
    monkeypatch.setitem(door.LARGEST, "admin.hand_in", 1000)
    assert hand_in(author, b__md="x" * 1001).status_code == 413


def test_few_parcels_wait_at_a_time(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "MOST", 3)
    with app.app_context():
        words = [waiting.keep(zipped(a__md=str(number))) for number in range(5)]
        kept = {file.stem for file in (app.config["SETTINGS"].DATA / "waiting").iterdir()}
        assert len(kept) == 3
        assert words[-1] in kept
