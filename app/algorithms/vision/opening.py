"""How a style transfer begins: with the answer of one pass, the photograph, noise, or another picture."""

from collections.abc import Sequence

import torch
from PIL import Image
from torch import Tensor

from app.algorithms.vision.catalogue import load_style_decoder, load_style_encoder
from app.algorithms.vision.images import fit
from app.algorithms.vision.mixture import Mixture
from app.algorithms.vision.moments import Moments, mixed
from app.algorithms.vision.networks.style_encoder import Vgg
from app.algorithms.vision.options import Options
from app.algorithms.vision.patch import Patch
from app.algorithms.vision.pixels import channels_last, tensor
from app.algorithms.vision.scene import Scene
from app.algorithms.vision.stylise import moments_of, paint

NOISE = 0.005
CONTRAST = 0.2


def begin(scene: Scene, options: Options, size: int, device: torch.device) -> Tensor:
    """The picture (1, 3, h, w) that a run from the photograph, noise or the style begins with, at `size` pixels."""
    shape = fit(scene.content, size).size
    if options.start == "noise" or (options.start == "once" and options.goal != "both"):
        return noise(torch.Size(reversed(shape)), options.seed, device)
    if options.start == "style":
        return noisy(scene.swatch.convert("RGB").resize(shape, Image.Resampling.LANCZOS), options.seed, device)
    return noisy(fit(scene.content, size), options.seed, device)


def one_pass(scene: Scene, options: Options, device: torch.device) -> Image.Image:
    """The picture at full size, painted at once; with a mask two of them, or one and the photograph, are blended."""
    encoder, decoder = load_style_encoder("style-encoder", device), load_style_decoder(device)

    def painted(styles: Mixture) -> Image.Image:
        wanted = moments_at(encoder, styles, round(options.size * options.scale))
        return paint(encoder, decoder, scene.content, wanted, strength=alpha(options.strength), size=options.size)

    made = painted(scene.styles)
    if scene.mask is None:
        return made
    return Patch(painted(scene.inside) if scene.inside else scene.content, scene.mask).over(made)


def alpha(strength: float) -> float:
    """How much of the style one pass takes on, at this strength of the optimisation."""
    return min(1.0, 2 * strength)


def moments_at(encoder: Vgg, styles: Mixture, size: int) -> Moments:
    """The mixture's moments, on `size` pixels along each style's longest side."""
    found = [
        moments_of(encoder, style, size) if isinstance(style, Image.Image) else style.moments(size)
        for style, _ in styles
    ]
    return mixed(found, [weight for _, weight in styles])


def noise(shape: torch.Size, seed: int, device: torch.device) -> Tensor:
    """Grey noise (1, 3, h, w) in 0…1."""
    return channels_last((0.5 + CONTRAST * _normal((1, 3, *shape), seed)).clamp(0, 1).to(device))


def noisy(image: Image.Image, seed: int, device: torch.device) -> Tensor:
    """The picture as (1, 3, h, w) in 0…1, with hardly visible noise: another seed takes another way."""
    x = tensor(image, device)
    return channels_last(x + NOISE * _normal(x.shape, seed).to(device)).clamp(0, 1)


def _normal(shape: Sequence[int], seed: int) -> Tensor:
    return torch.randn(tuple(shape), generator=torch.Generator().manual_seed(seed))
