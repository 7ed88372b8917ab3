"""Neural style transfer: what the bench asks for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.algorithms.vision.ladder import ladder
from app.algorithms.vision.paintings import PAINTINGS
from app.demos.base import Choice, Demo, Mask, Number, Photo, Picture, Shelf, asks

HERE = Path(__file__).parent
STYLES = (
    Shelf(HERE / "paintings", "Paintings", {name: painting.caption for name, painting in PAINTINGS.items()}),
    Shelf(HERE / "styles", "Drawn by code"),
)
SIZES = {str(side): f"{side} px" for side in (256, 384, 512, 768, 1024)}
LAYERS = {name: name for name in ("relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1")}
POOLINGS = {"average": "Average", "max": "Maximum"}
COLOURS = {
    "painted": "The style's",
    "luminance": "The photograph's, by luminance",
    "histogram": "The photograph's, by histogram",
}
GOALS = {"both": "Content and style", "content": "Content only", "style": "Style only"}
STARTS = {"once": "One pass", "photograph": "The photograph", "noise": "Noise", "style": "The style picture"}
OPTIMISERS = {"adam": "Adam", "lbfgs": "L-BFGS"}
NETWORKS = {
    "trained": "Trained",
    "random": "Random weights",
    "residual": "A residual network",
    "smoothed": "Residual, smoothed",
}
FADERS = tuple(f"layer_{number}" for number in range(1, 6))
# Measured: what a step costs, in steps at 384 px with Adam on the trained encoder, and what is spent apart from steps.
OPTIMISER_WORK = {"adam": 1.0, "lbfgs": 1.15}
NETWORK_WORK = {"trained": 1.0, "random": 1.0, "residual": 1.25, "smoothed": 1.9}
STEP, IN_PLACE, REGIONS, ONE_PASS, STYLE = 0.08, 0.06, 0.2, 8.0, 3.0


def _fader(layer: int, what: str) -> float:
    kind = Number(f"Layer {layer}", 0, 2, 0.1, help=f"Weight of relu{layer}_1: {what}.")
    weight: float = asks(kind, 1, group="Layers", live=True)
    return weight


def _weight(number: int) -> float:
    kind = Number(f"Weight {number}", 0, 1, 0.01, help="Only the ratios of the weights count.")
    weight: float = asks(kind, 1, group="More styles")
    return weight


@dataclass(frozen=True)
class Inputs:
    content: Photo = asks(Picture("Photograph", shelf=HERE / "examples", help="Its shapes are kept."))
    style: Photo = asks(
        Picture("Style", shelf=STYLES, help="Its colours and brush strokes are taken."), "stained-glass"
    )
    strength: float = asks(Number("Strength", 0, 1, 0.05, help="From the photograph to the style."), 0.5, live=True)
    size: str = asks(
        Choice("Size", SIZES, help="The longest side of the result; 512 px takes half as long again as 384."), "384"
    )
    steps: int = asks(Number("Steps", 20, 500, 10, help="More steps, more of the style."), 150)

    content_layer: str = asks(
        Choice("Content layer", LAYERS, help="The deeper, the more freely shapes are redrawn."),
        "relu4_1",
        group="Layers",
    )
    layer_1: float = _fader(1, "colours and the finest strokes")
    layer_2: float = _fader(2, "strokes")
    layer_3: float = _fader(3, "textures")
    layer_4: float = _fader(4, "patterns")
    layer_5: float = _fader(5, "motifs")

    scale: float = asks(
        Number("Style scale", 0.25, 2, 0.05, help="Size of the style's strokes, relative to the picture."),
        1,
        group="Brush",
    )
    smoothness: float = asks(
        Number("Smoothness", 0, 4, 0.1, help="How much neighbouring pixels are held together."),
        1,
        group="Brush",
        live=True,
    )
    pooling: str = asks(
        Choice(
            "Pooling",
            POOLINGS,
            help="How the network makes pictures small. With the maximum, a painting on the shelf is only its swatch.",
        ),
        "average",
        group="Brush",
    )

    colours: str = asks(Choice("Colours", COLOURS, help="Whose colours the result has."), "painted", group="Colours")

    style_2: Photo | None = asks(Picture("Second style", shelf=STYLES), optional=True, group="More styles")
    style_3: Photo | None = asks(Picture("Third style", shelf=STYLES), optional=True, group="More styles")
    weight_1: float = _weight(1)
    weight_2: float = _weight(2)
    weight_3: float = _weight(3)

    mask: Photo | None = asks(
        Mask("Region", over="content", help="The painted area takes the second style; without one it stays as it is."),
        optional=True,
        group="Regions",
    )

    goal: str = asks(
        Choice("Goal", GOALS, help="One half alone shows what the layers know of a picture."), "both", group="Optimiser"
    )
    start: str = asks(
        Choice(
            "Start",
            STARTS,
            help="What comes first. For one pass, half a goal has noise and an untrained network the photograph.",
        ),
        "once",
        group="Optimiser",
    )
    optimiser: str = asks(
        Choice("Optimiser", OPTIMISERS, help="L-BFGS is the paper's; a step is one look at the gradient."),
        "adam",
        group="Optimiser",
    )
    network: str = asks(
        Choice(
            "Network",
            NETWORKS,
            help="All but the trained one know nothing; to them a painting on the shelf is only its swatch.",
        ),
        "trained",
        group="Optimiser",
    )
    seed: int = asks(Number("Seed", 0, 9999, help="The same seed gives the same picture."), 0, group="Optimiser")


def work(inputs: Inputs) -> float:
    """In steps at 384 px: those of every rung, and beside them one pass and what the styles' statistics take."""
    whole, scale = _pixels(int(inputs.size)), inputs.scale**2
    steps = sum(count * (_pixels(rung) + STEP) for rung, count in ladder(int(inputs.size), inputs.steps))
    at_once = (inputs.start, inputs.goal, inputs.network) == ("once", "both", "trained")
    shown = inputs.steps * whole * ((IN_PLACE if at_once else 0.0) + (REGIONS if inputs.mask else 0.0))
    styles = sum(1 for style in (inputs.style, inputs.style_2, inputs.style_3) if style)
    before = whole * ((ONE_PASS if at_once else 0.0) + styles * scale * STYLE)
    return steps * OPTIMISER_WORK[inputs.optimiser] * NETWORK_WORK[inputs.network] + shown + before


def _pixels(side: int) -> float:
    """What a picture's pixels cost, as a share of one at 384 px; a bit more than their number, for memory is slow."""
    return float((side / 384) ** 2.2)


DEMO = Demo(
    title="Style transfer",
    summary="Your photograph, painted in the style of another picture by Gatys' optimisation.",
    inputs=Inputs,
    work=work,
    goes_on=True,
    examples={
        "strength": {"goal": "both"},
        "weight_1": {"style_2": "swirls"},
        "weight_2": {"style_2": "swirls"},
        "weight_3": {"style_3": "mosaic"},
    },
)
