"""F-21: sites are made from backups under load; and what would be missing in one is noticed."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.chaos.backups import allowed, back_up, lost
from tests.chaos.history import Deed

OLD, NEW = Deed("text", "a", "old", "acknowledged"), Deed("text", "a", "new", "acknowledged")
RUN = Deed("run", "1", "49", "acknowledged")


def test_what_was_not_known_before_may_be_either_way() -> None:
    sent = replace(NEW, fate="sent")
    later = Deed("text", "b", "later", "acknowledged")
    refused = Deed("text", "c", "refused", "failed")
    told = allowed([OLD, sent, refused], [OLD, NEW, refused, later])
    assert [deed.fate for deed in told] == ["acknowledged", "unknown", "failed", "unknown"]
    assert [deed.value for deed in told] == ["old", "new", "refused", "later"]


def a_site(folder: Path, posts: dict[str, tuple[str, str]], runs: dict[str, tuple[str, str]]) -> Path:
    """The least of a site: by slug a post's source and the word in its other fields; by id a run's end and outcome."""
    with closing(sqlite3.connect(folder / "playpress.db")) as connection:
        connection.execute("CREATE TABLE posts (slug, source, title, description, html)")
        connection.execute("CREATE TABLE jobs (id, status, data)")
        for slug, (source, word) in posts.items():
            connection.execute("INSERT INTO posts VALUES (?, ?, ?, ?, ?)", (slug, f"Text {source}.", word, word, word))
        for key, (status, outcome) in runs.items():
            connection.execute("INSERT INTO jobs VALUES (?, ?, ?)", (key, status, json.dumps({"outcome": outcome})))
        connection.commit()
    return folder


@pytest.mark.parametrize(
    ("posts", "runs", "wrong"),
    [
        ({"a": ("new", "new")}, {"1": ("succeeded", "49")}, 0),
        ({"a": ("new", "new"), "a-post": ("", "")}, {"1": ("running", "")}, 0),
        ({"a": ("old", "old")}, {"1": ("queued", "")}, 1),
        ({"a": ("new", "old")}, {"1": ("queued", "")}, 1),
        ({}, {"1": ("queued", "")}, 1),
        ({"a": ("new", "new")}, {}, 1),
        ({"a": ("new", "new")}, {"1": ("succeeded", "50")}, 1),
        ({"a": ("new", "new"), "b": ("x", "x")}, {"1": ("failed", "")}, 2),
    ],
)
def test_what_is_lost_or_half_is_told(
    posts: dict[str, tuple[str, str]], runs: dict[str, tuple[str, str]], wrong: int, tmp_path: Path
) -> None:
    assert len(list(lost([OLD, NEW, RUN], a_site(tmp_path, posts, runs)))) == wrong


def test_of_what_was_under_way_either_is_right(tmp_path: Path) -> None:
    for text in ("old", "new"):
        (folder := tmp_path / text).mkdir()
        assert list(lost([OLD, replace(NEW, fate="unknown")], a_site(folder, {"a": (text, text)}, {}))) == []


@pytest.mark.full
def test_sites_made_from_backups_under_load_have_all_that_was_acknowledged(tmp_path: Path) -> None:
    told = back_up(tmp_path, 4, seed=21)
    assert told.wrong == []
    assert told.backups == 4
    assert told.due > 0
    assert told.pages > 3
