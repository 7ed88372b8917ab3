"""F-04, F-06, F-07, F-10, F-23: processes of a running site are ended, stopped and told to go, one at a time."""

from __future__ import annotations

import contextlib
import os
import signal
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.chaos import multipart
from tests.chaos.faulty import Faulty, awaited
from tests.pictures import photograph


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Faulty]:
    site = Faulty(tmp_path_factory.mktemp("signals") / "data", pause=0.5)
    yield site
    site.server.stop()


def preview(site: Faulty) -> int:
    fields = {"source": "Some *words*.", "token": site.author.token}
    return site.author.ask("POST", "/admin/preview", urlencode(fields))[0]


def upload(site: Faulty) -> int:
    body = multipart.form(multipart.part("picture", photograph(), "photo.jpg"))
    connection = site.server.connect()
    head = f"POST /api/v1/demos/gram-matrix/jobs HTTP/1.1\r\nHost: x\r\nContent-Type: {multipart.TYPE}\r\n"
    with connection:
        connection.sendall(f"{head}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body)
        return int(connection.makefile("rb").readline().split()[1])


def test_the_processes_that_read_pictures_and_texts_may_be_killed(site: Faulty) -> None:
    for _ in range(3):
        assert (preview(site), upload(site)) == (200, 202)
        workers, apart = site.server.children(), site.apart()
        assert apart
        site.kill(*apart)
        assert site.server.children() == workers
    assert (preview(site), upload(site)) == (200, 202)


def test_a_worker_may_be_killed_and_its_run_goes_on(site: Faulty) -> None:
    job, before = site.run(11), set(site.server.children())
    site.running(job)
    site.kill(*before)
    assert awaited(lambda: site.author.ask("GET", "/")[0]) == 200
    told = site.ended(job)
    assert (told["status"], told["attempt"], told["output"]["data"]["outcome"]) == ("succeeded", 2, 121)
    assert not before & set(site.server.children())
    assert site.server.process.poll() is None


@pytest.mark.full
def test_one_that_is_told_to_stop_puts_its_run_back_without_blame(site: Faulty) -> None:
    job = site.run(12)
    site.running(job)
    site.server.process.terminate()
    assert site.server.process.wait(30) == 0
    with contextlib.closing(sqlite3.connect(site.data / "playpress.db")) as connection:
        status, attempt = connection.execute("SELECT status, attempt FROM jobs WHERE id = ?", (job["id"],)).fetchone()
    assert (status, attempt) in (("queued", 0), ("succeeded", 1))
    site.start()
    told = site.ended(job)
    assert (told["status"], told["attempt"]) == ("succeeded", 1)


@pytest.mark.full
def test_a_reload_loses_no_request_and_doubles_no_run(site: Faulty) -> None:
    job, before = site.run(13), set(site.server.children())
    site.running(job)
    site.server.process.send_signal(signal.SIGHUP)
    answers = [site.author.ask("GET", "/")[0] for _ in range(20)]
    awaited(lambda: not before & set(site.server.children()) or None)
    told = site.ended(job)
    assert set(answers) == {200}
    assert (told["status"], told["attempt"]) == ("succeeded", 1)


@pytest.mark.full
def test_a_site_that_was_halted_goes_on(site: Faulty) -> None:
    job = site.run(14)
    site.running(job)
    os.killpg(site.server.process.pid, signal.SIGSTOP)
    time.sleep(1)
    os.killpg(site.server.process.pid, signal.SIGCONT)
    told = site.ended(job)
    assert (told["status"], told["attempt"], told["output"]["data"]["outcome"]) == ("succeeded", 1, 196)


@pytest.mark.full
def test_a_second_server_on_the_same_site_runs_nothing_twice(site: Faulty) -> None:
    first, other = site.server, site.start()
    try:
        jobs = [site.run(n) for n in range(20, 24)]
        told = [site.ended(job) for job in jobs]
        assert [(one["status"], one["attempt"]) for one in told] == [("succeeded", 1)] * 4
    finally:
        other.stop()
        site.server = first


@pytest.mark.full
def test_a_run_that_ends_every_process_is_given_up_and_the_others_are_not(tmp_path: Path) -> None:
    site = Faulty(tmp_path / "data")
    try:
        poison, healthy = site.run(1, "killing"), [site.run(n) for n in range(1, 21)]
        told = site.ended(poison)
        assert (told["status"], told["attempt"]) == ("failed", 3)
        assert told["error"].endswith(".")
        assert {site.ended(job)["status"] for job in healthy} == {"succeeded"}
    finally:
        site.server.stop()
