"""Fetching files: whole, resumed and refused, from a mirror on this machine."""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import socket
from dataclasses import replace
from pathlib import Path

import pytest

from app.algorithms.vision import downloads
from app.algorithms.vision.catalogue import RESNET34, STYLE_ENCODER, Weights
from app.algorithms.vision.downloads import CHUNK, NotFetched, Received, address, fetch
from tests.mirror import Mirror

CONTENT = bytes(range(251)) * 4000  # some four chunks, none like the one before it


@pytest.fixture
def models(tmp_path: Path) -> Path:
    return tmp_path / "models"


@pytest.fixture
def entry(mirror: Mirror) -> Weights:
    """A file that the mirror has."""
    (mirror.folder / RESNET34.file).write_bytes(CONTENT)
    return replace(RESNET34, size=len(CONTENT), sha256=hashlib.sha256(CONTENT).hexdigest()[:8])


def left(models: Path) -> list[str]:
    """What a fetch left in the folder, but for its lock."""
    return sorted(file.name for file in models.iterdir() if file.name != ".lock")


def test_a_file_lands_in_its_place_and_the_way_there_is_told(mirror: Mirror, entry: Weights, models: Path) -> None:
    told = list(fetch(entry, models, mirror.url + "/"))
    assert entry.path(models).read_bytes() == CONTENT
    assert left(models) == [entry.file]
    assert told[0] == Received(0, len(CONTENT))
    assert told[-1] == Received(len(CONTENT), len(CONTENT))
    assert [received.done for received in told] == sorted({received.done for received in told})


def test_a_length_that_is_not_told_is_the_listed_one(mirror: Mirror, entry: Weights, models: Path) -> None:
    mirror.tells_length = False
    assert list(fetch(entry, models, mirror.url))[-1] == Received(len(CONTENT), entry.size)
    assert entry.path(models).read_bytes() == CONTENT


@pytest.mark.parametrize("can_resume", [True, False])
def test_a_cut_fetch_is_resumed(mirror: Mirror, entry: Weights, models: Path, can_resume: bool) -> None:
    mirror.cut_after, mirror.can_resume = CHUNK + 1000, can_resume
    with pytest.raises(NotFetched, match=r"127.0.0.1:\d+ was cut after 0.3 MB; the next fetch goes on"):
        list(fetch(entry, models, mirror.url))
    assert left(models) == [f"{entry.file}.part"]
    mirror.cut_after = None
    first, *_ = fetch(entry, models, mirror.url)
    assert first == Received(CHUNK + 1000 if can_resume else 0, len(CONTENT))
    assert mirror.ranges_asked == [None, f"bytes={CHUNK + 1000}-"]
    assert entry.path(models).read_bytes() == CONTENT


def test_a_stopped_fetch_keeps_what_came(mirror: Mirror, entry: Weights, models: Path) -> None:
    updates = fetch(entry, models, mirror.url)
    next(updates), next(updates)
    updates.close()
    assert (models / f"{entry.file}.part").read_bytes() == CONTENT[:CHUNK]


def test_a_complete_part_needs_no_network(mirror: Mirror, entry: Weights, models: Path) -> None:
    models.mkdir()
    (models / f"{entry.file}.part").write_bytes(CONTENT)
    assert list(fetch(entry, models, mirror.url)) == []
    assert mirror.ranges_asked == []
    assert left(models) == [entry.file]


def test_a_part_that_is_longer_than_the_file_is_thrown_away(mirror: Mirror, entry: Weights, models: Path) -> None:
    models.mkdir()
    (models / f"{entry.file}.part").write_bytes(CONTENT + b"more")
    list(fetch(entry, models, mirror.url))
    assert mirror.ranges_asked == [f"bytes={len(CONTENT) + 4}-", None]
    assert entry.path(models).read_bytes() == CONTENT


def test_a_damaged_file_is_replaced(mirror: Mirror, entry: Weights, models: Path) -> None:
    models.mkdir()
    entry.path(models).write_bytes(b"another")
    list(fetch(entry, models, mirror.url))
    assert entry.path(models).read_bytes() == CONTENT


def test_another_hash_is_refused_and_deleted(mirror: Mirror, entry: Weights, models: Path) -> None:
    (mirror.folder / entry.file).write_bytes(CONTENT[:-1] + b"!")
    with pytest.raises(NotFetched, match=f"is not {entry.file}"):
        list(fetch(entry, models, mirror.url))
    assert left(models) == []


@pytest.mark.parametrize("tells_length", [True, False])
def test_far_more_than_there_should_be_is_not_taken_in(
    mirror: Mirror, entry: Weights, models: Path, tells_length: bool
) -> None:
    (mirror.folder / entry.file).write_bytes(CONTENT * 3)
    mirror.tells_length = tells_length
    most = 0
    with pytest.raises(NotFetched, match="it should be 1.0 MB" if tells_length else "its hash is another"):
        for received in fetch(entry, models, mirror.url):
            most = received.done
    assert most < 2 * len(CONTENT)


def test_what_the_mirror_lacks_is_a_sentence(mirror: Mirror, entry: Weights, models: Path) -> None:
    (mirror.folder / entry.file).unlink()
    with pytest.raises(NotFetched, match=f"answered 404.*{entry.file}"):
        list(fetch(entry, models, mirror.url))


def test_a_closed_port_is_a_sentence(entry: Weights, models: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # bound but not listening
        with pytest.raises(NotFetched, match="cannot be reached: Connection refused"):
            list(fetch(entry, models, f"http://127.0.0.1:{closed.getsockname()[1]}"))


def test_silence_is_a_sentence(entry: Weights, models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads, "SILENCE", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(NotFetched, match="timed out"):
        list(fetch(entry, models, f"http://127.0.0.1:{silent.getsockname()[1]}"))


@pytest.mark.parametrize("mirror_url", ["ftp://here", "models.example", "file:///etc", "http://[", "http://a:b"])
def test_what_is_no_address_is_a_sentence(entry: Weights, models: Path, mirror_url: str) -> None:
    with pytest.raises(NotFetched, match=r"no address|cannot be fetched"):
        list(fetch(entry, models, mirror_url))


def test_a_disk_with_too_little_room_is_left_as_it_is(
    mirror: Mirror, entry: Weights, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9 - 1000, 1000))
    with pytest.raises(NotFetched, match=r"needs 1.0 MB more; the disk has 0.0 MB left"):
        list(fetch(entry, models, mirror.url))
    assert (models / f"{entry.file}.part").stat().st_size == 0


def test_a_disk_that_fills_up_on_the_way_is_a_sentence(mirror: Mirror, entry: Weights, models: Path) -> None:
    models.mkdir()
    (models / f"{entry.file}.part").symlink_to("/dev/full")
    with pytest.raises(NotFetched, match="No space left on device"):
        list(fetch(entry, models, mirror.url))


def test_a_folder_that_cannot_be_is_a_sentence(mirror: Mirror, entry: Weights, models: Path) -> None:
    models.write_text("a file")
    with pytest.raises(NotFetched, match="cannot be written: File exists"):
        list(fetch(entry, models, mirror.url))


def test_a_second_fetch_into_the_folder_is_refused(mirror: Mirror, entry: Weights, models: Path) -> None:
    models.mkdir()
    with (models / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(NotFetched, match="Another fetch"):
            list(fetch(entry, models, mirror.url))


def test_what_ships_is_not_fetched(models: Path) -> None:
    with pytest.raises(NotFetched, match="style-encoder ships"):
        list(fetch(STYLE_ENCODER, models))


def test_without_a_mirror_the_address_is_torchvisions_own() -> None:
    assert address(RESNET34).startswith("https://download.pytorch.org/")
    assert address(RESNET34).endswith(RESNET34.file)
