"""A run as bytes: all that it needs to go on from a step as if it had never stopped.

Invariant: with Adam, going on from a snapshot gives the same pictures, bit for bit, as not stopping. The history of
L-BFGS is not kept: ten pictures' worth of numbers are gathered again in ten steps.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load, save
from torch import Tensor

from app.algorithms.vision.ladder import Rungs
from app.algorithms.vision.pixels import channels_last

MOMENTS = ("step", "exp_avg", "exp_avg_sq")


@dataclass(frozen=True)
class Snapshot:
    """The picture (1, 3, h, w) after `step` of the rungs' steps, Adam's moments, and what the run says of itself."""

    x: Tensor
    moments: dict[str, Tensor]  # none with L-BFGS
    rungs: Rungs
    step: int
    seconds: float
    about: Mapping[str, Any] = field(default_factory=dict)

    @property
    def finished(self) -> bool:
        return self.step >= sum(steps for _, steps in self.rungs)

    def write(self) -> bytes:
        tensors = {"x": self.x.detach(), **self.moments}
        told = {"rungs": self.rungs, "step": self.step, "seconds": self.seconds, "about": self.about}
        return save({name: value.cpu().contiguous() for name, value in tensors.items()}, {"run": json.dumps(told)})


def read(data: bytes, device: torch.device) -> Snapshot:
    """The snapshot that `write` has written; ValueError where it is none."""
    try:
        tensors = {name: value.to(device) for name, value in load(data).items()}
        told = json.loads(_metadata(data)["run"])
        rungs = [(int(size), int(steps)) for size, steps in told["rungs"]]
        x, moments = channels_last(tensors["x"]), {name: tensors[name] for name in MOMENTS if name in tensors}
        laid = {name: channels_last(value) if value.dim() == 4 else value for name, value in moments.items()}
        return Snapshot(x, laid, rungs, int(told["step"]), float(told["seconds"]), told["about"])
    except (SafetensorError, KeyError, TypeError, ValueError) as error:
        raise ValueError("This is no state of a run that can go on.") from error


def _metadata(data: bytes) -> dict[str, str]:
    # The format: eight bytes with the length of a JSON header, the header, the tensors. Its library reads the
    # metadata of files only.
    length = int.from_bytes(data[:8], "little")
    metadata: dict[str, str] = json.loads(data[8 : 8 + length])["__metadata__"]
    return metadata
