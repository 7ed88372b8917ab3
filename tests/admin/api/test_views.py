"""A program reads and writes posts with a token: versions are kept to, and what an author wrote here is not lost."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from flask import Flask

from app.admin import throttle
from app.admin.api import views
from app.blog import archive, editing, revisions
from app.blog.pictures import shelf
from tests.admin.api.conftest import Program
from tests.admin.conftest import Author
from tests.pictures import photograph

TEXT = "---\ntitle: Pushed\nslug: pushed\ntags: [a]\nmood: good\n---\n\nOne.\n"


def notebook(*cells: tuple[str, str]) -> str:
    made = [
        {"cell_type": kind, "metadata": {}, "source": source, "id": f"c{number}"}
        | ({"outputs": [], "execution_count": None} if kind == "code" else {})
        for number, (kind, source) in enumerate(cells)
    ]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": made})


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "."), data)
    return out.getvalue()


def test_a_text_becomes_a_post_and_the_same_one_again_changes_nothing(app: Flask, program: Program) -> None:
    answer = program.push(TEXT)
    assert answer.status_code == 201
    assert answer.json and answer.json["posts"][0]["outcome"] == "added"
    assert program.client.get("/posts/pushed").status_code == 200
    again = program.push(TEXT)
    assert again.status_code == 200
    assert again.json and again.json["posts"][0]["outcome"] == "same"
    got = program.get("/posts/pushed")
    assert got.headers["ETag"] == '"1"'
    assert got.json and got.json["markdown"].endswith("mood: good\n---\n\nOne.\n")
    assert program.get("/posts/pushed", If_None_Match='"1"').status_code == 304
    plain = program.get("/posts/pushed", Accept="text/markdown")
    assert plain.mimetype == "text/markdown"
    assert plain.text == got.json["markdown"]
    assert [post["slug"] for post in (program.get("/posts").json or {})["posts"]] == ["pushed"]


def test_what_a_file_does_not_say_stays(app: Flask, program: Program) -> None:
    program.push(TEXT)
    program.push("---\ntitle: Pushed, again\nslug: pushed\n---\nTwo.\n")
    with app.test_request_context():
        post = archive.post("pushed")
        assert (post.title, post.tags, post.extra, post.source) == ("Pushed, again", ["a"], {"mood": "good"}, "Two.\n")


def test_an_edit_made_here_is_not_overwritten_unasked(app: Flask, program: Program, author: Author) -> None:
    program.push(TEXT)
    with app.test_request_context():
        number = archive.post("pushed").id
    author.post(
        f"/admin/posts/{number}",
        title="Pushed",
        slug="pushed",
        tags="a",
        source="Mine.",
        status="published",
        version="1",
    )
    refused = program.push(TEXT.replace("One", "Two"))
    assert refused.status_code == 409
    assert "history" in (refused.json or {})["error"]
    assert program.push(TEXT.replace("One", "Two"), query="?replace=1").status_code == 200
    with app.test_request_context():
        assert archive.post("pushed").source == "Two.\n"
        lines = revisions.of_post(number)
        assert (lines[0].kind, lines[0].author) == ("import", "ada")
        assert "Mine." in [revisions.get(number, line.number).source for line in lines]


def test_publishing_here_is_no_conflict_for_a_file_that_says_no_state(
    app: Flask, program: Program, author: Author
) -> None:
    text = notebook(("markdown", "# Note\n\nHello"))
    kind = "application/x-ipynb+json"
    first = program.push(text, kind, "?name=my-note.ipynb")
    assert first.status_code == 201, first.text
    with app.test_request_context():
        (post,) = editing.everything()
        assert (post.slug, post.title, post.status, post.source) == ("my-note", "Note", "draft", "Hello\n")
        number, version = post.id, post.version
    author.post(
        f"/admin/posts/{number}", title="Note", slug="renamed", source="Hello\n", status="published", version=version
    )
    answer = program.push(text.replace("Hello", "Hello again"), kind, "?name=my-note.ipynb")
    assert answer.status_code == 200, answer.text
    with app.test_request_context():
        (post,) = editing.everything()
        assert (post.id, post.slug, post.status, post.source) == (number, "renamed", "published", "Hello again\n")


def test_a_put_keeps_to_the_version_it_has_seen(app: Flask, program: Program) -> None:
    first = program.put("pushed", TEXT)
    assert first.status_code == 201
    assert program.put("pushed", TEXT.replace("One", "Two"), If_Match=first.headers["ETag"]).headers["ETag"] == '"2"'
    late = program.put("pushed", TEXT.replace("One", "Three"), If_Match='"1"')
    assert late.status_code == 412
    assert late.json and "Two." in late.json["theirs"] and "Three." in late.json["yours"]
    assert program.put("nowhere", TEXT, If_Match='"1"').status_code == 412
    assert program.put("elsewhere", TEXT).status_code == 422
    assert program.get("/posts/nowhere").status_code == 404


def test_a_zip_brings_its_pictures(app: Flask, program: Program) -> None:
    files = {
        "a__md": b"---\ntitle: A\n---\n![Lake](lake.jpg)\n",
        "b__md": b"---\ndate: x\n---\n",
        "lake__jpg": photograph(600, 400),
    }
    answer = program.push(zipped(**files), "application/zip")
    assert answer.status_code == 201
    assert [each["outcome"] for each in (answer.json or {})["posts"]] == ["added", "refused"]
    with app.test_request_context():
        found = shelf.find("lake.jpg")
    assert found and found.width == 600
    assert f'src="{found.usual}"' in program.client.get("/posts/a").text


def test_files_come_as_a_form_too(program: Program) -> None:
    data = {
        "file": [
            (io.BytesIO(b"---\ntitle: A\n---\n![Lake](lake.jpg)"), "a.md"),
            (io.BytesIO(photograph(60, 40)), "lake.jpg"),
        ]
    }
    told = {"Authorization": f"Bearer {program.token}"}
    answer = program.client.post("/api/v1/posts", data=data, headers=told, content_type="multipart/form-data")
    assert answer.status_code == 201, answer.text


def test_a_dry_run_writes_nothing(app: Flask, program: Program) -> None:
    answer = program.push("---\ntitle: A\nstatus: draft\n---\n![](x.png)", query="?dry_run=1")
    assert answer.json and answer.json["posts"][0]["outcome"] == "new"
    assert any("alt text" in remark["sentence"] for remark in answer.json["posts"][0]["remarks"])
    assert (program.get("/posts").json or {})["posts"] == []


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        (b"body", "text/markdown", 422),
        (b"\xff", "text/markdown", 400),
        (b"{}", "application/x-ipynb+json", 400),
        (b"{", "application/x-ipynb+json", 400),
        (b"no zip", "application/zip", 400),
        (b"x", "image/png", 415),
        (b"", "text/markdown", 422),
    ],
)
def test_what_cannot_be_taken_in_is_refused_in_a_sentence(
    program: Program, text: bytes, kind: str, status: int
) -> None:
    answer = program.push(text, kind)
    assert answer.status_code == status, answer.text
    assert answer.json and answer.json["error"].endswith(".")


def test_without_a_token_nothing_is_told_and_a_session_is_none(app: Flask, author: Author) -> None:
    for answer in (author.client.get("/api/v1/posts"), author.client.post("/api/v1/posts", data=b"x" * 10**6)):
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"
    wrong = {"Authorization": "Bearer pp_wrong"}
    statuses = [
        author.client.get("/api/v1/posts", headers=wrong).status_code for _ in range(throttle.FREE_FAILURES + 1)
    ]
    assert statuses[-2:] == [401, 429]


def test_too_much_is_told_as_that(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "LARGEST", 1000)
    assert program.push("x" * 1001).status_code == 413


def test_the_list_is_told_in_pages(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "ON_A_PAGE", 2)
    for name in ("c", "a", "b"):
        program.push(f"---\ntitle: {name}\nslug: {name}\n---\nx")
    first = program.get("/posts").json or {}
    assert [post["slug"] for post in first["posts"]] == ["a", "b"]
    rest = program.get(f"/posts?after={first['next']}").json or {}
    assert ([post["slug"] for post in rest["posts"]], rest["next"]) == (["c"], None)
