"""What should be mended is said on a page, on the command line and beside the preview, in the same words."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner

from app.admin import checks as page_of_checks
from app.blog import checks
from tests.admin.conftest import JSON, Author

WRONG = "## A part\n\n[here](/nowhere)\n\n#### Deep\n\nWords[^1] and [a post](/posts/none)."
LINE = re.compile(r'<li><a href="/admin/posts/(\d+)#line-(\d+)">Line \2</a> <span>(.*?)</span></li>')


@pytest.fixture
def runner(app: Flask) -> FlaskCliRunner:
    return app.test_cli_runner()


def told(page: str) -> list[tuple[int, int, str]]:
    return [(int(number), int(line), unescape(sentence)) for number, line, sentence in LINE.findall(page)]


def test_every_remark_has_its_post_its_line_and_its_sentence(app: Flask, author: Author) -> None:
    author.write(title="Right", source="Text.")
    author.write(title="Wrong", source=WRONG)
    author.write(title="Unfinished <b>", source="[^2]", status="draft")
    page = author.client.get("/admin/checks").text
    with app.test_request_context():
        known = [(post.post.id, mark.line, mark.sentence) for post in checks.everything() for mark in post.remarks]
    assert told(page) == known
    assert {number for number, _, _ in known} == {2, 3}
    assert [line for number, line, _ in known if number == 2] == [3, 3, 5, 7, 7]
    assert "2 posts have something to mend, one has nothing." in page
    assert "Unfinished &lt;b&gt;</a> <span" in page
    assert "Right" not in page


def test_all_right_and_none_at_all_are_said(author: Author) -> None:
    assert "There is no post yet." in author.client.get("/admin/checks").text
    author.write()
    page = author.client.get("/admin/checks").text
    assert "There is nothing to mend in one post." in page
    assert told(page) == []


def test_many_posts_are_several_pages(author: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_of_checks, "PAGE", 2)
    for number in range(3):
        author.write(title=f"Post {number}", source=f"[^{number}]")
    pages = [author.client.get(f"/admin/checks?page={number}") for number in range(4)]
    assert [page.status_code for page in pages] == [404, 200, 200, 404]
    assert [[number for number, _, _ in told(page.text)] for page in pages] == [[], [3, 2], [1], []]
    assert ['rel="next"' in page.text for page in pages[1:3]] == [True, False]
    assert ['rel="prev"' in page.text for page in pages[1:3]] == [False, True]


def test_the_command_line_says_the_same_and_ends_with_one(author: Author, runner: FlaskCliRunner) -> None:
    author.write(title="Right", source="Text.")
    right = runner.invoke(args=["posts", "check"])
    assert (right.exit_code, right.output) == (0, "There is nothing to mend.\n")
    author.write(title="Wrong", source=WRONG, status="draft")
    wrong = runner.invoke(args=["posts", "check"])
    assert wrong.exit_code == 1
    first, *lines = wrong.output.splitlines()
    assert first == "wrong (a draft)"
    found = told(author.client.get("/admin/checks").text)
    assert [line.strip() for line in lines] == [f"line {line}: {sentence}" for _, line, sentence in found]


def test_the_preview_says_it_before_it_is_saved(app: Flask, author: Author) -> None:
    author.headers = JSON
    warnings = author.post("/admin/preview", source=WRONG).json["warnings"]
    author.headers = {}
    author.write(source=WRONG)
    saved = told(author.client.get("/admin/checks").text)
    assert [(warning["line"], warning["sentence"]) for warning in warnings] == [mark[1:] for mark in saved]
    page = author.post("/admin/preview", source=WRONG).text
    assert all(f"Line {line}: {sentence}" in unescape(page) for _, line, sentence in saved)
