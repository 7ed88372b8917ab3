from __future__ import annotations

import threading
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.db import writing
from app.jobs.pictures import JobPicture
from app.jobs.store import FolderStore
from tests.jobs.conftest import Lab


def test_a_key_is_what_the_bytes_are(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    key = store.put(b"one", "png")
    assert store.put(b"one", "png") == key
    assert store.put(b"two", "png") != key
    assert store.read(key) == b"one"
    store.delete(key)
    store.delete(key)
    with pytest.raises(FileNotFoundError):
        store.read(key)


def test_many_writers_of_the_same_bytes_leave_one_whole_file(tmp_path: Path) -> None:
    store, data = FolderStore(tmp_path), b"x" * 300_000
    threads = [threading.Thread(target=store.put, args=(data, "png")) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert [file.read_bytes() for file in files] == [data]


def test_a_file_without_a_byte_is_a_file(lab: Lab, client: FlaskClient) -> None:
    key = lab.app.extensions["jobs"].store.put(b"", "bin")
    job = lab.submit()
    with writing() as session:
        session.add(JobPicture(job.id, key, "result"))
    answer = client.get(f"/pictures/{key}")
    assert (answer.status_code, answer.data) == (200, b"")
