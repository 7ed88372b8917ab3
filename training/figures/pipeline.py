"""The diagram of the style post: three pictures, one network, two losses, and the gradient back to the picture.

SVG with presentation attributes only, on a card of its own, so that it reads on light and dark pages alike.
"""

from training.figures.pen import BLUE, GOLD, INK, PAPER, RED, RULE, SOFT

WIDTH, HEIGHT = 960, 430
BLOCKS = (("relu1_1", 150), ("relu2_1", 122), ("relu3_1", 96), ("relu4_1", 72), ("relu5_1", 50))
FONT = 'font-family="Helvetica, Arial, sans-serif"'


def pipeline() -> str:
    """The whole drawing as SVG text."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" rx="10" fill="{PAPER}"/>',
        *_inputs(),
        *_network(),
        *_losses(),
        *_gradient(),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _inputs() -> list[str]:
    rows = (("photograph", 46, BLUE), ("picture", 176, RED), ("style", 306, GOLD))
    parts = []
    for name, top, colour in rows:
        parts.append(_card(36, top, 144, 78, colour))
        parts.append(_text(108, top + 46, name, 20))
        parts.append(_arrow(184, top + 39, 262, top + 39 + (195 - top - 20) * 0.25, colour))
    parts.append(_text(112, 276, "first the photograph", 16, SOFT))
    return parts


def _network() -> list[str]:
    parts = [f'<rect x="268" y="84" width="354" height="240" rx="10" fill="none" stroke="{RULE}" stroke-width="2"/>']
    for place, (name, height) in enumerate(BLOCKS):
        left, width = 296 + 67 * place, 14 + 7 * place
        parts.append(_card(left, 196 - height / 2, width, height, BLUE))
        parts.append(_text(left + width / 2, 300, name, 17, SOFT))
    parts.append(_text(445, 354, "the encoder, whose weights stay as they are", 17, SOFT))
    return parts


def _losses() -> list[str]:
    content = ("content loss", "maps of the picture", "against the photograph's", 60, BLUE)
    style = ("style loss", "Gram matrices of the picture", "against the style's", 250, GOLD)
    parts = []
    for name, first, second, top, colour in (content, style):
        parts.append(_arrow(626, top + 44 + (196 - top - 44) * 0.45, 686, top + 44, colour))
        parts.append(_card(690, top, 234, 88, colour))
        parts.append(_text(807, top + 28, name, 20, weight=700))
        parts.append(_text(807, top + 53, first, 16))
        parts.append(_text(807, top + 74, second, 16))
    parts.append(f'<circle cx="807" cy="199" r="21" fill="{PAPER}" stroke="{INK}" stroke-width="2"/>')
    parts.append(_text(807, 206, "+", 22))
    return [*parts, _arrow(807, 148, 807, 176, INK), _arrow(807, 250, 807, 222, INK)]


def _gradient() -> list[str]:
    path = "M 830 199 H 942 V 392 H 20 V 215 H 30"
    return [
        f'<path d="{path}" fill="none" stroke="{RED}" stroke-width="3" stroke-dasharray="9 6"/>',
        f'<path d="M 28 208 L 38 215 L 28 222 Z" fill="{RED}"/>',
        _text(480, 416, "gradient: every pixel is told which way to change", 18, RED),
    ]


def _card(x: float, y: float, w: float, h: float, colour: str) -> str:
    shape = f'x="{x}" y="{y}" width="{w}" height="{h}" rx="5"'
    return f'<rect {shape} fill="{colour}" fill-opacity="0.25" stroke="{INK}" stroke-width="2"/>'


def _text(x: float, y: float, words: str, size: int, colour: str = INK, weight: int = 400) -> str:
    return (
        f'<text x="{x}" y="{y}" {FONT} font-size="{size}" font-weight="{weight}" fill="{colour}" '
        f'text-anchor="middle">{words}</text>'
    )


def _arrow(x: float, y: float, to_x: float, to_y: float, colour: str) -> str:
    """A line with a triangle at its end."""
    length = ((to_x - x) ** 2 + (to_y - y) ** 2) ** 0.5
    across, down = (to_x - x) / length, (to_y - y) / length
    base_x, base_y = to_x - 10 * across, to_y - 10 * down
    corners = ((to_x, to_y), (base_x - 5 * down, base_y + 5 * across), (base_x + 5 * down, base_y - 5 * across))
    head = " L ".join(f"{corner_x:.0f} {corner_y:.0f}" for corner_x, corner_y in corners)
    shaft = f"M {x:.0f} {y:.0f} L {base_x:.0f} {base_y:.0f}"
    return f'<path d="{shaft}" stroke="{colour}" stroke-width="3"/><path d="M {head} Z" fill="{colour}"/>'
