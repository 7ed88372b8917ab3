"""The one list of network weights: which exist, where they come from, what they are for, and whether a file is right.

Small networks of our own ship with the project; big ones that everybody knows are fetched from torchvision. To add a
network is to write its entry and to name it in `ALL`. Invariant: no weights are loaded before their hash was compared.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch

    from app.algorithms.vision.networks.style_decoder import StyleDecoder
    from app.algorithms.vision.networks.style_encoder import Vgg

SHIPPED = Path(__file__).parent / "weights"
DOWNLOADED = Path("models")


@dataclass(frozen=True)
class Weights:
    """A file of weights. `sha256` may be the beginning of the hash, as torchvision writes it in its file names."""

    name: str
    file: str
    size: int  # bytes; of torchvision's files about, to a kilobyte, as its own tables give it
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
STYLE_DECODER = Weights(
    name="style-decoder",
    file="style_decoder.safetensors",
    size=1_406_966,
    sha256="1b1d4fbc433acc6b3f34e9416299573bb50d8d7b09fbfa9bf12607748a42e00a",
    licence="MIT",
    purpose="a picture from features in another style, in one pass",
)
STYLES = Weights(
    name="styles",
    file="styles.safetensors",
    size=1_562_084,
    sha256="7066e09126708a3ad1149ae7abe6e0698781432904b50961b1f0e7d875e6ff47",
    licence="MIT",
    purpose="statistics of thirteen paintings, as the style encoder sees them",
)
DETECTOR = Weights(
    name="detector",
    file="detector.safetensors",
    size=2_179_440,
    sha256="ad49fa013a6347ade2cf37ad91b41de7ce7906ad20d05acc5365980fd4d89c3d",
    licence="Apache-2.0",
    purpose="object detection, 80 classes",
)
DETECTOR_STAGES = Weights(
    name="detector-stages",
    file="detector_stages.safetensors",
    size=1_058_432,
    sha256="23ada4276cc4e539087e68b7775bf76c5f9bba725fdff84dd153ed7b4a37616c",
    licence="Apache-2.0",
    purpose="what the detection series does before it has a detector",
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
RESNET34 = Weights(
    name="resnet34",
    file="resnet34-b627a593.pth",
    size=87_320_000,
    sha256="b627a593",
    licence="BSD-3-Clause",
    purpose="feature maps of a network with shortcuts",
    torchvision="ResNet34_Weights.IMAGENET1K_V1",
)
SSDLITE320 = Weights(
    name="ssdlite320",
    file="ssdlite320_mobilenet_v3_large_coco-a79551df.pth",
    size=14_070_000,
    sha256="a79551df",
    licence="BSD-3-Clause",
    purpose="detection, small: SSDlite at 320 px on MobileNetV3",
    torchvision="SSDLite320_MobileNet_V3_Large_Weights.COCO_V1",
)
SSD300 = Weights(
    name="ssd300",
    file="ssd300_vgg16_coco-b556d3b4.pth",
    size=142_594_000,
    sha256="b556d3b4",
    licence="BSD-3-Clause",
    purpose="detection, the paper's own: SSD at 300 px on VGG-16",
    torchvision="SSD300_VGG16_Weights.COCO_V1",
)
ALL = (STYLE_ENCODER, STYLE_DECODER, STYLES, DETECTOR, DETECTOR_STAGES, VGG19, RESNET34, SSDLITE320, SSD300)
STYLE_ENCODERS = (STYLE_ENCODER.name, VGG19.name)


def weights(name: str, among: Collection[str] = ()) -> Weights:
    """The entry of that name, or of that name among some; ValueError names those there are."""
    entries = [entry for entry in ALL if not among or entry.name in among]
    for entry in entries:
        if entry.name == name:
            return entry
    raise ValueError(f"There is no network “{name}”; there are {', '.join(entry.name for entry in entries)}.")


def state(entry: Weights, models: Path = DOWNLOADED) -> str:
    """What can be said of its file: ships, here, not fetched or damaged. Reads all of it."""
    path = entry.path(models)
    if not path.exists():
        return "not fetched" if entry.torchvision else "damaged"
    if not matches(entry, path):
        return "damaged"
    return "here" if entry.torchvision else "ships"


def checked(entry: Weights, models: Path = DOWNLOADED) -> Path:
    """The entry's file, after its hash was compared; ValueError where it is missing or is another file."""
    found = state(entry, models)
    if found == "not fetched":
        raise ValueError(f"The weights of {entry.name} are not on this server; its operator can fetch them.")
    if found == "damaged":
        cure = "fetch them again" if entry.torchvision else "they ship with the project: take them from there again"
        raise ValueError(f"The weights of {entry.name} are not the file they should be; {cure}.")
    return entry.path(models)


def matches(entry: Weights, path: Path) -> bool:
    """Whether this file can be read and its hash is the entry's."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest().startswith(entry.sha256)
    except OSError:
        return False


def load_style_encoder(name: str, device: torch.device, models: Path = DOWNLOADED) -> Vgg:
    """A frozen encoder on `device` in its best precision, read once; ValueError where its file is missing or wrong."""
    # Imported when a network is wanted: whoever lists or checks files need not load torch.
    from app.algorithms.vision.pretrained import style_encoder

    return style_encoder(weights(name, STYLE_ENCODERS), device, models)


def load_style_decoder(device: torch.device) -> StyleDecoder:
    """The frozen decoder on `device` in its best precision, read once; ValueError where its file is wrong."""
    from app.algorithms.vision.pretrained import style_decoder

    return style_decoder(STYLE_DECODER, device)
