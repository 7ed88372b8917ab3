"""The shelf of styles, and what a run makes of each kind of style."""

from __future__ import annotations

import io
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from app import demos
from app.algorithms.vision import styles
from app.algorithms.vision.paintings import PAINTINGS
from app.demos.base import Update
from app.demos.kinds import Picture, Upload
from app.demos.style_transfer import run as style_run

CREDITS = (Path(__file__).parents[3] / "CREDITS.md").read_text(encoding="utf-8")
CHEAP = {"content": "cat", "size": "256", "steps": "20"}


@pytest.fixture
def shelf() -> Picture:
    kind = next(field.kind for field in demos.get("style-transfer").fields if field.name == "style")
    assert isinstance(kind, Picture)
    return kind


@pytest.mark.parametrize("name", PAINTINGS)
def test_every_painting_is_on_the_shelf_and_in_the_credits(shelf: Picture, name: str) -> None:
    with Image.open(shelf.names[name]) as swatch:
        assert swatch.size[0] == swatch.size[1] >= 176
    painting = PAINTINGS[name]
    assert shelf.shelves[0].caption(name) == f"{painting.title}, {painting.painter}, {painting.year}"
    row = next(line for line in CREDITS.splitlines() if line.startswith(f"| `{name}` |"))
    assert row.split(" | ")[1:4] == [painting.title, painting.painter, str(painting.year)]


def test_no_name_is_on_two_shelves(shelf: Picture) -> None:
    assert len(shelf.names) == sum(len(each.names) for each in shelf.shelves)
    assert len(shelf.shelves[0].names) == len(PAINTINGS)


class Asked(Exception):
    """Ends a run where the algorithm would begin."""


def style_of(monkeypatch: pytest.MonkeyPatch, given: dict[str, str], files: dict[str, Upload] | None = None) -> object:
    """What the algorithm is handed as the style."""

    def stylise(content: Image.Image, style: list[tuple[object, float]], *others: object, **options: object) -> None:
        raise Asked(style[0][0])

    monkeypatch.setattr(style_run, "stylise", stylise)
    with pytest.raises(Asked) as asked:
        list(style_run.run(demos.get("style-transfer").parse(CHEAP | given, files)))
    return asked.value.args[0]


def test_a_painting_is_its_statistics(monkeypatch: pytest.MonkeyPatch) -> None:
    assert style_of(monkeypatch, {"style": "starry-night"}) is styles.load("starry-night")


def test_a_drawn_style_and_a_readers_own_are_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    file = io.BytesIO()
    Image.new("RGB", (8, 6), "red").save(file, "PNG")

    class Own(io.BytesIO):
        filename = "starry-night.png"

    drawn = style_of(monkeypatch, {"style": "woodcut"})
    own = style_of(monkeypatch, {}, {"style": Own(file.getvalue())})
    assert isinstance(drawn, Image.Image) and drawn.size == (512, 512)
    assert isinstance(own, Image.Image) and own.size == (8, 6)


def updates(**given: str) -> list[Update]:
    return list(style_run.run(demos.get("style-transfer").parse(CHEAP | given)))


def test_a_painting_can_be_run() -> None:
    made = updates(style="great-wave")
    losses = [update.data["losses"]["style"] for update in made]
    assert losses[-1] < losses[0]
    assert max(made[-1].pictures["result"].size) == 256


def test_a_painting_is_its_swatch_to_a_network_that_did_not_count_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for other in ({"network": "random"}, {"pooling": "max"}):
        assert isinstance(style_of(monkeypatch, {"style": "starry-night", **other}), Image.Image)


def test_a_swatch_can_be_run() -> None:
    assert updates(style="starry-night", network="random")[-1].progress == 1


def test_one_pass_comes_first_and_stays_to_be_compared_with() -> None:
    first, *between, last = updates()
    assert (first.progress, first.data["step"], set(first.pictures)) == (0.0, 0, {"result"})
    assert first.data["losses"] == first.data["once"]["losses"] == last.data["once"]["losses"]
    assert all(set(update.pictures) == {"result"} and "once" not in update.data for update in between)
    assert set(last.pictures) == {"result", "once", "painted"}
    assert last.pictures["once"].tobytes() == first.pictures["result"].tobytes()
    assert last.data["losses"]["total"] < first.data["losses"]["total"]
    assert {update.data["of"] for update in [first, *between]} == {last.data["step"]}


def test_a_run_is_steered_and_goes_on_where_it_was() -> None:
    inputs = demos.get("style-transfer").parse(CHEAP | {"start": "photograph"})

    def steered(run: Generator[Update, dict[str, Any] | None, None]) -> list[Update]:
        return [next(run), next(run), run.send({"strength": 1.0, "layer_5": 2.0}), *run]

    plain, other = list(style_run.run(inputs)), steered(style_run.run(inputs))
    assert other[1].data["losses"] == plain[1].data["losses"]
    assert other[-1].data["losses"] != plain[-1].data["losses"]

    run = style_run.run(inputs)
    next(run), next(run)
    state = run.send({"strength": 1.0, "layer_5": 2.0}).state
    assert state
    going_on = list(style_run.run(inputs, state()))
    assert [told(update) for update in going_on] == [told(update) for update in other[3:]]


def told(update: Update) -> tuple[dict[str, Any], bytes]:
    return {name: value for name, value in update.data.items() if name != "seconds"}, update.pictures[
        "result"
    ].tobytes()


def test_weights_that_are_all_nought_are_even() -> None:
    mixes = [updates(style_2="woodcut", weight_1=weight, weight_2=weight, start="photograph") for weight in ("0", "1")]
    assert told(mixes[0][-1]) == told(mixes[1][-1])


def test_work_grows_with_all_that_takes_time() -> None:
    demo = demos.get("style-transfer")
    usual = demo.parse(CHEAP)
    for more in (
        {"size": "512"},
        {"steps": "200"},
        {"network": "smoothed"},
        {"style_2": "woodcut"},
        {"optimiser": "lbfgs"},
    ):
        assert demo.work(demo.parse(CHEAP | more)) > demo.work(usual)
