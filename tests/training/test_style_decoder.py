"""Training the decoder: it learns, it resumes as if it had never stopped, and its losses are what they say."""

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from app.algorithms.vision.networks.style_decoder import StyleDecoder
from app.algorithms.vision.networks.style_encoder import Vgg
from training.style_decoder import LOSSES, export, losses, train

WIDTHS = (4, 6, 8, 8, 8)


@pytest.fixture
def encoder():
    torch.manual_seed(0)
    network = Vgg(WIDTHS).requires_grad_(False)
    for layer in network.convolutions.values():
        torch.nn.init.kaiming_normal_(layer.weight)
    return network


@pytest.fixture
def sources():
    random = np.random.default_rng(0)
    return [[random.integers(0, 256, (100, 120, 3), dtype=np.uint8) for _ in range(3)] for _ in range(3)]


def small(encoder, sources, folder, *, seed=5, **options):
    torch.manual_seed(1)
    chosen = {"folder": folder, "seed": seed, "batch": 4, "side": 16, **options}
    return train(encoder, sources[0], sources[1:], decoder=StyleDecoder(WIDTHS), **chosen)


def test_resumed_run_ends_like_an_uninterrupted_one(encoder, sources, tmp_path):
    straight = small(encoder, sources, tmp_path / "straight", steps=6).state_dict()
    # Stopped after the larger squares have begun, so both parts of a run are resumed.
    for stop in (2, 5, None):
        halves = small(encoder, sources, tmp_path / "halves", steps=6, stop_after=stop).state_dict()
    assert all(torch.equal(straight[name], halves[name]) for name in straight)


def test_seed_decides_the_run(encoder, sources, tmp_path):
    first, other, again = (
        small(encoder, sources, tmp_path / str(number), seed=seed, steps=2).state_dict()["paint.weight"]
        for number, seed in enumerate((1, 2, 1))
    )
    assert not torch.equal(first, other)
    assert torch.equal(first, again)


def test_it_learns_and_logs(encoder, sources, tmp_path, capsys):
    small(encoder, sources, tmp_path, steps=75)
    header, *rows = [row.split(",") for row in (tmp_path / "style_decoder.csv").read_text().split()]
    assert header == ["step", "seconds", *LOSSES]
    assert [row[0] for row in rows] == ["25", "50", "75"]
    totals = [sum(map(float.__mul__, map(float, row[2:]), LOSSES.values())) for row in rows]
    assert totals[2] < totals[0]
    assert capsys.readouterr().out.count("min left") == 3


class Mirror(torch.nn.Module):
    """A decoder that paints what it is told to."""

    def __init__(self, picture):
        super().__init__()
        self.picture = picture

    def forward(self, features, style):
        return self.picture


def test_losses_vanish_where_they_should(encoder):
    content, painted = (torch.rand(3, 3, 24, 24, generator=torch.Generator().manual_seed(seed)) for seed in (0, 1))
    as_it_was = losses(encoder, Mirror(content), content, content)
    assert {name for name, loss in as_it_was.items() if loss < 1e-6} == {"gram", "moments", "same"}
    # Channels that hardly fire are not normalised in full, so their target is not quite what they were.
    assert as_it_was["content"] < 0.01
    copied = losses(encoder, Mirror(torch.cat([content[:1], painted[1:]])), content, painted)
    assert {name for name, loss in copied.items() if loss < 1e-6} == {"gram", "moments", "same"}
    flat = losses(encoder, Mirror(torch.full_like(content, 0.5)), content, painted)
    assert {name for name, loss in flat.items() if loss < 1e-6} == {"variation"}


def test_export_is_the_decoder(tmp_path):
    torch.manual_seed(0)
    decoder = StyleDecoder()
    export(decoder, tmp_path / "weights" / "decoder.safetensors")
    weights = load_file(tmp_path / "weights" / "decoder.safetensors")
    assert set(weights) == set(decoder.state_dict())
    assert {value.dtype for value in weights.values()} == {torch.float16}
    for name, value in decoder.state_dict().items():
        torch.testing.assert_close(weights[name].float(), value, rtol=1e-3, atol=1e-3)
