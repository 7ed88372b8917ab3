"""The teacher networks, read by the `teachers.py` that lies beside their weights in the training material."""

import importlib.util
from collections.abc import Collection
from pathlib import Path
from types import ModuleType

import torch
from torch import Tensor

LAYERS = ("relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1")
WIDE = (64, 128, 256, 512, 512)


class Teacher:
    """VGG-19 distilled by Wang et al. (2020), frozen: features by layer name, at the original's widths if `wide`."""

    def __init__(self, data: Path, *, wide: bool = False, precision: torch.dtype = torch.float32) -> None:
        self.network = material(data).vgg19_small16x()
        self.wide, self.precision = wide, precision

    def __call__(self, x: Tensor, layers: Collection[str] = LAYERS) -> dict[str, Tensor]:
        with torch.autocast(x.device.type, self.precision, enabled=self.precision is not torch.float32):
            features: dict[str, Tensor] = self.network.features(x, wide=self.wide)
        return {name: features[name] for name in layers}


class Judge:
    """SqueezeNet 1.1 (Iandola et al., 2016): an onlooker whose features nobody optimised. RGB in 0…1."""

    layers = ("conv1", "fire2", "fire3", "fire5", "fire9")

    def __init__(self, data: Path) -> None:
        self.network = material(data).squeezenet1_1()

    def __call__(self, x: Tensor) -> dict[str, Tensor]:
        mean = x.new_tensor((104.0, 117.0, 123.0)).view(1, 3, 1, 1)
        features = self.network.features(x.flip(1) * 255 - mean)
        return {name: features[name] for name in self.layers}


def material(data: Path) -> ModuleType:
    """The `teachers.py` of the material; ValueError where there is none."""
    spec = importlib.util.spec_from_file_location("teachers", data / "teachers.py")
    if spec is None or spec.loader is None or not (data / "teachers.py").exists():
        raise ValueError(f"There is no teachers.py in {data}.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
