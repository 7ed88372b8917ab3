"""The post on habits is right: its programs print what it says, its table and sentences are what the curves give."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

from app.algorithms.habits import changed, compounding, linear

POST = (Path(__file__).parents[3] / "app/blog/posts/habits.md").read_text()


def printed(program: str) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(program, {})
    return out.getvalue()


def test_its_programs_print_what_it_says() -> None:
    first, second = re.findall(r"```python\n(.*?)```", POST, re.DOTALL)
    assert "0.14  13.32" in printed(first) and "still ends at 13.3" in POST
    assert f"It prints `{printed(second).strip()}`" in POST


def test_its_table_is_what_the_curves_give() -> None:
    rows = re.findall(r"^\| (\d+) days \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$", POST, re.MULTILINE)
    assert len(rows) == 4
    for days, *values in rows:
        curves = (compounding(0.01, int(days)), linear(0.01, int(days)), compounding(-0.01, int(days)))
        assert values == [f"{curve[-1]:.2f}" for curve in curves]


def test_what_it_says_of_the_rule_is_so() -> None:
    told = changed(365, 0.2)
    assert f"{told['with']['missed']:.0f}\ninstead of {told['without']['missed']:.0f} in a year" in POST
    assert f"come after {told['without']['until_twice']:.0f} days on average" in POST
    assert told["with"]["gap"] == 1 and told["without"]["twice"] > 0.999
    assert f"{10 ** (1 / 365) - 1:.2%}".rstrip("%") + " per cent" in POST
