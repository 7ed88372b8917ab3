"""One-pass stylisation: encode a photograph, give its features a style's moments, decode. No picture is optimised.

Source: Huang, Belongie, “Arbitrary Style Transfer in Real-Time with Adaptive Instance Normalization” (2017). Idea: a
style is the moments of its features, so any picture is one, a mix of styles is a mean of numbers, and the strength is a
mix with the photograph's own style. Invariant: the same pictures and numbers give the same result on the same machine.
"""

from collections.abc import Sequence

import torch
from PIL import Image
from torch.nn import functional

from app.algorithms.vision import colours, devices
from app.algorithms.vision.bounds import check
from app.algorithms.vision.catalogue import load_style_decoder, load_style_encoder
from app.algorithms.vision.images import fit
from app.algorithms.vision.moments import LAYERS, Moments, mixed, moments
from app.algorithms.vision.networks.style_decoder import StyleDecoder
from app.algorithms.vision.networks.style_encoder import WIDTHS, Vgg
from app.algorithms.vision.options import SIZES
from app.algorithms.vision.pixels import picture, tensor

# The encoder's zeros beyond the edge would be painted as a frame; it is painted here, and cut off.
MARGIN = 16

Style = Image.Image | Moments


def stylise_once(
    content: Image.Image,
    style: Style | Sequence[tuple[Style, float]],
    *,
    strength: float = 1.0,
    size: int = 512,
    keep_colours: bool = False,
    device: str | None = None,
) -> Image.Image:
    """The content in this style, its longest side `size` pixels. ValueError names an argument out of range.

    `style` is a picture, the moments of one, or several of either with their weights, of which only the ratios count.
    `strength` runs from 0 (the photograph, as well as it can be painted) to 1 (all of the style). `keep_colours` takes
    the luminance of the result and the colour of the photograph (Gatys et al., “Preserving Color”, 2016).
    """
    check("size", size, *SIZES)
    check("strength", strength, 0, 1)
    picked = devices.pick(device)
    if picked.type == "cpu":
        devices.leave_one()
    encoder = load_style_encoder("style-encoder", picked)
    decoder = load_style_decoder(picked)
    wanted = _style(encoder, style, size)
    return paint(encoder, decoder, content, wanted, strength=strength, size=size, keep_colours=keep_colours)


def paint(
    encoder: Vgg,
    decoder: StyleDecoder,
    content: Image.Image,
    style: Moments,
    *,
    strength: float = 1.0,
    size: int = 512,
    keep_colours: bool = False,
) -> Image.Image:
    """`stylise_once` with any encoder and a decoder that mirrors it, on the device where these are."""
    photograph = fit(content.convert("RGB"), size)
    x = functional.pad(tensor(photograph, encoder.mean.device), (MARGIN,) * 4, mode="replicate")
    with torch.inference_mode():
        features = encoder(x, LAYERS)
        # Moments enter linearly, so mixing them is mixing the photograph's features with the normalised ones.
        made = decoder(features, mixed([moments(features), style], [1 - strength, strength]))
    made = picture(made[..., MARGIN:-MARGIN, MARGIN:-MARGIN])
    return colours.luminance(made, photograph) if keep_colours else made


def moments_of(encoder: Vgg, style: Image.Image, size: int) -> Moments:
    """The moments of a picture whose longest side is made `size` pixels; strokes are as coarse as they are then."""
    with torch.inference_mode():
        return moments(encoder(tensor(fit(style.convert("RGB"), size), encoder.mean.device), LAYERS))


def _style(encoder: Vgg, style: Style | Sequence[tuple[Style, float]], size: int) -> Moments:
    parts = [(style, 1.0)] if isinstance(style, Image.Image | Moments) else list(style)
    found = [part if isinstance(part, Moments) else moments_of(encoder, part, size) for part, _ in parts]
    return mixed([_checked(each, encoder.mean.device) for each in found], [weight for _, weight in parts])


def _checked(style: Moments, device: torch.device) -> Moments:
    """These moments on the device; ValueError unless they are of every layer that is read, as wide as it is."""
    for layer, width in zip(LAYERS, WIDTHS, strict=False):
        for values in (style.means, style.deviations):
            if layer not in values or values[layer].shape[-1] != width:
                raise ValueError(f"A style needs the means and deviations of {layer}'s {width} channels.")
    return Moments(*({layer: part[layer].to(device) for layer in LAYERS} for part in (style.means, style.deviations)))
