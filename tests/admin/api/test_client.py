"""flask posts push: the site that is asked gets the token and the files, and nobody else; here, it needs neither."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from werkzeug.wrappers import Response

from app.admin.api import client
from app.blog import archive, editing
from app.blog.pictures import shelf
from app.blog.transfer import manuscript_of
from app.errors import AppError
from tests.admin.api.conftest import Program
from tests.pictures import photograph
from tests.served import served

TEXT = "---\ntitle: Pushed\nslug: pushed\n---\n\n![A lake](lake.jpg)\n"


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    """The site on a free port of this machine."""
    with served(app) as address:
        yield address


@pytest.fixture
def runner(app: Flask) -> FlaskCliRunner:
    return app.test_cli_runner()


@pytest.fixture
def text(tmp_path: Path) -> Path:
    (tmp_path / "lake.jpg").write_bytes(photograph(60, 40))
    file = tmp_path / "pushed.md"
    file.write_text(TEXT)
    return file


def test_a_text_is_pushed_with_its_pictures_and_again_after_a_change(
    app: Flask, site: str, program: Program, runner: FlaskCliRunner, text: Path
) -> None:
    command = ["posts", "push", str(text), "--to", site]
    first = runner.invoke(args=[*command, "--token", program.token])
    assert first.output == "added     pushed\n"
    assert runner.invoke(args=command, env={client.TOKEN: program.token}).output == "same      pushed\n"
    text.write_text(TEXT + "\nMore.\n")
    assert runner.invoke(args=command, env={client.TOKEN: program.token}).output == "replaced  pushed\n"
    with app.test_request_context():
        assert archive.post("pushed").source.endswith("More.\n")
        assert shelf.find("lake.jpg")


def test_what_was_changed_there_is_refused_until_it_is_asked_for(
    app: Flask, site: str, program: Program, runner: FlaskCliRunner, text: Path
) -> None:
    command = ["posts", "push", str(text), "--to", site, "--token", program.token]
    runner.invoke(args=command)
    with app.test_request_context():
        post = archive.post("pushed")
        editing.save(post.id, post.version, replace(manuscript_of(post), source="Mine."))
    text.write_text(TEXT + "\nMore.\n")
    refused = runner.invoke(args=command)
    assert refused.exit_code == 1
    assert refused.output.startswith("Error: pushed.md: This post was changed here since")
    assert runner.invoke(args=[*command, "--replace"]).output == "replaced  pushed\n"


def test_here_it_needs_no_token(app: Flask, runner: FlaskCliRunner, text: Path) -> None:
    assert runner.invoke(args=["posts", "push", str(text)]).output == "added     pushed\n"
    assert runner.invoke(args=["posts", "push", str(text)]).output == "same      pushed\n"


def test_a_wrong_token_is_told_in_the_words_of_the_site(site: str, program: Program, text: Path) -> None:
    with pytest.raises(AppError, match=r"pushed\.md: This token is not known here"):
        client.push(text, site, "pp_wrong", replace=False)


def test_a_token_is_sent_to_no_other_site(text: Path) -> None:
    met: list[str] = []

    def elsewhere(environ: dict[str, str], start: object) -> object:
        met.append(environ["PATH_INFO"])
        return Response("", 302, {"Location": "/elsewhere"})(environ, start)  # type: ignore[arg-type]

    with served(elsewhere) as address, pytest.raises(AppError, match="The site sends this on to"):  # type: ignore[arg-type]
        client.push(text, address, "pp_x", replace=False)
    assert met == ["/api/v1/posts"]


@pytest.mark.parametrize(
    ("site", "sentence"),
    [
        ("http://example.org", "can be read on the way"),
        ("example.org", "Write the site as"),
        ("file:///etc/passwd", "Write the site as"),
        ("http://127.0.0.1:9", "does not answer"),
    ],
)
def test_a_site_that_cannot_be_pushed_to_is_told(text: Path, site: str, sentence: str) -> None:
    with pytest.raises(AppError, match=sentence):
        client.push(text, site, "pp_x", replace=False)


def test_without_a_token_one_is_asked_for(text: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(client.TOKEN, raising=False)
    with pytest.raises(AppError, match="Give a token"):
        client.push(text, "https://example.org", None, replace=False)


def test_everything_goes_out_as_a_zip_and_comes_in(app: Flask, runner: FlaskCliRunner, text: Path) -> None:
    runner.invoke(args=["posts", "push", str(text)])
    file = text.parent / "all.zip"
    assert runner.invoke(args=["posts", "export", str(file)]).output == f"1 posts written to {file}.\n"
    assert runner.invoke(args=["posts", "import", str(file)]).output == "same      pushed\n"
    with app.test_request_context():
        editing.delete(archive.post("pushed").id)
    dry = runner.invoke(args=["posts", "import", "--dry-run", str(file)])
    assert dry.output == "new       pushed\n"
    assert runner.invoke(args=["posts", "import", str(file)]).output == "added     pushed\n"
