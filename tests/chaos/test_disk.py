"""F-05 and F-15: a disk that takes nothing more, a database that somebody else holds: nothing is half, reads go on."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import urlencode

import pytest

from tests.chaos.clients import Visitor
from tests.chaos.faulty import Faulty

PAGES = ("/", "/posts/a-post", "/demos/squares", "/feed.xml", "/healthz", "/admin", "/admin/posts/1")
WORDS = "These words are not lost."


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Faulty]:
    site = Faulty(tmp_path_factory.mktemp("disk") / "data", pause=0.5)
    yield site
    site.server.stop()


def everything(site: Faulty) -> list[list[tuple[object, ...]]]:
    tables = ("posts", "revisions", "tags", "jobs", "job_pictures", "editions")
    with closing(sqlite3.connect(site.data / "playpress.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return [connection.execute(f"SELECT * FROM {table}").fetchall() for table in tables]


def save(visitor: Visitor, version: int, *, script: bool = True) -> tuple[int, str]:
    fields = {"title": "A post", "slug": "a-post", "source": WORDS, "status": "published", "version": str(version)}
    visitor.accept = "application/json" if script else "text/html"
    status, told = visitor.ask("POST", "/admin/posts/1", urlencode(fields | {"token": visitor.token}))
    visitor.accept = "application/json"
    return status, str(told)


def version(site: Faulty) -> int:
    with closing(sqlite3.connect(site.data / "playpress.db")) as connection:
        return int(connection.execute("SELECT version FROM posts WHERE id = 1").fetchone()[0])


def reads(site: Faulty) -> dict[str, int]:
    return {page: site.author.ask("GET", page)[0] for page in PAGES}


def test_on_a_full_disk_nothing_is_half_written_and_all_reads_go_on(site: Faulty) -> None:
    assert set(reads(site).values()) == {200}
    before, at = everything(site), version(site)
    with site.full_disk():
        status, told = save(site.author, at)
        assert (status, "nothing was changed" in told) == (507, True)
        status, page = save(site.author, at, script=False)
        assert (status, WORDS in page, "nothing was changed" in page) == (507, True, True)
        status, told = site.author.ask("POST", "/api/v1/demos/squares/jobs", '{"n": 5}', "application/json")
        assert (status, "nothing was changed" in str(told)) == (507, True)
        assert set(reads(site).values()) == {200}
    assert everything(site) == before
    assert save(site.author, at)[0] == 200
    assert site.ended(site.run(6))["status"] == "succeeded"
    assert "Traceback" not in site.server.log.read_text()


def test_a_run_in_progress_waits_for_room_and_is_not_blamed(site: Faulty) -> None:
    job = site.run(7)
    site.running(job)
    with site.full_disk():
        assert site.author.ask("POST", "/api/v1/demos/squares/jobs", '{"n": 8}', "application/json")[0] == 507
        time.sleep(1.5)  # until the run has come to its end, which cannot be written
        assert site.now(job)["status"] == "running"
    told = site.ended(job)
    assert (told["status"], told["attempt"], told["output"]["data"]["outcome"]) == ("succeeded", 1, 49)


def test_whoever_writes_while_another_process_does_for_long_keeps_the_text(site: Faulty) -> None:
    at = version(site)
    with closing(sqlite3.connect(site.data / "playpress.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        status, page = save(site.author, at, script=False)
        assert (status, WORDS in page, "Others are writing" in page) == (503, True, True)
        assert set(reads(site).values()) == {200}
        other.execute("ROLLBACK")
    assert version(site) == at
    assert save(site.author, at)[0] == 200
