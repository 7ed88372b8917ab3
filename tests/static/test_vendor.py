"""What others made is what its paper says: the bytes, every version, the licence."""

from __future__ import annotations

import hashlib
import json
import re

from tests.static.test_styles import APP

VENDOR = APP / "static/vendor"
PAPER = (VENDOR / "VENDOR.md").read_text()


def test_the_file_is_the_one_that_the_paper_names() -> None:
    digest = hashlib.sha256((VENDOR / "codemirror.js").read_bytes()).hexdigest()
    assert f"`{digest}`" in PAPER


def test_the_paper_names_every_package_with_its_version() -> None:
    locked = json.loads((VENDOR / "codemirror/package-lock.json").read_text())["packages"]
    taken = {
        path.removeprefix("node_modules/"): package
        for path, package in locked.items()
        if path and not package.get("dev")
    }
    unused = {"@codemirror/lint", "@codemirror/streamparser"}  # nothing of them comes through
    assert len(taken) > 15
    for name, package in taken.items():
        assert package["license"] == "MIT"
        if name not in unused:
            assert re.search(rf"{re.escape(name)}\b.*{re.escape(package['version'])}", PAPER), name


def test_every_package_is_held_to_one_version() -> None:
    wanted = json.loads((VENDOR / "codemirror/package.json").read_text())
    for version in (wanted["dependencies"] | wanted["devDependencies"]).values():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)
