from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from app import disk, jobs
from app.db import db
from app.demos import get
from app.errors import Conflict, NotFound
from app.jobs.models import Job
from app.jobs.overview import Failure, Going, Waiting
from tests.admin.conftest import Author

AT = datetime(2026, 3, 1, 14, 2, tzinfo=UTC)


@dataclass(frozen=True)
class Words:
    words: str = "Erased: 2 runs."


@dataclass
class Handed:
    """The jobs as the admin sees them."""

    going: tuple[Going, ...] = ()
    failed: tuple[Failure, ...] = ()
    asked: tuple[str, ...] = ()

    def going_on(self) -> tuple[Going, ...]:
        return self.going

    def line_by_demo(self) -> tuple[Waiting, ...]:
        waiting = [going for going in self.going if not going.running]
        return (Waiting("style-transfer", "Style transfer", len(waiting), 31.0, 200.0, 1),)

    def failures(self) -> tuple[Failure, ...]:
        return self.failed

    def again(self, job_id: str) -> str:
        if job_id == "old":
            raise Conflict("The picture has been erased.")
        self.asked += ("again", job_id)
        return "new"

    def erase_on_request(self, address: str) -> Words:
        if address == "gone":
            raise NotFound("There is no such run.")
        self.asked += ("run", address)
        return Words()

    def erase_reader(self, address: str) -> Words:
        self.asked += ("reader", address)
        return Words()

    def erase_run(self, job_id: str) -> None:
        self.asked += ("erase", job_id)

    def oldest_kept(self) -> datetime | None:
        return AT

    def devices(self) -> list[str]:
        return ["cuda"]

    def loads(self) -> list[Any]:
        return []

    def worker_alive(self) -> bool:
        return True

    def reported(self) -> list[Any]:
        return []


@pytest.fixture
def handed(app: Flask, author: Author, monkeypatch: pytest.MonkeyPatch) -> Handed:
    handed = Handed()
    monkeypatch.setitem(app.extensions, "admin", handed)
    return handed


def test_a_quiet_site_says_so(author: Author) -> None:
    page = author.client.get("/admin/work").text
    for said in ("Nothing runs, and nobody waits", "No run has failed", "No worker is running", "Free on this disk"):
        assert said in page, said


def test_what_goes_on_and_what_failed(author: Author, handed: Handed) -> None:
    running = Going("a" * 22, "Style transfer", True, 0.4, AT, 12.0, "2 CPU cores")
    handed.going = (running, replace_going(running, "b" * 22))
    handed.failed = (
        Failure("c" * 22, "Detection", "The <b>picture</b> is too dark.", AT, True),
        Failure("d" * 22, "Detection", "Lost.", AT, False),
    )
    page = author.client.get("/admin/work").text
    for said in (
        'value="0.4"',
        "40 %",
        "12 s",
        "2 CPU cores",
        "In line",
        "on cuda",
        "1 in line, 31 s of work",
        "has waited for 3 min",
        "1 March 2026, 14:02",
    ):
        assert said in page, said
    assert "The &lt;b&gt;picture&lt;/b&gt; is too dark." in page
    assert page.count("/again") == 1
    assert page.count('/erase"') == 2


def replace_going(going: Going, job: str) -> Going:
    return going._replace(job=job, running=False, left=None, device="")


def test_a_failed_run_is_tried_again_or_erased(author: Author, handed: Handed) -> None:
    assert author.post("/admin/work/failed/again").status_code == 303
    assert author.post("/admin/work/failed/erase").status_code == 303
    assert handed.asked == ("again", "failed", "erase", "failed")
    answer = author.post("/admin/work/old/again")
    assert (answer.status_code, "picture has been erased" in answer.text) == (409, True)


@pytest.mark.parametrize("what", ["run", "reader"])
def test_erasing_on_request_says_what_went(author: Author, handed: Handed, what: str) -> None:
    answer = author.post("/admin/work/erase", run="/jobs/x", what=what, sure="1")
    assert (answer.status_code, "Erased: 2 runs." in answer.text) == (200, True)
    assert handed.asked == (what, "/jobs/x")


def test_nothing_is_erased_by_half_a_form(author: Author, handed: Handed) -> None:
    for fields in ({"what": "run"}, {"what": "all", "sure": "1"}, {}):
        answer = author.post("/admin/work/erase", run="https://x/jobs/y", **fields)
        assert answer.status_code == 422
        assert 'value="https://x/jobs/y"' in answer.text
    assert author.post("/admin/work/erase", run="gone", what="run", sure="1").status_code == 404
    assert handed.asked == ()


def test_a_real_run_is_erased_by_the_address_of_its_page(app: Flask, author: Author) -> None:
    with app.app_context():
        demo = get("style-transfer")
        job = jobs.submit(demo, demo.parse({"content": "cat"}), "ann").id
    page = author.client.get("/admin/work").text
    assert "Style transfer" in page and job in page
    answer = author.post("/admin/work/erase", run=f"http://localhost/jobs/{job}", what="run", sure="1")
    assert "Erased: 1 run" in answer.text
    with app.app_context():
        assert db.session.get(Job, job) is None
    again = author.post("/admin/work/erase", run=job, what="reader", sure="1")
    assert (again.status_code, "no such run" in again.text) == (404, True)


def test_sizes_are_those_of_the_files(tmp_path: Any) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "a").write_bytes(b"x" * 10)
    (tmp_path / "one" / "b").mkdir()
    (tmp_path / "one" / "b" / "c").write_bytes(b"x" * 5)
    (tmp_path / "two").write_bytes(b"x" * 7)
    assert disk.sizes(tmp_path) == {"one": 15, "two": 7}
    assert disk.free(tmp_path) > 0
