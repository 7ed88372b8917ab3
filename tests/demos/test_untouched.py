"""What a form sends by itself."""

from __future__ import annotations

from app.demos.untouched import untouched

PAGE = """
<form action="/other"><input name="other" value="1"></form>
<form action="/here"><input name="text" value="a &amp; b"><input type="range" name="rate" value="0.5">
<input name="none"><input type="radio" name="which" value="a"><input type="radio" name="which" value="b" checked>
<input type="checkbox" name="on" value="1" checked><input type="hidden" name="on" value="0">
<input type="checkbox" name="off" value="1"><input type="hidden" name="off" value="0">
<input type="file" name="photo"><input name="gone" value="1" disabled><input value="nameless"></form>
<input name="after" value="1">
"""


def test_it_sends_what_a_browser_would() -> None:
    assert untouched(PAGE, "/here") == {
        "text": "a & b",
        "rate": "0.5",
        "none": "",
        "which": "b",
        "on": "1",
        "off": "0",
    }
