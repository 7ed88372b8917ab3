"""A small picture with another one's detail."""

from __future__ import annotations

import torch
from PIL import Image

from app.algorithms.vision.detail import Detail
from app.algorithms.vision.pixels import tensor
from tests.algorithms.vision.test_style_transfer import CPU, painted

LARGE, SMALL = torch.Size((40, 60)), torch.Size((20, 30))


def small(picture: Image.Image) -> torch.Tensor:
    return tensor(picture.resize((30, 20), Image.Resampling.LANCZOS), CPU)


def test_a_small_picture_of_the_whole_becomes_the_whole_again() -> None:
    whole = painted(1)
    torch.testing.assert_close(Detail(whole, CPU).enlarge(small(whole), LARGE), tensor(whole, CPU))


def test_what_was_changed_in_the_small_one_stays_changed() -> None:
    grey = Image.new("RGB", (60, 40), (90, 90, 90))
    made = Detail(grey, CPU).enlarge(torch.full((1, 3, *SMALL), 0.75), LARGE)
    torch.testing.assert_close(made, torch.full((1, 3, *LARGE), 0.75))


def test_at_its_own_size_it_is_left_alone() -> None:
    x = tensor(painted(2), CPU)
    assert Detail(painted(1), CPU).enlarge(x, x.shape[-2:]) is x
