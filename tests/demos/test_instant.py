"""A demo that answers at once: page, API and posts ask the same run, and anyone may keep what it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app, demos
from app.config import Settings
from app.db import db
from app.demos import bench, instant
from app.demos.contract import verdicts
from app.errors import InvalidInput

FILES = {
    "demo.py": """
from dataclasses import dataclass

from app.demos.base import Demo, Number, Text, Value, asks


class Pair(Text):
    def flat(self, value):
        return ",".join(str(one) for one in value)


@dataclass(frozen=True)
class Inputs:
    pair: str = asks(Pair("Two numbers", examples=("2,3", "4,5")), "2,3")
    times: int = asks(Number("Times", 1, 9), 1)


DEMO = Demo("A sum", "Two numbers, added.", Inputs, outputs=(Value("sum", "The sum"),), instant=True)
""",
    "run.py": """
from app.demos.base import Update
from app.errors import InvalidInput


def run(inputs):
    first, second = (int(part) for part in inputs.pair.split(","))
    if first < 0:
        raise InvalidInput({"pair": "The first number is below zero; give one that is not."})
    yield Update(0.5)
    yield Update(1, {"sum": inputs.times * (first + second)})
""",
}


@pytest.fixture
def site(settings: Settings, tmp_path: Path) -> Iterator[Flask]:
    folder = tmp_path / "mine" / "a_sum"
    folder.mkdir(parents=True)
    for name, text in FILES.items():
        (folder / name).write_text(text)
    app = create_app(replace(settings, DEMOS=str(folder.parent)))
    app.testing = True
    with app.app_context():
        db.create_all()
    yield app
    app.extensions["jobs"].stop()
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def client(site: Flask) -> FlaskClient:
    return site.test_client()


def test_it_keeps_the_contract(site: Flask) -> None:
    with site.app_context():
        assert not [one for one in verdicts(demos.get("a-sum")) if one.problem]


def test_an_address_is_answered_and_may_be_kept(client: FlaskClient) -> None:
    answer = client.get("/api/v1/demos/a-sum?pair=20,3&times=2")
    assert answer.get_json() == {"sum": 46}
    assert answer.headers["Cache-Control"] == f"public, max-age={instant.KEEP}"
    again = client.get("/api/v1/demos/a-sum?pair=20,3&times=2", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_a_body_may_hold_lists(client: FlaskClient) -> None:
    answer = client.post("/api/v1/demos/a-sum", json={"pair": [20, 3]})
    assert answer.get_json() == {"sum": 23}
    refused = client.post("/api/v1/demos/a-sum", json={"times": [20, 3], "no such": {}})
    assert refused.status_code == 422
    assert refused.get_json()["problems"] == {
        "times": "Times must be a text, a number, true or false.",
        "no such": "“no such” must be a text, a number, true or false.",
    }


def test_the_page_has_the_answer_without_a_script(client: FlaskClient) -> None:
    page = client.get("/demos/a-sum?pair=20,3")
    assert ">23<" in page.text and 'method="get"' in page.text
    assert page.headers["Cache-Control"].startswith("public")
    assert 'href="/demos/a-sum?pair=20%2C3"' in page.text
    assert ">23<" in client.get("/demos/a-sum/outputs?pair=20,3").text


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [("pair=-1,3", "below zero"), ("times=99", "Times must be from 1 to 9.")],
)
def test_what_is_refused_comes_back_with_a_sentence(client: FlaskClient, asked: str, sentence: str) -> None:
    page = client.get(f"/demos/a-sum?{asked}")
    assert page.status_code == 422 and sentence in page.text
    answer = client.get(f"/api/v1/demos/a-sum?{asked}")
    assert answer.status_code == 422 and "public" not in answer.headers.get("Cache-Control", "")


def test_what_others_add_to_an_address_does_no_harm(client: FlaskClient) -> None:
    page = client.get("/demos/a-sum?pair=20,3&from_a_letter=1")
    assert page.status_code == 200 and ">23<" in page.text and "no input “from_a_letter”" in page.text


def test_a_post_holds_the_answer_to_its_presets(site: Flask) -> None:
    with site.test_request_context():
        assert ">23<" in bench.in_post(demos.get("a-sum"), {"pair": "20,3"})
        with pytest.raises(InvalidInput, match="below zero"):
            bench.in_post(demos.get("a-sum"), {"pair": "-1,3"})


def test_a_line_is_only_for_what_takes_a_while(client: FlaskClient) -> None:
    assert "answers at once" in client.post("/api/v1/demos/a-sum/jobs", json={}).get_json()["error"]
    assert "answers at once" in client.post("/demos/a-sum/jobs", data={}).text
    assert "it has a line" in client.get("/api/v1/demos/gram-matrix").get_json()["error"]
    assert client.get("/demos/gram-matrix/outputs").status_code == 404


def test_what_takes_too_long_is_refused(site: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instant, "SECONDS", -1)
    with site.app_context(), pytest.raises(InvalidInput, match="takes longer"):
        instant.answer_of_values(demos.get("a-sum"), {})
