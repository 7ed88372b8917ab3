"""The look keeps its promises: layers, a strict content policy, small fonts, and colours that everyone can read."""

from __future__ import annotations

import itertools
import math
import re
from pathlib import Path

import pytest

APP = Path(__file__).parents[2] / "app"
SHEETS = sorted((*APP.glob("static/css/*.css"), *APP.glob("demos/*/*.css")))
TEMPLATES = sorted((*APP.glob("templates/**/*.html"), *APP.glob("demos/*/*.html")))
LAYERS = "@layer reset, tokens, base, layout, components, demos, utilities;"
LARGEST_FONTS = 160_000  # those of text, which every page may load
LARGEST_OF_FORMULAS = 40_000
TOKENS = (APP / "static/css/tokens.css").read_text()

Colour = tuple[float, float, float]
TO_LINEAR = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)
# How the colour-blind see linear sRGB (Machado, Oliveira and Fernandes, 2009, severity 1).
SEEN = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "no green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "no blue": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.parent.name + "/" + sheet.name)
def test_every_sheet_opens_with_the_order_of_the_layers(sheet: Path) -> None:
    assert sheet.read_text().startswith(LAYERS)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.parent.name + "/" + sheet.name)
def test_every_rule_is_in_a_layer(sheet: Path) -> None:
    depth, outside = 0, ""
    for character in re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL):
        depth += (character == "{") - (character == "}")
        outside += character if depth == 0 else ""
    heads = [head.strip() for head in re.split(r"[};]", outside) if head.strip()]
    assert all(head.startswith(("@layer", "@font-face")) for head in heads), heads
    assert depth == 0


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.parent.name + "/" + template.name)
def test_no_template_carries_style_or_script_of_its_own(template: Path) -> None:
    text = template.read_text()
    assert not re.search(r"<style|\sstyle\s*=|javascript:|\son[a-z]+\s*=\s*[\"']", text)
    assert not re.search(r'<script(?![^>]*\s(?:src=|type="application/ld\+json"))', text)


def test_fonts_are_small_and_carry_their_licence() -> None:
    fonts = list((APP / "static/fonts").glob("*.woff2"))
    assert {font.name for font in fonts} == set(re.findall(r"fonts/([\w-]+\.woff2)", TOKENS))
    sizes = {font.stem: font.stat().st_size for font in fonts}
    assert sizes.pop("press-math") <= LARGEST_OF_FORMULAS
    assert sum(sizes.values()) <= LARGEST_FONTS
    assert "SIL OPEN FONT LICENSE" in (APP / "static/fonts/OFL.txt").read_text()


@pytest.mark.parametrize("time", ["day", "night"])
@pytest.mark.parametrize(
    ("least", "names", "grounds"),
    [
        (7.0, ("ink", "soft"), ("paper", "bench", "well")),
        (7.0, ("accent-ink", "good", "bad"), ("paper", "bench")),
        (4.5, ("code-word", "code-name", "code-text", "code-number", "code-note"), ("bench", "paper")),
        (3.0, ("accent", "edge"), ("paper", "bench")),
    ],
)
def test_words_and_controls_stand_out(
    time: str, least: float, names: tuple[str, ...], grounds: tuple[str, ...]
) -> None:
    for name, ground in itertools.product(names, grounds):
        pair = raw(f"{time}-{name}"), raw(f"{time}-{ground}")
        assert contrast(*pair) >= least, f"{name} on {ground} by {time}: {contrast(*pair):.2f}"


@pytest.mark.parametrize("eyes", SEEN)
def test_eight_data_colours_can_be_told_apart(eyes: str) -> None:
    colours = [perceived(raw(f"data-{i}"), SEEN[eyes]) for i in range(1, 9)]
    nearest = min(math.dist(a, b) for a, b in itertools.combinations(colours, 2))
    assert nearest >= 0.08


def test_the_first_two_data_colours_stand_out_by_day_and_by_night() -> None:
    for number, time in itertools.product((1, 2), ("day", "night")):
        assert contrast(raw(f"data-{number}"), raw(f"{time}-bench")) >= 3


def raw(name: str) -> Colour:
    """A token's lightness, chroma and hue."""
    found = re.search(rf"--{name}: (?:oklch\()?([\d.]+)% ([\d.]+) ([\d.]+)", TOKENS)
    assert found, name
    lightness, chroma, hue = map(float, found.groups())
    return lightness / 100, chroma, hue


def linear(colour: Colour) -> list[float]:
    """OKLCH as linear sRGB (Ottosson, 2020)."""
    lightness, chroma, hue = colour
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    cones = (
        (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3,
        (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3,
        (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3,
    )
    return times(TO_LINEAR, cones)


def contrast(a: Colour, b: Colour) -> float:
    """WCAG 2.2's ratio."""
    low, high = sorted(sum(k * x for k, x in zip((0.2126, 0.7152, 0.0722), linear(c), strict=True)) for c in (a, b))
    return (high + 0.05) / (low + 0.05)


def perceived(colour: Colour, eyes: tuple[tuple[float, ...], ...]) -> list[float]:
    """A colour in OKLab as these eyes see it; equal distances look about equally different."""
    to_cones = (
        (0.4122214708, 0.5363325363, 0.0514459929),
        (0.2119034982, 0.6806995451, 0.1073969566),
        (0.0883024619, 0.2817188376, 0.6299787005),
    )
    to_lab = (
        (0.2104542553, 0.7936177850, -0.0040720468),
        (1.9779984951, -2.4285922050, 0.4505937099),
        (0.0259040371, 0.7827717662, -0.8086757660),
    )
    cones = times(to_cones, times(eyes, linear(colour)))
    return times(to_lab, [max(0.0, cone) ** (1 / 3) for cone in cones])


def times(matrix: tuple[tuple[float, ...], ...], vector: list[float] | tuple[float, ...]) -> list[float]:
    """A matrix times a vector."""
    return [sum(k * x for k, x in zip(row, vector, strict=True)) for row in matrix]
