"""Shipped posts and the demos in them: what a bench shows before anyone presses Run is what the post says of it."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from flask import Flask

from app import demos
from app.blog import frontmatter, markdown
from app.demos import preset
from app.demos.finished import finished_run
from app.demos.kinds import Picture

POSTS = sorted((Path(__file__).parents[1] / "app" / "blog" / "posts").glob("*.md"))
QUESTION = "stage"


def benches() -> Iterator[tuple[str, str, dict[str, str]]]:
    """Post, demo and presets of every bench in a shipped post."""
    for post in POSTS:
        seen: list[tuple[str, dict[str, str]]] = []
        markdown.render(
            frontmatter.read(post.read_text()).source,
            lambda name, options, seen=seen: str(seen.append((name, dict(options)))),  # type: ignore[misc]
        )
        yield from ((post.stem, name, options) for name, options in seen)


BENCHES = list(benches())


def test_there_are_benches_to_look_at() -> None:
    assert {"style-transfer", "gram-matrix", "detection"} <= {name for _, name, _ in BENCHES}
    assert {options.get(QUESTION) for _, name, options in BENCHES if name == "detection"} == {
        "presence", "largest", "sixteen", "all"
    }  # fmt: skip


@pytest.mark.parametrize(("post", "name", "options"), BENCHES, ids=[f"{post}-{name}" for post, name, _ in BENCHES])
def test_a_bench_begins_with_a_finished_run_of_its_own_pictures_and_question(
    app: Flask, post: str, name: str, options: dict[str, str]
) -> None:
    with app.test_request_context():
        demo = demos.get(name)
        html = unescape(demos.embed(name, options))
        if demo.instant:  # its answer is made of its presets, and is never another's
            assert "data-example" not in html
            return
        asked = {field.name: field.default for field in demo.fields} | preset.of_options(demo, options)
        example = finished_run(demo, asked)
        assert example, f"{post}: no finished run of {name} has these pictures; see flask demo {name} --keep"
        said = {field.name for field in demo.fields if isinstance(field.kind, Picture) or field.name == QUESTION}
        decisive = {key for key in said if asked.get(key) is not None}
        assert {key: example.inputs[key] for key in decisive} == {key: asked[key] for key in decisive}
    assert all(url in html for url in example.pictures.values())
    assert example.caption in html
