"""H-41: no code path turns what a reader sends into a path, an address, a template, a query or an object.

Held by walking the syntax trees: each deed that could do it is done only where `allowed` says why it is harmless.
"""

from __future__ import annotations

import re
from collections import defaultdict
from fnmatch import fnmatch

import pytest
from flask import Flask

from tests.chaos.allowed import ALLOWED, AS_IT_IS
from tests.chaos.deeds import APP, DEEDS, found

SAMPLES = {
    "evaluates code": "eval(text)",
    "imports by name": "importlib.import_module(name)",
    "starts a program": "import subprocess",
    "makes objects of bytes": "from pickle import loads",
    "reads weights that may be code": "torch.load(file)",
    "reads any YAML": "yaml.load(text, Loader=Any)",
    "takes a text for a template": "render_template_string(text)",
    "chooses a template": "render_template(name + '.html')",
    "fills a pattern": "text.format(post)",
    "writes a query": "session.execute(f'SELECT {name}')",
    "takes markup as it is": "Markup(text)",
    "sends a file": "send_file(path)",
    "leads to an address": "redirect(request.args['next'])",
    "reaches an attribute by name": "getattr(post, name)",
    "talks to other machines": "from urllib.request import urlopen",
    "touches the disk": "(folder / name).read_bytes()",
}
HARMLESS = """
import json
render_template("page.html"), "{}".format(x), TEXT.format(x), Markup("<p>{}</p>").format(x), redirect(url_for("home"))
getattr(post, "title"), torch.load(path, weights_only=True), session.execute(select(Post)), text.replace("a", "b")
"""


def sources() -> dict[str, str]:
    return {str(file.relative_to(APP)): file.read_text() for file in sorted(APP.rglob("*.py"))}


def done() -> dict[str, dict[str, list[str]]]:
    """By deed, then by file: the lines."""
    out: dict[str, dict[str, list[str]]] = {deed: defaultdict(list) for deed in DEEDS}
    for file, source in sources().items():
        for deed, line, code in found(source):
            out[deed][file].append(f"{file}:{line}: {code}")
    return out


DONE = done()


@pytest.mark.parametrize("deed", DEEDS)
def test_it_is_done_only_where_there_is_a_reason(deed: str) -> None:
    strange = [
        line
        for file, lines in DONE[deed].items()
        if not any(fnmatch(file, pattern) for pattern in ALLOWED[deed])
        for line in lines
    ]
    assert strange == [], f"This {deed}: find another way, or say in tests/chaos/allowed.py why it is harmless."


@pytest.mark.parametrize("deed", DEEDS)
def test_no_reason_is_left_over(deed: str) -> None:
    assert [pattern for pattern in ALLOWED[deed] if not any(fnmatch(file, pattern) for file in DONE[deed])] == []


@pytest.mark.parametrize("deed", DEEDS)
def test_each_deed_is_noticed(deed: str) -> None:
    assert deed in {name for name, _, _ in found(SAMPLES[deed])}


def test_what_is_harmless_is_left_alone() -> None:
    assert list(found(HARMLESS)) == []


def test_templates_escape_but_for_those_that_are_named() -> None:
    safe = re.compile(r"\|\s*safe\b|autoescape\s+false")
    templates = {file for folder in (APP / "templates", APP / "demos") for file in folder.rglob("*.html")}
    shown = {str(file.relative_to(APP / "templates")) for file in templates if safe.search(file.read_text())}
    assert len(templates) > 40
    assert shown == set(AS_IT_IS)


def test_no_route_takes_a_path_but_for_static_files(app: Flask) -> None:
    converters = {rule.rule for rule in app.url_map.iter_rules() if "<path:" in rule.rule}
    assert converters == {"/static/<path:filename>"}
