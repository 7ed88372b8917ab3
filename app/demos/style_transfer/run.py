"""Neural style transfer: the run."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from typing import Any

from PIL import Image

from app.algorithms.vision import styles
from app.algorithms.vision.mixture import Mixture, Source
from app.algorithms.vision.paintings import PAINTINGS
from app.algorithms.vision.style_transfer import Options, Stylised, stylise
from app.demos.base import Photo, Update
from app.demos.networks import folder
from app.demos.style_transfer.demo import FADERS, Inputs

NETWORKS = {"trained": "style-encoder"}  # the others are named alike here and there


def warm_up() -> None:
    """The weights are read and the first step is made before a reader waits for them."""
    grey = Image.new("RGB", (64, 64), "grey")
    list(stylise(grey, grey, Options(size=64, steps=1)))


def run(inputs: Inputs, state: bytes | None = None) -> Generator[Update, dict[str, Any] | None, None]:
    # A second style that has the painted area to itself has no part in the mix.
    apart = inputs.mask is not None and inputs.style_2 is not None
    iterates = stylise(
        inputs.content.image,
        _mixture(inputs, [1, 3] if apart else [1, 2, 3]),
        _options(inputs),
        inside=_mixture(inputs, [2]) if apart else None,
        mask=inputs.mask.image if inputs.mask else None,
        first=inputs.style.image,
        state=state,
        models=folder(),
    )
    steered = None
    while (iterate := _next(iterates, steered)) is not None:
        changes = yield _update(iterate)
        steered = _steered(iterate.options, changes) if changes else None


def _options(inputs: Inputs) -> Options:
    return Options(
        size=int(inputs.size),
        steps=inputs.steps,
        strength=inputs.strength,
        smoothness=inputs.smoothness,
        layers=tuple(getattr(inputs, fader) for fader in FADERS),
        content_layer=inputs.content_layer,
        scale=inputs.scale,
        pooling=inputs.pooling,
        colours=inputs.colours,
        goal=inputs.goal,
        start=inputs.start,
        optimiser=inputs.optimiser,
        network=NETWORKS.get(inputs.network, inputs.network),
        seed=inputs.seed,
    )


def _steered(options: Options, changes: dict[str, Any]) -> Options:
    layers = tuple(changes.get(fader, weight) for fader, weight in zip(FADERS, options.layers, strict=True))
    return replace(options, layers=layers, **{name: changes[name] for name in changes if name not in FADERS})


def _mixture(inputs: Inputs, numbers: list[int]) -> Mixture:
    given = {1: inputs.style, 2: inputs.style_2, 3: inputs.style_3}
    parts = [(photo, getattr(inputs, f"weight_{number}")) for number in numbers if (photo := given[number])]
    even = not any(weight for _, weight in parts)  # of nothing but noughts the ratios are those of ones
    return [(_style(inputs, photo), 1.0 if even else weight) for photo, weight in parts]


def _style(inputs: Inputs, photo: Photo) -> Source:
    # The picture on the shelf of paintings is a swatch; what the painting itself measured serves better, where it was
    # measured in the same way.
    counted = inputs.network == "trained" and inputs.pooling == "average"
    return styles.load(photo.name) if counted and photo.name in PAINTINGS else photo.image


def _next(iterates: Generator[Stylised, Options | None, None], steered: Options | None) -> Stylised | None:
    try:
        return iterates.send(steered)
    except StopIteration:
        return None


def _update(iterate: Stylised) -> Update:
    numbers: dict[str, Any] = {"step": iterate.step, "of": iterate.of, "size": iterate.size}
    numbers |= {"losses": _rounded(iterate.losses), "seconds": round(iterate.seconds, 3)}
    pictures = {"result": iterate.picture}
    if iterate.step == iterate.of:
        pictures["painted"] = iterate.painted
    if iterate.once and iterate.step in (0, iterate.of):
        numbers["once"] = {"seconds": round(iterate.once.seconds, 3), "losses": _rounded(iterate.once.losses)}
        if iterate.step:
            pictures["once"] = iterate.once.picture
    return Update(iterate.progress, numbers, pictures, state=iterate.state)


def _rounded(losses: dict[str, float]) -> dict[str, float]:
    return {name: float(f"{loss:.4g}") for name, loss in losses.items()}
