"""A demo that cannot be found, or asks for something else in one place than in another, is told so."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from tests.demos.conftest import told

PANEL = '{% extends "demos/_bench.html" %}{% block controls %}CONTROLS{% endblock %}'
PAGE = "Its page has a form with every input, and no file of its code is served."
SAME = "Its form, left as it is, asks for what the API and the command line do by themselves."
OPTION = "It runs on the command line, with an option for every input."


@pytest.mark.parametrize(
    ("controls", "check", "sentence"),
    [
        ("{{ super() }}", PAGE, None),
        ("{{ super() }}", SAME, None),
        ("<button>Run</button>", PAGE, "The page has no field for rate, start, early;"),
        ('<input name="rate" value="3.1">{{ super() }}', SAME, "The form and the API begin with other values of rate."),
    ],
)
def test_a_panel_that_draws_other_controls_is_said(
    site: Flask, own: Path, controls: str, check: str, sentence: str | None
) -> None:
    (own / "panel.html").write_text(PANEL.replace("CONTROLS", controls))
    problem = told(site, own)[check].problem
    assert problem is None if sentence is None else sentence in (problem or "")


def test_an_input_that_is_an_option_of_every_demo_is_said(site: Flask, own: Path) -> None:
    text = (own / "demo.py").read_text().replace("    early:", "    out:")
    renamed = own.rename(own.parent / "other_map")  # this process has imported the first one
    (renamed / "demo.py").write_text(text)
    assert told(site, renamed)[OPTION].problem == "Every demo has --out already; give the input another name."
