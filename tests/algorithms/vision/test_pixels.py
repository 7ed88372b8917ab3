"""Pictures as tensors, and back."""

import torch

from app.algorithms.vision.pixels import picture, resized, tensor
from tests.algorithms.vision.test_style_transfer import CPU, painted


def test_tensor_and_picture_are_inverse():
    image = painted(3)
    assert picture(tensor(image, CPU)).tobytes() == image.tobytes()


def test_resizing_to_the_same_shape_changes_nothing():
    x = tensor(painted(3), CPU)
    assert x.is_contiguous(memory_format=torch.channels_last)
    torch.testing.assert_close(resized(x, x.shape[-2:]), x)
    assert resized(x, torch.Size((7, 9))).shape == (1, 3, 7, 9)
