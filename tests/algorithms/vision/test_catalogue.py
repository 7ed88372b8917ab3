"""The list of weights: hashes are compared, absence is a sentence, and what ships is listed, small and described."""

import hashlib
import subprocess
import sys
from dataclasses import replace

import pytest
import torch

from app.algorithms.vision import catalogue, torchvision_shim  # noqa: F401
from app.algorithms.vision.catalogue import (
    ALL,
    RESNET34,
    SHIPPED,
    STYLE_ENCODER,
    checked,
    load_style_encoder,
    state,
    weights,
)

from torchvision.models import get_weight  # isort: skip

CARD = (SHIPPED / "MODEL_CARD.md").read_text()
MOST = 12_000_000  # bytes in the repository
ours = pytest.mark.parametrize("entry", [entry for entry in ALL if not entry.torchvision], ids=lambda entry: entry.name)
theirs = pytest.mark.parametrize("entry", [entry for entry in ALL if entry.torchvision], ids=lambda entry: entry.name)


@ours
def test_shipped_weights_are_the_listed_ones(entry):
    content = entry.path().read_bytes()
    assert len(content) == entry.size
    assert hashlib.sha256(content).hexdigest() == entry.sha256
    assert state(entry) == "ships"


@ours
def test_shipped_weights_have_a_section_in_the_card(entry):
    headings = [line for line in CARD.splitlines() if line.startswith("#")]
    assert any(entry.file in heading for heading in headings)


def test_no_file_of_weights_is_unlisted():
    listed = {entry.file for entry in ALL if not entry.torchvision}
    assert {file.name for file in SHIPPED.rglob("*") if file.is_file()} <= {*listed, "MODEL_CARD.md"}


def test_all_shipped_weights_together_are_small():
    assert sum(file.stat().st_size for file in SHIPPED.rglob("*") if file.is_file()) <= MOST


@theirs
def test_downloads_are_as_torchvision_lists_them(entry):
    listed = get_weight(entry.torchvision)
    assert listed.url.rpartition("/")[2] == entry.file
    assert entry.file.endswith(f"-{entry.sha256}.pth")
    assert entry.size / 2**20 == pytest.approx(listed.meta["_file_size"], abs=0.001)


def test_names_and_files_are_unique():
    assert len({entry.name for entry in ALL}) == len({entry.file for entry in ALL}) == len(ALL)


def test_a_download_is_not_fetched_then_here_then_damaged(tmp_path):
    entry = replace(RESNET34, sha256=hashlib.sha256(b"weights").hexdigest()[:8])
    assert state(entry, tmp_path) == "not fetched"
    with pytest.raises(ValueError, match="resnet34 are not on this server"):
        checked(entry, tmp_path)
    entry.path(tmp_path).write_bytes(b"weights")
    assert state(entry, tmp_path) == "here"
    assert checked(entry, tmp_path) == tmp_path / entry.file
    entry.path(tmp_path).write_bytes(b"weights.")
    assert state(entry, tmp_path) == "damaged"
    with pytest.raises(ValueError, match="resnet34 are not the file they should be; fetch them again"):
        checked(entry, tmp_path)


def test_what_cannot_be_read_is_damaged(tmp_path):
    RESNET34.path(tmp_path).mkdir()
    assert state(RESNET34, tmp_path) == "damaged"


@pytest.mark.parametrize("content", [None, b"another"])
def test_shipped_weights_that_are_gone_or_others_are_refused(tmp_path, monkeypatch, content):
    monkeypatch.setattr(catalogue, "SHIPPED", tmp_path)
    if content:
        (tmp_path / STYLE_ENCODER.file).write_bytes(content)
    assert state(STYLE_ENCODER) == "damaged"
    with pytest.raises(ValueError, match="they ship with the project"):
        checked(STYLE_ENCODER)


def test_unknown_networks_are_named():
    with pytest.raises(ValueError, match=f"no network “resnet”; there are {', '.join(entry.name for entry in ALL)}."):
        weights("resnet")


def test_a_network_for_something_else_is_no_style_encoder():
    with pytest.raises(ValueError, match=r"no network “resnet34”; there are style-encoder, vgg19\."):
        load_style_encoder("resnet34", torch.device("cpu"))


def test_the_list_needs_no_torch():
    code = (
        "import sys; sys.modules['torch'] = None; from app.algorithms.vision.catalogue import ALL, state; "
        "print(*map(state, ALL), sep='\\n')"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "ships" in told.splitlines()
