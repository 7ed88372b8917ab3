"""One pass: what must hold of any pair of networks, and of those that ship."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from app.algorithms.vision.catalogue import load_style_encoder
from app.algorithms.vision.images import fit
from app.algorithms.vision.losses import gram, style_loss
from app.algorithms.vision.moments import LAYERS, Moments
from app.algorithms.vision.networks.style_decoder import StyleDecoder
from app.algorithms.vision.networks.style_encoder import Vgg
from app.algorithms.vision.pixels import tensor
from app.algorithms.vision.stylise import moments_of, paint, stylise_once

CPU = torch.device("cpu")
BENCH = Path(__file__).parents[3] / "app/demos/style_transfer"


def painted(seed: int, w: int = 96, h: int = 72) -> Image.Image:
    """Soft coloured noise: as good as a painting, and made on the spot."""
    coarse = np.random.default_rng(seed).integers(0, 256, (9, 12, 3), dtype=np.uint8)
    return Image.fromarray(coarse).resize((w, h), Image.Resampling.BICUBIC)


def striped() -> Image.Image:
    """Diagonal stripes in two strong colours: a style that is far from soft noise."""
    y, x = np.mgrid[:96, :96]
    return Image.fromarray(np.where(((x + y) // 6 % 2)[..., None], [240, 200, 20], [20, 30, 120]).astype(np.uint8))


def shown(name: str) -> Image.Image:
    """A picture of the bench: an ordinary photograph or a style."""
    return Image.open(BENCH / f"{name}.webp").convert("RGB")


def pixels(image: Image.Image) -> np.ndarray:
    return np.asarray(image).astype(float)


def style_left(made: Image.Image, style: Image.Image) -> float:
    encoder = load_style_encoder("style-encoder", CPU)
    with torch.no_grad():
        features, wanted = (encoder(tensor(image, CPU), LAYERS) for image in (made, style))
    return sum(style_loss(features[layer].float(), gram(wanted[layer].float())).item() for layer in LAYERS)


@pytest.fixture
def pair() -> tuple[Vgg, StyleDecoder]:
    torch.manual_seed(0)
    widths = (4, 6, 8, 8, 8)
    return Vgg(widths).requires_grad_(False), StyleDecoder(widths).requires_grad_(False)


@pytest.mark.parametrize(("shape", "size"), [((1, 1), 32), ((1, 50), 40), ((63, 37), 33), ((37, 63), 64), ((9, 9), 47)])
def test_longest_side_is_the_one_asked_for(pair, shape, size):
    made = paint(*pair, painted(0, *shape), moments_of(pair[0], painted(1), size), size=size)
    assert max(made.size) == size
    assert made.mode == "RGB"
    assert made.width / made.height == pytest.approx(shape[0] / shape[1], abs=max(made.size) / min(made.size) * 0.51)


def test_any_mode_is_read(pair):
    for mode in ("L", "RGBA", "P"):
        made = paint(*pair, painted(0).convert(mode), moments_of(pair[0], painted(1).convert(mode), 40), size=40)
        assert made.size == (40, 30)


@pytest.mark.parametrize("name", ["astronaut", "cat", "temple"])
def test_strength_nought_is_the_photograph_painted_anew(name):
    photograph = fit(shown(f"examples/{name}"), 192)
    made = stylise_once(photograph, shown("styles/woodcut"), strength=0, size=192, device="cpu")
    assert np.abs(pixels(made) - pixels(photograph)).mean() < 0.1 * 255
    assert np.corrcoef(pixels(made).ravel(), pixels(photograph).ravel())[0, 1] > 0.9


@pytest.mark.parametrize("name", ["stained-glass", "ink-wash", "woodcut", "mosaic"])
def test_more_strength_leaves_less_style_distance(name):
    photograph, style = fit(shown("examples/cat"), 192), fit(shown(f"styles/{name}"), 192)
    left = [
        style_left(stylise_once(photograph, style, strength=strength, size=192, device="cpu"), style)
        for strength in (0, 0.25, 0.5, 0.75, 1)
    ]
    # Close to all of a style, where it was learned, what is left hardly changes.
    assert all(more < less + 0.03 * left[0] for less, more in pairwise(left))
    assert left[-1] < 0.5 * left[0]


@pytest.mark.parametrize("colour", [(128, 128, 128), (200, 120, 60)])
def test_no_frame_is_painted_around_a_plain_picture(colour):
    made = pixels(stylise_once(Image.new("RGB", (96, 64), colour), shown("styles/woodcut"), size=96, device="cpu"))
    assert np.abs(made - made[32, 48]).max() < 10


def test_a_mix_of_one_is_that_style():
    photograph, style = painted(4), striped()
    alone = stylise_once(photograph, style, size=64, device="cpu")
    for mix in ([(style, 1.0)], [(style, 7)], [(style, 1.0), (painted(5), 0)], [(style, 2), (style, 3)]):
        # The mean of the same numbers may differ in its last digit.
        assert np.abs(pixels(stylise_once(photograph, mix, size=64, device="cpu")) - pixels(alone)).max() <= 2


def test_weights_of_a_mix_are_shares():
    photograph, styles = painted(6), (striped(), painted(7))
    small, large = (
        stylise_once(photograph, list(zip(styles, weights, strict=True)), size=64, device="cpu")
        for weights in ((0.25, 0.75), (1, 3))
    )
    assert np.abs(pixels(small) - pixels(large)).max() <= 2
    even = stylise_once(photograph, [(style, 1) for style in styles], size=64, device="cpu")
    assert np.abs(pixels(even) - pixels(small)).max() > 2


def test_moments_stand_for_their_picture():
    photograph, style = painted(8), striped()
    counted = moments_of(load_style_encoder("style-encoder", CPU), style, 64)
    rows = Moments(*({k: v[0] for k, v in part.items()} for part in (counted.means, counted.deviations)))
    from_picture = stylise_once(photograph, style, size=64, device="cpu")
    for numbers in (counted, rows):
        assert stylise_once(photograph, numbers, size=64, device="cpu").tobytes() == from_picture.tobytes()


def test_the_same_again_is_the_same():
    once, again = (stylise_once(painted(9), striped(), size=64, device="cpu").tobytes() for _ in range(2))
    assert once == again


def test_kept_colours_are_the_photographs():
    # Neither white nor black: there is room for any luminance in its colours.
    photograph = Image.blend(painted(10), Image.new("RGB", (96, 72), (128, 128, 128)), 0.6)
    plain, kept = (
        stylise_once(photograph, striped(), size=96, keep_colours=keep, device="cpu") for keep in (False, True)
    )
    (before, *chroma), (_, *made), (_, *other) = (
        [pixels(band) for band in image.convert("YCbCr").split()] for image in (photograph, kept, plain)
    )
    distances = [np.abs(a - b).mean() for a, b in zip(made, chroma, strict=True)]
    assert max(distances) < 4
    assert max(distances) < 0.3 * min(np.abs(a - b).mean() for a, b in zip(other, chroma, strict=True))
    assert np.abs(pixels(kept.convert("L")) - before).mean() > 4


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"size": 31}, "size must be between"),
        ({"size": 4096}, "size must be between"),
        ({"strength": -0.1}, "strength must be between"),
        ({"strength": float("nan")}, "strength must be between"),
        ({"device": "toaster"}, "no device"),
    ],
)
def test_what_is_out_of_range_is_named(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        stylise_once(painted(0), painted(1), **{"size": 64, "device": "cpu", **wrong})


def test_styles_that_make_no_sense_are_refused():
    full = moments_of(load_style_encoder("style-encoder", CPU), striped(), 64)
    narrow = Moments({**full.means, "relu2_1": torch.zeros(5)}, full.deviations)
    low = Moments({k: v for k, v in full.means.items() if k != "relu4_1"}, full.deviations)
    for style, sentence in ((narrow, "relu2_1"), (low, "relu4_1"), ([], "mix"), ([(full, 0)], "mix")):
        with pytest.raises(ValueError, match=sentence):
            stylise_once(painted(0), style, size=64, device="cpu")
