"""The one list of network weights: which exist, where they come from, and how they are loaded and checked."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor

from app.algorithms.vision import devices
from app.algorithms.vision.networks.style_encoder import VGG19_DEPTHS, VGG19_WIDTHS, Vgg

SHIPPED = Path(__file__).parent / "weights"
DOWNLOADED = Path("models")


@dataclass(frozen=True)
class Weights:
    """A file of weights. `sha256` may be the beginning of the hash, as torchvision writes it in its file names."""

    name: str
    file: str
    size: int  # bytes
    sha256: str
    licence: str
    purpose: str
    torchvision: str | None = None  # its entry there, such as VGG19_Weights.IMAGENET1K_V1; None: ships with the project

    def path(self, models: Path = DOWNLOADED) -> Path:
        return (models if self.torchvision else SHIPPED) / self.file


STYLE_ENCODER = Weights(
    name="style-encoder",
    file="style_encoder.safetensors",
    size=1_622_544,
    sha256="cad04a9049c4ef376e2cb23dc76a54e5a9e3481ade87065c3ff0b94e4a0f46c1",
    licence="MIT",
    purpose="style and content features",
)
VGG19 = Weights(
    name="vgg19",
    file="vgg19-dcbb9e9d.pth",
    size=574_673_361,
    sha256="dcbb9e9d",
    licence="BSD-3-Clause",
    purpose="style and content features of the paper's own network",
    torchvision="VGG19_Weights.IMAGENET1K_V1",
)
ALL = (STYLE_ENCODER, VGG19)


def weights(name: str) -> Weights:
    """The entry of that name; ValueError names those there are."""
    for entry in ALL:
        if entry.name == name:
            return entry
    raise ValueError(f"There is no network “{name}”; there are {', '.join(entry.name for entry in ALL)}.")


def load_style_encoder(name: str, device: torch.device, models: Path = DOWNLOADED) -> Vgg:
    """A frozen encoder on `device` in its best precision, read once; ValueError where its file is missing or wrong."""
    return _load(weights(name), models, device, devices.precision(device))


def checked(entry: Weights, models: Path = DOWNLOADED) -> Path:
    """The entry's file, after its hash was compared; ValueError where it is missing or is another file."""
    path = entry.path(models)
    if not path.exists():
        raise ValueError(f"The weights of {entry.name} are not on this server; its operator can fetch them.")
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if not found.startswith(entry.sha256):
        raise ValueError(f"The weights of {entry.name} are not the file they should be; fetch them again.")
    return path


@lru_cache(maxsize=4)
def _load(entry: Weights, models: Path, device: torch.device, precision: torch.dtype) -> Vgg:
    path = checked(entry, models)
    encoder = _torchvision_vgg19(path) if entry.torchvision else _ours(path)
    encoder.requires_grad_(False).to(device, precision)
    return encoder.to(memory_format=torch.channels_last)  # type: ignore[call-overload, no-any-return]


def _ours(path: Path) -> Vgg:
    encoder = Vgg()
    encoder.load_state_dict({name: value.float() for name, value in load_file(path).items()})
    return encoder


def _torchvision_vgg19(path: Path) -> Vgg:
    # Only the convolutions are read: the classifier above them is six sevenths of the file.
    everything = torch.load(path, map_location="cpu", weights_only=True, mmap=True)
    encoder = Vgg(
        VGG19_WIDTHS, VGG19_DEPTHS, pooling="maximum", mean=(0.485, 0.456, 0.406), deviation=(0.229, 0.224, 0.225)
    )
    features: list[Tensor] = [value for name, value in everything.items() if name.startswith("features.")]
    encoder.load_state_dict(dict(zip(encoder.state_dict(), features, strict=True)))
    return encoder
