"""What a demo makes ahead of its readers by a command: lines of its own, options it declares, files that are served."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from app.demos.assets import made

MAKER = """

def make_all(*, part, again):
    from app.demos.assets import made

    folder = made("tent-map") / "drawn"
    folder.mkdir(parents=True, exist_ok=True)
    for name in [part] if part else ["one", "two"]:
        file = folder / f"{name}.json"
        if again or not file.exists():
            file.write_text(f'"{name}"')
            yield f"{name} is made"
"""


@pytest.fixture
def own(own: Path) -> Path:
    """The author's demo, which makes two files."""
    (own / "demo.py").write_text(
        (own / "demo.py").read_text().replace("outputs=SHOWN)", 'outputs=SHOWN, makes=("part",))')
    )
    (own / "run.py").write_text((own / "run.py").read_text() + MAKER)
    return own


def test_all_is_made_once_a_part_of_it_or_all_again(site: Flask) -> None:
    def said(*more: str) -> list[str]:
        result = site.test_cli_runner().invoke(args=["demo", "tent-map", "--all", *more])
        assert result.exit_code == 0, result.output
        return result.output.splitlines()

    assert said("--part", "two") == ["two is made"]
    assert said() == ["one is made"]
    assert said() == []
    assert said("--again") == ["one is made", "two is made"]


def test_what_was_made_lies_beside_the_data_and_is_served(site: Flask) -> None:
    client = site.test_client()
    assert client.get("/demos/tent-map/assets/drawn/one.json").status_code == 404
    site.test_cli_runner().invoke(args=["demo", "tent-map", "--all"])
    assert client.get("/demos/tent-map/assets/drawn/one.json").get_json() == "one"
    with site.app_context():
        assert made("tent-map") == site.config["SETTINGS"].DATA / "made" / "tent-map"


def test_without_all_it_runs_as_ever(site: Flask, tmp_path: Path) -> None:
    result = site.test_cli_runner().invoke(args=["demo", "tent-map", "--out", str(tmp_path / "out")])
    assert result.exit_code == 0, result.output
    assert (tmp_path / "out" / "result.png").exists()


def test_a_demo_that_makes_nothing_has_no_such_option(site: Flask) -> None:
    result = site.test_cli_runner().invoke(args=["demo", "gram-matrix", "--all"])
    assert result.exit_code == 2 and "No such option" in result.output
