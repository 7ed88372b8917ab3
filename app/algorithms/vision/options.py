"""What a reader may choose of a style transfer, with what each choice may be."""

from dataclasses import dataclass

from app.algorithms.vision import colours
from app.algorithms.vision.bounds import among, check
from app.algorithms.vision.losses import CONTENT_LAYER, STYLE_LAYERS

SIZES, STEPS, SEEDS = (32, 2048), (1, 5000), (0, 2**63 - 1)
GOALS = ("both", "content", "style")
STARTS = ("once", "photograph", "noise", "style")
OPTIMISERS = ("adam", "lbfgs")
POOLINGS = ("average", "max")
EVEN = (1.0,) * len(STYLE_LAYERS)


@dataclass(frozen=True)
class Options:
    """ValueError names an option out of range. `strength`, `smoothness` and `layers` may change while a run goes on.

    `strength` runs from 0 (the photograph) over 0.5 (balanced) to 1 (the painting's texture); it is a ratio to what
    this very pair starts with, so that every style answers alike.
    """

    size: int = 384  # of the result's longest side, in pixels
    steps: int = 150
    strength: float = 0.5
    smoothness: float = 1.0  # how much neighbouring pixels are held together, as a multiple of what is usual
    layers: tuple[float, ...] = EVEN  # of the five style layers, as multiples of their usual weights
    content_layer: str = CONTENT_LAYER
    scale: float = 1.0  # size of the style, relative to the picture
    pooling: str | None = None  # average or max; None is the network's own
    colours: str = "painted"
    goal: str = "both"
    start: str = "once"
    optimiser: str = "adam"
    network: str = "style-encoder"
    seed: int = 0

    def __post_init__(self) -> None:
        check("size", self.size, *SIZES)
        check("steps", self.steps, *STEPS)
        check("strength", self.strength, 0, 1)
        check("smoothness", self.smoothness, 0, 100)
        check("scale", self.scale, 0.1, 4)
        check("seed", self.seed, *SEEDS)
        if len(self.layers) != len(STYLE_LAYERS):
            raise ValueError(f"There are {len(STYLE_LAYERS)} style layers, not {len(self.layers)}.")
        for layer, weight in zip(STYLE_LAYERS, self.layers, strict=True):
            check(f"weight of {layer}", weight, 0, 100)
        among("content layer", self.content_layer, STYLE_LAYERS)
        among("colours", self.colours, colours.KINDS)
        among("goal", self.goal, GOALS)
        among("start", self.start, STARTS)
        among("optimiser", self.optimiser, OPTIMISERS)
        if self.pooling is not None:
            among("pooling", self.pooling, POOLINGS)

    @property
    def live(self) -> tuple[float, ...]:
        """What may change while a run goes on."""
        return (self.strength, self.smoothness, *self.layers)
