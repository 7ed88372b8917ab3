"""Code can be read: every colour it takes stands out by day and by night, on lines that are picked out too."""

from __future__ import annotations

import re

import pytest
from pygments.token import STANDARD_TYPES

from tests.static.test_styles import APP, contrast, raw

BASE = re.sub(r"/\*.*?\*/", "", (APP / "static/css/base.css").read_text(), flags=re.DOTALL)
RULES = re.findall(r"\.highlight ((?:\.[a-z]|:is\()[^{]*)\{[^}]*?(?<![-\w])color: var\(--([\w-]+)\)", BASE)
COLOURS = {"ink-soft": "soft"}  # tokens whose raw value has another name
LEAST = 4.5


def classes(selector: str) -> set[str]:
    return set(re.findall(r"\.([a-z][a-z0-9]*)\b", selector))


@pytest.mark.parametrize("time", ["day", "night"])
@pytest.mark.parametrize("ground", ["bench", "well", "paper"])
def test_every_colour_of_code_stands_out(time: str, ground: str) -> None:
    colours = {colour for _, colour in RULES} | {"ink"}
    assert len(colours) > 6
    for colour in colours:
        ratio = contrast(raw(f"{time}-{COLOURS.get(colour, colour)}"), raw(f"{time}-{ground}"))
        assert ratio >= LEAST, f"{colour} on {ground} by {time}: {ratio:.2f}"


def test_a_line_that_is_picked_out_lies_on_the_ground_that_is_measured() -> None:
    assert re.search(r"\.hll \{[^}]*background: var\(--well\)", BASE)


def test_what_pygments_names_is_coloured_once() -> None:
    coloured = [name for selector, _ in RULES for name in classes(selector) if name not in ("filename", "copy")]
    assert len(coloured) == len(set(coloured))
    assert set(coloured) <= set(STANDARD_TYPES.values())
    spoken = {"k", "kn", "nf", "nc", "s1", "s2", "mi", "mf", "c1", "nb", "nd", "err", "gd", "gi"}
    assert spoken <= set(coloured)


def test_the_button_that_copies_it_is_a_kilobyte_at_most() -> None:
    assert (APP / "static/js/copy.js").stat().st_size <= 1024
