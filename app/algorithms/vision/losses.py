"""What style transfer wants to be small: distance in content, in style, and between neighbouring pixels.

Source: Gatys, Ecker, Bethge, “Image Style Transfer Using Convolutional Neural Networks” (2016); weighted by place after
Gatys et al., “Controlling Perceptual Factors in Neural Style Transfer” (2017). Idea: deep features of a network say
what is where; which of them occur together (their Gram matrices) says how it is painted. Invariant: both distances are
shares of what they are measured against, so they mean the same in every layer of every network.
"""

from torch import Tensor

CONTENT_LAYER = "relu4_1"
# Gatys weighs all five alike; more weight on strokes than on motifs keeps faces readable and flat areas calm.
STYLE_LAYERS = {"relu1_1": 2.0, "relu2_1": 2.0, "relu3_1": 1.0, "relu4_1": 0.5, "relu5_1": 0.25}


def content_loss(features: Tensor, target: Tensor, weights: Tensor | None = None) -> Tensor:
    """Squared distance of two feature maps, as a share of the target's own power.

    `weights` (1, 1, h, w), one on average, say how much each place counts; without them all count alike.
    """
    distance = (features - target).square()
    return (distance if weights is None else distance * weights).sum() / target.square().sum().clamp_min(1e-8)


def gram(features: Tensor, weights: Tensor | None = None) -> Tensor:
    """Which channels fire together, wherever it is: (n, c, h, w) to (c, c), averaged over all pixels.

    `weights` (1, 1, h, w), one on average, say how much each place counts; without them all count alike.
    """
    rows = features.movedim(1, -1).flatten(0, -2)  # (n · h · w, c)
    fixed = rows.detach()
    if weights is not None:
        fixed = fixed * weights.to(rows.dtype).movedim(1, -1).expand(len(features), -1, -1, 1).flatten(0, -2)
    product = fixed.T @ rows / len(rows)
    # The gradient through the other factor is this one's transpose, so it need not be multiplied out again.
    return product + product.T - product.detach()


def style_loss(features: Tensor, target: Tensor, weights: Tensor | None = None) -> Tensor:
    """Squared distance of two Gram matrices, as a share of the target's own power."""
    # The products stay in the features' precision, which is twice as fast where that is bfloat16; the sums do not.
    return (gram(features, weights).float() - target).square().sum() / target.square().sum().clamp_min(1e-8)


def total_variation(x: Tensor) -> Tensor:
    """Mean squared difference of neighbouring pixels; a side of one pixel has none."""
    return sum((x.diff(dim=axis).square().sum() for axis in (2, 3)), x.new_zeros(())) / x.numel()


def shares(weights: dict[str, float], like: Tensor) -> Tensor:
    """Weights by layer as a row that sums to one."""
    row = like.new_tensor(list(weights.values()))
    return row / row.sum()
