"""Held to the module matrix that the encoder gives; that its pictures can be read is for a camera to say."""

import re
from xml.etree import ElementTree

import pytest
import segno

from app.admin import qr, totp

SVG = "{http://www.w3.org/2000/svg}"


def modules(svg: str) -> set[tuple[int, int]]:
    """The dark modules as rows and columns, by following the strokes of the path."""
    root = ElementTree.fromstring(svg)
    (path,) = [path for path in root.iter() if path.tag.endswith("path") and path.get("stroke")]
    assert path.get("stroke") == "#000"
    dark, x, y = set(), 0.0, 0.0
    for sign, numbers in re.findall(r"([MmHhVvLl])([^MmHhVvLl]*)", path.get("d", "")):
        values = [float(number) for number in re.findall(r"-?(?:\d+\.\d*|\.\d+|\d+)", numbers)]
        if sign == "M":
            x, y = values
        elif sign == "m":
            x, y = x + values[0], y + values[1]
        else:
            assert sign == "h"
            dark |= {(int(y), int(x) + step) for step in range(int(values[0]))}
            x += values[0]
    return dark


@pytest.mark.parametrize("text", ["x", totp.address(totp.new_secret(), "ada", "Playpress"), "“Ünïcode” & <b>"])
def test_it_draws_the_modules_of_the_code_with_a_margin_of_four(text: str) -> None:
    svg = qr.drawn(text)
    matrix = segno.make(text, error="m", micro=False).matrix
    wanted = {(row + 4, column + 4) for row, line in enumerate(matrix) for column, dark in enumerate(line) if dark}
    assert modules(svg) == wanted
    root = ElementTree.fromstring(svg)
    assert root.get("viewBox") == f"0 0 {len(matrix) + 8} {len(matrix) + 8}"


def test_nothing_in_it_is_style_or_script() -> None:
    svg = qr.drawn('"><script>alert(1)</script>')
    assert "style" not in svg
    assert "script" not in svg
    assert 'fill="#fff"' in svg, "by night it is dark on light too"
