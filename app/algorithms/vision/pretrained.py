"""Networks from the catalogue's files: built without weights of their own, filled, frozen, each read once.

A file is read only after its hash was compared, and never as a program: tensors are all that is unpickled from it.
"""

import zipfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from app.algorithms.vision import devices
from app.algorithms.vision.catalogue import DOWNLOADED, RESNET34, Weights, checked, weights
from app.algorithms.vision.networks.style_decoder import StyleDecoder
from app.algorithms.vision.networks.style_encoder import VGG19_DEPTHS, VGG19_WIDTHS, Vgg

# The name of each network's constructor in torchvision, and what it is told so that it fetches nothing by itself.
BUILDERS: dict[str, tuple[str, dict[str, None]]] = {
    "resnet34": ("resnet34", {"weights": None}),
    "ssdlite320": ("ssdlite320_mobilenet_v3_large", {"weights": None, "weights_backbone": None}),
    "ssd300": ("ssd300_vgg16", {"weights": None, "weights_backbone": None}),
}


@dataclass(frozen=True)
class Pretrained:
    """A network of torchvision's, and the names of its classes by their number; a detector's number 0 is background."""

    network: nn.Module
    classes: tuple[str, ...]


def style_encoder(entry: Weights, device: torch.device, models: Path = DOWNLOADED) -> Vgg:
    """A frozen encoder on `device` in its best precision; ValueError where its file is missing or wrong."""
    return _style_encoder(entry, models, device, devices.precision(device))


def style_decoder(entry: Weights, device: torch.device) -> StyleDecoder:
    """A frozen decoder on `device` in its best precision; ValueError where its file is missing or wrong."""
    return _style_decoder(entry, device, devices.precision(device))


def load_resnet34(device: torch.device, models: Path = DOWNLOADED) -> nn.Module:
    """torchvision's ResNet-34, for its feature maps; ValueError where its file is missing or wrong."""
    return load_torchvision(RESNET34.name, device, models).network


def load_torchvision(name: str, device: torch.device, models: Path = DOWNLOADED) -> Pretrained:
    """torchvision's resnet34, ssdlite320 or ssd300, frozen, in float32 on `device`, read once.

    ValueError where there is no such network, or where its file is missing or wrong.
    """
    if name not in BUILDERS:
        raise ValueError(f"torchvision builds no network “{name}” here; it builds {', '.join(BUILDERS)}.")
    return _torchvision(weights(name), models, device)


@lru_cache(maxsize=4)
def _style_encoder(entry: Weights, models: Path, device: torch.device, precision: torch.dtype) -> Vgg:
    path = checked(entry, models)
    encoder = _torchvision_vgg19(path) if entry.torchvision else _ours(path)
    encoder.requires_grad_(False).to(device, precision)
    return encoder.to(memory_format=torch.channels_last)  # type: ignore[call-overload, no-any-return]


def _ours(path: Path) -> Vgg:
    encoder = Vgg()
    encoder.load_state_dict({name: value.float() for name, value in load_file(path).items()})
    return encoder


def _torchvision_vgg19(path: Path) -> Vgg:
    # Only the convolutions are taken: the classifier above them is six sevenths of the file.
    encoder = Vgg(
        VGG19_WIDTHS, VGG19_DEPTHS, pooling="maximum", mean=(0.485, 0.456, 0.406), deviation=(0.229, 0.224, 0.225)
    )
    features: list[Tensor] = [value for name, value in _read(path).items() if name.startswith("features.")]
    encoder.load_state_dict(dict(zip(encoder.state_dict(), features, strict=True)))
    return encoder


@lru_cache(maxsize=4)
def _style_decoder(entry: Weights, device: torch.device, precision: torch.dtype) -> StyleDecoder:
    decoder = StyleDecoder()
    decoder.load_state_dict({name: value.float() for name, value in load_file(checked(entry)).items()})
    decoder.requires_grad_(False).to(device, precision)
    return decoder.to(memory_format=torch.channels_last)  # type: ignore[call-overload, no-any-return]


@lru_cache(maxsize=4)
def _torchvision(entry: Weights, models: Path, device: torch.device) -> Pretrained:
    path = checked(entry, models)
    from app.algorithms.vision import torchvision_shim  # noqa: F401, I001
    from torchvision.models import get_model, get_weight

    builder, nothing = BUILDERS[entry.name]
    network: nn.Module = get_model(builder, **nothing)
    network.load_state_dict(_read(path))
    classes = tuple(get_weight(entry.torchvision).meta["categories"])
    return Pretrained(network.eval().requires_grad_(False).to(device), classes)


def _read(path: Path) -> dict[str, Tensor]:
    # Files from before 2020, such as VGG-19's, are no archives and cannot be mapped into memory: they are read whole.
    values: dict[str, Tensor] = torch.load(path, map_location="cpu", weights_only=True, mmap=zipfile.is_zipfile(path))
    return values
