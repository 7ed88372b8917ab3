from datetime import UTC, datetime

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from app.blog import frontmatter
from app.blog.manuscript import Manuscript, alias_of, moment, slug_of, tags_of
from app.errors import AppError

printable = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30).map(str.strip)
moments = st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1)).map(lambda d: d.replace(microsecond=0, tzinfo=UTC))
tags = st.lists(printable.map(lambda t: " ".join(t.replace(",", "").split())).filter(bool), max_size=3, unique=True)
plain = st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(st.characters(exclude_categories=["Cs"]))
unknown = st.from_regex(r"x_[a-z]{1,5}", fullmatch=True)
manuscripts = st.builds(
    Manuscript,
    title=printable,
    source=st.text(st.characters(exclude_categories=["Cs"])),
    slug=st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)?", fullmatch=True),
    description=printable,
    tags=tags.map(tuple),
    series=printable,
    part=st.none() | st.integers(1, 1000),
    status=st.sampled_from(["draft", "published"]),
    published_at=st.none() | moments,
    updated_at=st.none() | moments,
    lang=st.sampled_from(["en", "no", "de-AT"]),
    cover=printable,
    cover_alt=printable,
    kind=st.sampled_from(["post", "page"]),
    aliases=st.lists(
        st.from_regex(r"[a-z0-9é.]+(/[a-z0-9é.]+)?", fullmatch=True).map(alias_of), max_size=3, unique=True
    ).map(tuple),
    extra=st.dictionaries(unknown, plain | st.lists(plain, max_size=2), max_size=2),
)


@given(manuscripts)
def test_what_is_written_is_read_as_it_was(manuscript: Manuscript) -> None:
    text = frontmatter.write(manuscript)
    assert frontmatter.read(text) == manuscript
    assert frontmatter.write(frontmatter.read(text)) == text


@pytest.mark.parametrize("title", ["A: B", "'", '"x" #y', "no", "2026-11-23", "- a", "é “x”", "{a}", "1e3", "@x", "!y"])
def test_a_title_that_yaml_would_misread_is_quoted(title: str) -> None:
    text = frontmatter.write(Manuscript(title=title, source=""))
    assert yaml.safe_load(text.split("---\n")[1])["title"] == title
    assert frontmatter.read(text).title == title


def test_any_yaml_reader_finds_a_date_in_a_date() -> None:
    text = frontmatter.write(Manuscript(title="x", source="", published_at=datetime(2026, 11, 23, 14, 2, tzinfo=UTC)))
    assert yaml.safe_load(text.split("---\n")[1])["date"] == datetime(2026, 11, 23, 14, 2, tzinfo=UTC)
    assert "date: 2026-11-23T14:02:00+00:00\n" in text


def test_a_file_written_by_hand() -> None:
    text = (
        "---\r\ntitle: Hello\r\ndate: 2019-02-12\r\ntags: [one, two]\r\naliases: [/old]\r\n---\r\n\r\nBody\r\n---\r\n"
    )
    post = frontmatter.read(text, "hello-file")
    assert (post.title, post.slug, post.status, post.tags) == ("Hello", "hello-file", "published", ("one", "two"))
    assert post.published_at == datetime(2019, 2, 12, tzinfo=UTC)
    assert post.source == "Body\r\n---\r\n"
    assert (post.aliases, post.kind, post.extra) == (("old",), "post", {})


def test_without_front_matter_all_is_body() -> None:
    assert frontmatter.split("no front\n---\n") == ({}, "no front\n---\n")


@pytest.mark.parametrize("path", ["old", "/old", "/old/", "/posts/old", "posts/posts/old/"])
def test_an_earlier_address_has_one_form(path: str) -> None:
    assert frontmatter.read(f"---\ntitle: x\naliases: {path}\n---\n").aliases == ("old",)


def test_draft_is_another_word_for_the_status() -> None:
    assert frontmatter.read("---\ntitle: x\ndraft: true\n---\n").status == "draft"
    assert frontmatter.read("---\ntitle: x\ndraft: false\n---\n").status == "published"


@pytest.mark.parametrize(
    ("front", "word"),
    [
        ("title: [", "line 3"),
        ("- a list", "keys and values"),
        ("part: two", "whole number"),
        ("date: yesterday", "2026-11-23"),
        ("x: !!python/object/apply:os.system ['true']", "line 2"),
        ("x: !!binary aGk=", "cannot be read"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(front: str, word: str) -> None:
    with pytest.raises(AppError) as refused:
        frontmatter.read(f"---\n{front}\n---\nbody")
    assert word in refused.value.message


@pytest.mark.parametrize(
    "text", ["2026-11-23T15:30:00+05:30", "2026-11-23 10:00:00 +0000", "2026-11-23T10:00Z", "2026-11-23T10:00"]
)
def test_moments_of_every_spelling_are_utc(text: str) -> None:
    assert moment(text) == datetime(2026, 11, 23, 10, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "soon", "2026-13-01", "0001-01-01T00:00+14:00", "9999-12-31T23:00-14:00"])
def test_what_is_no_moment_raises_value_error(text: str) -> None:
    with pytest.raises(ValueError):
        moment(text)


def test_addresses_and_tags_come_out_of_what_people_write() -> None:
    assert slug_of("Painting with a convnet: Gatys’ été!") == "painting-with-a-convnet-gatys-ete"
    assert slug_of("東京") == ""
    assert tags_of(" one,  two   words ,, one") == ("one", "two words")
