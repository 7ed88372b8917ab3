"""What outputs read of a run, and what they say of data that they cannot draw."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask, render_template
from markupsafe import Markup

from app.demos.base import Demo
from app.demos.outputs import Bars, Image, Misfit, Output, Plot, Table, Told, Value, Words, figure, found
from app.demos.readout import parts

SCRIPT = "<script>alert(1)</script>"


def demo(*outputs: Output) -> Demo:
    return Demo("Test", "A test.", object, outputs=outputs, name="test")


def drawn(app: Flask, told: Told, *outputs: Output) -> str:
    with app.test_request_context():
        return render_template("demos/_outputs.html", parts=parts(demo(*outputs), told))


def lines(plot: Plot, *data: dict[str, Any]) -> list[str]:
    seen = plot.seen(Told(data))
    return [name for name, _ in seen.paths] if seen else []


def test_names_reach_into_dicts() -> None:
    data = {"losses": {"content": 3}, "a.b": 1}
    assert found(data, "losses.content") == 3
    assert found(data, "losses.style") is found(data, "content.losses") is found({}, "a") is None


def test_numbers_of_updates_become_a_line_and_a_dict_of_them_several() -> None:
    updates = [{"step": step, "loss": step**2, "losses": {"a": step, "b": -step}} for step in range(5)]
    assert lines(Plot("loss", "Loss", x="step"), *updates) == [""]
    assert lines(Plot("losses", "Losses", x="step"), *updates) == ["a", "b"]
    seen = Plot("loss", "Loss", x="step").seen(Told(updates))
    assert seen and seen.paths[0][1].count("L") == 4


def test_lists_of_the_last_update_become_a_line() -> None:
    updates = [{"orbit": [0.1]}, {"orbit": [0.1, 0.5, 0.2], "at": [10, 20, 40]}]
    by_index, by_name = Plot("orbit", "Orbit").seen(Told(updates)), Plot("orbit", "Orbit", x="at").seen(Told(updates))
    assert by_index and by_name
    assert by_index.paths[0][1].count("L") == by_name.paths[0][1].count("L") == 2
    assert by_name.x[0] == "10" and by_name.x[-1] == "40"


def test_a_plot_draws_nothing_before_there_is_anything() -> None:
    assert Plot("loss", "Loss").seen(Told()) is None
    assert Plot("loss", "Loss").seen(Told([{"step": 1}])) is None


def test_bars_share_a_line_of_zero() -> None:
    (_, _, left, far), (_, _, start, length) = Bars("s", "S").read({"down": -1, "up": 3})
    assert left + far == start == 25
    assert (far, length) == (25, 75)
    assert Bars("s", "S").read({}) == []
    assert Bars("s", "S").read({"known": 2, "not finite": None}) == [("known", "2", 0, 100), ("not finite", "–", 0, 0)]
    assert [bar[2:] for bar in Bars("s", "S").read({"none": 0})] == [(0, 0)]


def test_a_table_takes_a_dict_or_rows_and_says_what_it_leaves_out() -> None:
    table = Table("t", "T")
    assert table.read({"step_size": 0.5, "ok": True}) == ([], [["Step size", "0.5"], ["Ok", "yes"]], 0)
    assert table.read([{"a": 1, "b": 2}, {"b": 3}]) == (["A", "B"], [["1", "2"], ["–", "3"]], 0)
    assert table.read([[1, "x"]]) == ([], [["1", "x"]], 0)
    assert len(table.read([[1]] * 130)[1]) + table.read([[1]] * 130)[2] == 130


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (12345, "12,345"), (1234.5, "1,230"), (0.01234, "0.0123"), (1.5e-7, "1.50e−07"), (-0.25, "−0.25")],
)
def test_figures_are_as_long_as_they_need_to_be(value: float, text: str) -> None:
    assert figure(value) == text


@pytest.mark.parametrize(
    ("output", "value"),
    [(Plot("v", "V"), "high"), (Plot("v", "V"), [1, "2"]), (Plot("v", "V"), float("nan")), (Bars("v", "V"), [1, 2]),
     (Bars("v", "V"), {"a": "1"}), (Table("v", "V"), 3), (Table("v", "V"), ["row"]), (Value("v", "V"), [1]),
     (Words("v", "V"), 3)],
)  # fmt: skip
def test_data_that_cannot_be_drawn_are_told_to_the_author_and_break_no_page(
    app: Flask, output: Output, value: Any
) -> None:
    told = Told([{"v": value}])
    with pytest.raises(Misfit, match="“v") as misfit:
        output.seen(told)
    assert str(misfit.value).endswith(".")
    assert f'data-output="{output.kind} v"' in drawn(app, told, output)


def test_what_a_run_says_is_text_and_never_markup(app: Flask) -> None:
    data = {
        "bars": {SCRIPT: 1},
        "rows": [{SCRIPT: SCRIPT}],
        "value": SCRIPT,
        "words": SCRIPT,
        "lines": {SCRIPT: [1, 2]},
    }
    outputs = (Bars("bars", SCRIPT), Table("rows", "R"), Value("value", "V"), Words("words", "W"), Plot("lines", "L"))
    html = drawn(app, Told([data], {"result": f'"{SCRIPT}'}), Image("result", SCRIPT), *outputs)
    assert SCRIPT not in html
    assert html.count(str(Markup.escape(SCRIPT))) >= 8
    assert not re.search(r"\sstyle=", html)


def test_images_share_the_stage_and_without_one_the_first_output_stands_there() -> None:
    told = Told([{"loss": 1}], {"a": "/a", "b": "/b"})
    images, plot, value = (Image("a", "A"), Image("b", "B")), Plot("loss", "Loss"), Value("loss", "Loss")
    assert [one.output for one in parts(demo(plot, *images), told)["stage"]] == list(images)
    both = parts(demo(plot, value), told)
    assert ([one.output for one in both["stage"]], [one.output for one in both["readout"]]) == ([plot], [value])


def test_without_declared_outputs_there_are_the_pictures_and_a_table_of_the_data(app: Flask) -> None:
    told = Told([{"step": 3, "top_score": 0.5}], {"result": "/r", "edges": "/e"})
    html = drawn(app, told)
    assert 'data-picture="result"' in html and 'data-picture="edges"' in html
    assert "Top score" in html and "0.5" in html
    assert "Press Run" in drawn(app, Told())
