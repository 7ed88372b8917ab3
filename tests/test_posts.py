"""Shipped posts: long enough, with sources, figures and benches; and a bench begins with what its post says of it."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from flask import Flask

from app import demos
from app.blog import frontmatter, markdown
from app.blog.manuscript import Manuscript
from app.demos import preset
from app.demos.finished import finished_run
from app.demos.kinds import Picture

POSTS = sorted((Path(__file__).parents[1] / "app" / "blog" / "posts").glob("*.md"))
QUESTION = "stage"
TEXTS = {post.stem: post.read_text(encoding="utf-8") for post in POSTS}
READ = {slug: frontmatter.read(text) for slug, text in TEXTS.items() if not frontmatter.split(text)[0].get("page")}
SHORT = {"habits", "posts-that-run"}  # about everyday life and about this site
SHORTEST, SHORTEST_OF_THE_SHORT = 1500, 900  # words
SHOWN_BY_SEARCH_ENGINES = 160  # characters of a description
NOT_PROSE = (
    r"^```.*?^```[ \t]*$",  # code
    r"\$\$.*?\$\$",  # formulas on lines of their own
    r"\$[^$\n]+\$",  # and in sentences
    r"`[^`\n]+`",
    r"^(?:\[\^\w+\]:|:::|///).*?$",  # sources, benches, the frames of captions
    r"!\[[^]]*\]\([^)]*\)(?:\{[^}]*\})?",  # pictures
    r"(?<=\])\([^)]*\)",  # where a link leads
    r"<!--.*?-->",
    r"\[\^\w+\]",
)
PICTURE = re.compile(r"!\[([^]]*)\]\(([^)]*)\)")


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


def prose(source: str) -> list[str]:
    """The words that are read as sentences."""
    for pattern in NOT_PROSE:
        source = re.sub(pattern, " ", source, flags=re.DOTALL | re.MULTILINE)
    return re.findall(r"[^\W_]+(?:[’'.,-][^\W_]+)*", source)


def test_only_sentences_are_counted() -> None:
    source = (
        "# One two\n\n```python\nnot = these\n```\n\nthree $x + y$ [four](/five)[^six] `seven`\n\n"
        "::: demo bayes part=row\n\n[^six]: Eight."
    )
    assert prose(source) == ["One", "two", "three", "four"]


@pytest.fixture(params=READ, ids=str)
def manuscript(request: pytest.FixtureRequest) -> Manuscript:
    return READ[request.param]


def test_a_post_has_the_words_its_subject_takes(manuscript: Manuscript) -> None:
    floor = SHORTEST_OF_THE_SHORT if manuscript.slug in SHORT else SHORTEST
    assert len(prose(manuscript.source)) >= floor


def test_a_post_names_its_sources_and_uses_each(manuscript: Manuscript) -> None:
    named = re.findall(r"^\[\^(\w+)\]:", manuscript.source, re.MULTILINE)
    assert len(named) >= 3
    used = set(re.findall(r"\[\^(\w+)\](?!:)", manuscript.source))
    assert Counter(named) == Counter(used), "each is used, and none is told twice"


def test_a_post_shows_something_and_says_what_it_shows(manuscript: Manuscript) -> None:
    pictures = PICTURE.findall(manuscript.source)
    benches = re.findall(r"^::: demo \S+", manuscript.source, re.MULTILINE)
    assert pictures or benches
    said = [alt for alt, _ in pictures] + [manuscript.cover_alt]
    assert all(len(alt.split()) >= 5 and alt.endswith(".") for alt in said)
    assert manuscript.source.count("/// caption") == len(pictures), "every picture has a caption"


def test_the_renderer_has_nothing_to_remark(manuscript: Manuscript) -> None:
    assert markdown.render(manuscript.source, lambda name, options: "").warnings == ()


def test_every_column_has_a_name_in_words(manuscript: Manuscript) -> None:
    headers = re.findall(r"^\|(.*)\|[ \t]*\n\|[-:| ]+\|[ \t]*$", manuscript.source, re.MULTILINE)
    names = [name for header in headers for name in re.split(r"(?<!\\)\|", header)]
    assert all(re.search(r"\w", re.sub(r"\$[^$]*\$", "", name)) for name in names)


def test_what_stands_above_a_post_fits_where_it_is_shown(manuscript: Manuscript) -> None:
    assert 0 < len(manuscript.description) <= SHOWN_BY_SEARCH_ENGINES
    assert 1 <= len(manuscript.tags) <= 4
    assert manuscript.slug in TEXTS and manuscript.status == "published"


def test_no_two_posts_appeared_at_once() -> None:
    dates = [manuscript.published_at for manuscript in READ.values()]
    assert None not in dates and len(set(dates)) == len(dates)


def test_detection_is_one_series_in_the_order_of_its_dates() -> None:
    series = sorted((m for m in READ.values() if m.series == "Object detection"), key=lambda m: m.part or 0)
    assert [(m.part, m.slug) for m in series] == [(part, f"object-detection-{part}") for part in (1, 2, 3, 4)]
    dates = [m.published_at for m in series if m.published_at]
    assert dates == sorted(dates)
    for before, after in itertools.pairwise(series):
        assert f"(/posts/{after.slug})" in before.source[-4000:], "each part ends where the next begins"
        assert f"(/posts/{before.slug})" in after.source
