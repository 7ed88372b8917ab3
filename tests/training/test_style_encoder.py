"""Training: it learns, it resumes as if it had never stopped, and normalising changes no feature but its size."""

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from app.algorithms.vision.networks.style_encoder import Vgg
from training import pictures, style_encoder
from training.style_encoder import Student, export, normalised, train
from training.teacher import LAYERS, WIDE


def teacher(x):
    """Wide features that pictures determine and that need no file: pooled colours, mixed by fixed numbers."""
    wanted = {}
    for level, (name, width) in enumerate(zip(LAYERS, WIDE, strict=True)):
        mix = torch.randn(width, 3, 1, 1, generator=torch.Generator().manual_seed(level))
        small = torch.nn.functional.avg_pool2d(x, 2**level)
        wanted[name] = torch.nn.functional.conv2d(small - 0.4, mix).relu()
    return wanted


@pytest.fixture
def sources():
    random = np.random.default_rng(0)
    return [[random.integers(0, 256, (100, 120, 3), dtype=np.uint8) for _ in range(3)] for _ in range(3)]


def small(sources, folder, **options):
    return train(teacher, sources, folder=folder, seed=5, batch=4, side=32, **options)


@pytest.fixture(autouse=True)
def often(monkeypatch):
    monkeypatch.setattr(style_encoder, "REVIVE_EVERY", 2)


def test_resumed_run_ends_like_an_uninterrupted_one(sources, tmp_path):
    straight = small(sources, tmp_path / "straight", steps=6).state_dict()
    small(sources, tmp_path / "halves", steps=6, stop_after=3)
    halves = small(sources, tmp_path / "halves", steps=6).state_dict()
    assert all(torch.equal(straight[name], halves[name]) for name in straight)


def test_seed_decides_the_run(sources, tmp_path):
    first = train(teacher, sources, folder=tmp_path / "a", seed=1, batch=4, side=32, steps=1).state_dict()
    other = train(teacher, sources, folder=tmp_path / "b", seed=2, batch=4, side=32, steps=1).state_dict()
    assert not torch.equal(first["encoder.convolutions.1_1.weight"], other["encoder.convolutions.1_1.weight"])


def test_it_learns_and_logs(sources, tmp_path, capsys):
    small(sources, tmp_path, steps=50)
    header, *rows = [row.split(",") for row in (tmp_path / "style_encoder.csv").read_text().split()]
    assert header == ["step", "seconds", *LAYERS]
    assert [row[0] for row in rows] == ["25", "50"]
    assert sum(map(float, rows[1][2:])) < sum(map(float, rows[0][2:]))
    assert capsys.readouterr().out.count("min left") == 2


def test_normalising_only_rescales(sources):
    torch.manual_seed(0)
    encoder, x = Student().encoder, pictures.crops(sources[0], 4, 48, np.random.default_rng(0))
    with torch.no_grad():
        before = encoder(x)
        after = normalised(encoder, [x])(x)
    for name, features in after.items():
        means = before[name].mean((0, 2, 3), keepdim=True)
        scale = means.clamp_min(0.02 * means.mean())
        torch.testing.assert_close(features * scale, before[name], rtol=1e-3, atol=1e-3)
        loud = means.flatten() > 0.02 * means.mean()
        torch.testing.assert_close(features.mean((0, 2, 3))[loud], torch.ones(int(loud.sum())), rtol=1e-3, atol=1e-3)


def test_export_is_the_encoder_alone(sources, tmp_path):
    torch.manual_seed(0)
    x = pictures.crops(sources[0], 2, 32, np.random.default_rng(0))
    export(Student(), [x], tmp_path / "weights" / "encoder.safetensors")
    weights = load_file(tmp_path / "weights" / "encoder.safetensors")
    assert set(weights) == set(Vgg().state_dict())
    assert {value.dtype for value in weights.values()} == {torch.float16}
