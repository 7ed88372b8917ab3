from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from app.blog import archive, editing
from app.blog.exchange.intake import import_posts
from app.blog.transfer import export_posts, manuscript_of

FIRST = "---\ntitle: 'First: a post'\ndate: 2020-01-02\ntags: [one]\nmath: auto\n---\n\nBody *one*.  \n\ttab\n"
SECOND = "---\ntitle: Second\nstatus: draft\n---\r\nBody with\r\nother line ends, and no last one"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "posts"
    made.mkdir()
    (made / "first-post.md").write_bytes(FIRST.encode())
    (made / "second.md").write_bytes(SECOND.encode())
    return made


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_posts_come_in_once(app: Flask, folder: Path) -> None:
    with app.test_request_context():
        assert [(post.slug, post.outcome) for post in import_posts(folder)] == [
            ("first-post", "added"),
            ("second", "added"),
        ]
        assert {post.outcome for post in import_posts(folder)} == {"same"}
        assert [post.title for post in archive.latest()] == ["First: a post"]


def test_an_imported_post_was_last_changed_when_it_appeared(app: Flask, folder: Path) -> None:
    with app.test_request_context():
        import_posts(folder)
        post = archive.post("first-post")
        assert post.updated_at == post.published_at
        assert not post.revised


def test_what_an_author_changed_stays_unless_told_otherwise(app: Flask, folder: Path) -> None:
    with app.test_request_context():
        import_posts(folder)
        (folder / "first-post.md").write_bytes(FIRST.replace("one*", "two*").encode())
        assert [post.outcome for post in import_posts(folder)] == ["kept", "same"]
        assert "one*" in archive.post("first-post").source
        assert [post.outcome for post in import_posts(folder, replace=True)] == ["replaced", "same"]
        assert "two*" in archive.post("first-post").source


def test_out_in_and_out_again_is_the_same_to_the_byte(app: Flask, folder: Path, tmp_path: Path) -> None:
    once, twice = tmp_path / "once", tmp_path / "twice"
    with app.test_request_context():
        import_posts(folder)
        assert export_posts(once) == 2
        for post in editing.everything():
            editing.delete(post.id)
        import_posts(once)
        export_posts(twice)
    assert contents(once) == contents(twice)
    assert contents(once)["second.md"].endswith(b"---\n\nBody with\r\nother line ends, and no last one")
    assert contents(once)["first-post.md"].endswith(b"math: auto\n---\n\nBody *one*.  \n\ttab\n")


def test_pages_and_earlier_addresses_go_out_and_come_in(app: Flask, folder: Path, tmp_path: Path) -> None:
    once, twice = tmp_path / "once", tmp_path / "twice"
    head = "title: About\nslug: about\npage: true\naliases:\n- 2019/about.html\n- older\n"
    (folder / "about.md").write_text(f"---\n{head}date: 2020-01-02\n---\nBody\n")
    with app.test_request_context():
        import_posts(folder)
        page = archive.at("about")
        assert page
        assert page.kind == "page"
        editing.save(page.id, 1, replace(manuscript_of(page), slug="about-us"))
        export_posts(once)
        for post in editing.everything():
            editing.delete(post.id)
        import_posts(once)
        export_posts(twice)
    assert contents(once) == contents(twice)
    assert b"page: true\naliases:\n- 2019/about.html\n- about\n- older\n" in contents(once)["about-us.md"]


@pytest.mark.parametrize(
    ("text", "word"), [(b"---\ntitle: [\n---\n", "line"), (b"\xff\xfe", "UTF-8"), (b"body", "title")]
)
def test_a_file_that_cannot_be_taken_in_is_named(app: Flask, folder: Path, text: bytes, word: str) -> None:
    (folder / "bad.md").write_bytes(text)
    with app.test_request_context():
        came = import_posts(folder)
    assert [(post.path, post.outcome) for post in came] == [
        ("bad.md", "refused"),
        ("first-post.md", "added"),
        ("second.md", "added"),
    ]
    assert word in came[0].sentence
