"""Neural style transfer: a picture is optimised until it has one picture's content and another's style.

Source: Gatys, Ecker, Bethge, “Image Style Transfer Using Convolutional Neural Networks” (2016). Idea: deep features
of a network say what is where; which of them occur together (their Gram matrices) says how it is painted. The network
is frozen and gradient descent changes the pixels, coarse to fine. Invariant: the same pictures, options and seed give
the same result on the same machine, also where the run was stopped on the way and went on from its state.
"""

from pathlib import Path

import torch
from PIL import Image

from app.algorithms.vision import devices, snapshot
from app.algorithms.vision.catalogue import DOWNLOADED
from app.algorithms.vision.course import Course, Run, Stylised
from app.algorithms.vision.encoders import Network, encoder
from app.algorithms.vision.ladder import SMALLEST
from app.algorithms.vision.mixture import Mixture, Source, mixture
from app.algorithms.vision.options import Options
from app.algorithms.vision.scene import Scene
from app.algorithms.vision.snapshot import Snapshot

__all__ = ["Options", "Scene", "Stylised", "optimise", "stylise"]

USUAL = Options()


def stylise(
    content: Image.Image,
    style: Source | Mixture,
    options: Options = USUAL,
    *,
    inside: Source | Mixture | None = None,
    mask: Image.Image | None = None,
    first: Image.Image | None = None,
    state: bytes | None = None,
    device: str | None = None,
    models: Path = DOWNLOADED,
) -> Run:
    """One iterate a step; the last one's longest side is `options.size` pixels. ValueError says what is out of range.

    A style is a picture, the statistics of one, such as `styles.load` gives, or several of either with their weights.
    With a `mask` it goes where that is black; where it is white goes `inside`, or without it the photograph stays.
    The first iterate is number 0, the picture of one pass, where options ask to start with it. Send changed options to
    steer: strength, smoothness and layers are heeded. An iterate's `state()` is what going on from there needs: as if
    never stopped, if all but these three is as it was and steps are left; else from its picture, with a third of the
    steps, twenty at least, at full size.
    """
    picked = devices.pick(device)
    scene = Scene(content, mixture(style), mixture(inside) if inside else None, mask, first)
    _check_statistics(scene, options)
    network = encoder(options.network, picked, pooling=options.pooling, models=models)
    if picked.type == "cpu":
        devices.leave_one()
    return optimise(network, scene, options, device=picked, saved=snapshot.read(state, picked) if state else None)


def optimise(
    network: Network,
    scene: Scene,
    options: Options,
    *,
    device: torch.device,
    saved: Snapshot | None = None,
    smallest: int = SMALLEST,
) -> Run:
    """`stylise` on any network."""
    return Course(network, scene, options, device).run(saved, smallest)


def _check_statistics(scene: Scene, options: Options) -> None:
    for style, _ in (*scene.styles, *(scene.inside or ())):
        if isinstance(style, Image.Image):
            continue
        if style.network != options.network:
            raise ValueError(
                f"This style's statistics are those of {style.network}; {options.network} has other features."
            )
        if options.pooling == "max":
            raise ValueError(
                "This style's statistics were counted with average pooling; another one has other features."
            )
