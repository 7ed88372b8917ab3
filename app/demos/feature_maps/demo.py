"""What a convnet looks for: what the bench asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.algorithms.vision.feature_maps.layers import SHIPPED, address
from app.demos.base import Choice, Demo, Number, Photo, Picture, Toggle, asks
from app.demos.feature_maps import gallery
from app.demos.feature_maps.about import about
from app.demos.feature_maps.channel import Channel, titled
from app.demos.feature_maps.cost import work
from app.demos.feature_maps.schedule import SWITCHES
from app.errors import InvalidInput

HERE = Path(__file__).parent
DEFAULT = "style-encoder/relu5_1/1"
QUESTIONS = {
    "draw": "What it looks for",
    "methods": "Three methods",
    "photo": "What my photograph excites",
    "push": "Push my photograph",
}
OBJECTIVES = {
    "channel": "The channel, everywhere",
    "negative": "Its opposite",
    "neuron": "One place of it",
    "direction": "A direction of the layer",
    "mix": "Two channels mixed",
    "difference": "One without the other",
    "diversity": "Four different pictures",
}
OF_TWO = ("mix", "difference")
METHODS = {"fourier": "Fourier", "growing": "Growing", "plain": "Plain pixels", "own": "As switched below"}
SIZES = {str(side): f"{side} px" for side in (128, 224, 320, 408)}


def _switch(label: str, on: bool, words: str) -> bool:
    chosen: bool = asks(Toggle(label, help=words), on, group="Regularisers")
    return chosen


@dataclass(frozen=True)
class Inputs:
    question: str = asks(Choice("Question", QUESTIONS), "draw")
    channel: str = asks(
        Channel(
            "Channel",
            help="Network, layer and number.",
            examples=("style-encoder/relu1_1/3", "style-encoder/relu2_1/7", "detector/stage2/4"),
        ),
        DEFAULT,
    )
    objective: str = asks(Choice("Wanted", OBJECTIVES), "channel")
    second: str | None = asks(
        Channel(
            "Second channel",
            help="For two channels: another one of the network. Left out, it is the next of the layer.",
            examples=("style-encoder/relu1_1/8",),
        ),
        optional=True,
    )
    mix: float = asks(Number("Share of the second", 0, 1, 0.05, help="For two channels mixed."), 0.5)
    x: int = asks(Number("Place, across", 0, 100, unit="%", help="For one place, and for a direction."), 50)
    y: int = asks(Number("Place, down", 0, 100, unit="%"), 50)
    photo: Photo = asks(
        Picture("Photograph", shelf=[gallery.shelf()], help="To be looked at or pushed; a direction is read from it."),
        "coffee",
    )
    occluder: int = asks(
        Number("Grey square", 16, 96, 8, unit="px", help="Slid over the photograph, which is seen at 320 px."), 40
    )
    method: str = asks(Choice("Method", METHODS), "fourier")

    grow: bool = _switch("Grow", False, "Begin small and enlarge, so that coarse shapes come first.")
    blur: bool = _switch("Blur", False, "After each enlarging.")
    fourier: bool = _switch("Fourier", True, "Change frequencies instead of pixels.")
    decorrelate: bool = _switch("Decorrelate colours", True, "Along the axes in which photographs vary.")
    jitter: bool = _switch("Jitter", True, "Shift the picture at every step.")
    scale: bool = _switch("Scale", True, "Stretch or shrink it a little at every step.")
    turn: bool = _switch("Turn", True, "Turn it a little at every step.")
    decay: bool = _switch("Decay", False, "Draw it back to grey, a little at every step.")

    size: str = asks(Choice("Size", SIZES, help="Of the finished picture."), "224", group="Schedule")
    steps: int = asks(Number("Steps", 10, 500, 10, help="Over all sizes."), 180, group="Schedule")
    start: int = asks(Number("First size", 24, 224, 8, unit="px", help="Where it grows."), 56, group="Schedule")
    factor: float = asks(Number("Factor", 1.1, 2, 0.05, help="From one size to the next."), 1.2, group="Schedule")
    radius: float = asks(Number("Blur", 0, 4, 0.25, unit="px", help="Where it is blurred."), 1, group="Schedule")
    rate: float = asks(
        Number("Rate", 0.25, 4, 0.25, unit="×", help="Length of a step, as a multiple of the method’s own."),
        1,
        group="Schedule",
    )

    untrained: bool = asks(
        Toggle("Untrained", help="The same network before it learned anything."), False, group="Network"
    )
    seed: int = asks(Number("Seed", 0, 9999, help="The same seed gives the same picture."), 0, group="Network")

    def __post_init__(self) -> None:
        if self.second and self.objective in OF_TWO and address(self.second).network != address(self.channel).network:
            raise InvalidInput({"second": "Second channel: the two must be of one network, which sees one picture."})
        if self.question == "push" and self.objective == "diversity":
            raise InvalidInput({"objective": "Wanted: a photograph is pushed to one picture, not to four."})


def decisive(values: Mapping[str, Any]) -> set[str]:
    """The inputs that decide what a result is of: all that count beside these values, but for the schedule."""
    question, objective = values["question"], values["objective"]
    names = {"question", "channel", "untrained"}
    if question in ("photo", "push") or objective == "direction":
        names.add("photo")
    if question == "photo":
        return names
    names |= {"objective", "method"}
    if objective in OF_TWO:
        names |= {"second", "mix"}
    if objective in ("neuron", "direction"):
        names |= {"x", "y"}
    return names | (set(SWITCHES) if values["method"] == "own" else set())


# Little is drawn, quickly; and each control with a value that shows.
QUICK = {"question": "draw", "channel": "detector/stage2/4", "size": "128", "steps": "10"}
SHOWN = {
    "question": {"question": "draw"},
    "channel": {"channel": "detector/stage2/5"},
    "objective": {"objective": "negative"},
    "second": {"objective": "mix", "second": "detector/stage2/9"},
    "mix": {"objective": "mix", "mix": "1"},
    "x": {"objective": "neuron", "x": "10"},
    "y": {"objective": "neuron", "y": "10"},
    "photo": {"objective": "direction", "photo": "cat"},
    "occluder": {"question": "photo", "occluder": "96"},
    "method": {"method": "plain"},
    **{name: {"method": "own", name: "0"} for name in ("fourier", "decorrelate", "jitter", "scale", "turn")},
    **{name: {"method": "own", name: "1"} for name in ("grow", "decay")},
    "blur": {"method": "own", "grow": "1", "blur": "1"},
    "size": {"size": "128"},
    "steps": {"steps": "20"},
    "start": {"method": "growing", "start": "80"},
    "factor": {"method": "growing", "factor": "1.5"},
    "radius": {"method": "growing", "radius": "3"},
    "rate": {"rate": "2"},
    "untrained": {"untrained": "1"},
    "seed": {"seed": "1"},
}

DEMO = Demo(
    title="What a convnet looks for",
    summary="Pick a channel of a network, and watch the picture being drawn that excites it most.",
    inputs=Inputs,
    work=work,
    reads=tuple(HERE / "sheets" / network for network in SHIPPED),
    about=about,
    titled=titled,
    decisive=decisive,
    makes=("network", "layer"),
    examples={name: QUICK | shown for name, shown in SHOWN.items()},
)
