"""A drawing that can act or fetch is refused; one that only draws is measured."""

from __future__ import annotations

import pytest

from app.algorithms.vision.images import InvalidPicture
from app.blog.pictures.vector import measured

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 30"'

HARMLESS = [
    "<rect width='3' height='4' fill='url(#g)'/>",
    "<defs><linearGradient id='g'><stop offset='0'/></linearGradient></defs>",
    "<style>.a { fill: red; marker-end: url(#m) } @media (prefers-color-scheme: dark) { .a { fill: white } }</style>",
    "<text x='1' y='2' font-family='serif'>O(n²) <tspan>&lt;</tspan></text>",
    "<use href='#a'/><use xlink:href='#a'/>",
    "<!-- a note --><title>x</title>",
    "<g style='fill: none; stroke: #000'/>",
]
HOSTILE = [
    "<script>alert(1)</script>",
    "<script href='x.js'/>",
    "<rect onload='alert(1)'/>",
    "<g ONCLICK='x'/>",
    "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
    "<image href='https://example.org/a.png'/>",
    "<image href='data:image/png;base64,AA'/>",
    "<use href='https://example.org/a.svg#x'/>",
    "<use xlink:href='data:x'/>",
    "<a href='javascript:alert(1)'><text>x</text></a>",
    "<rect fill='url(https://example.org/a#b)'/>",
    "<rect style='background: url( \"//example.org/a\")'/>",
    "<style>@import 'https://example.org/a.css';</style>",
    "<style>.a { fill: u\\72l(//example.org) }</style>",
    "<style>.a { background: image-set('a.png' 1x) }</style>",
    "<animate attributeName='href' to='javascript:alert(1)'/>",
    "<set attributeName='onclick' to='x'/>",
    "<?xml-stylesheet href='a.css'?>",
    "<metadata>me</metadata>",
    "<x:thing xmlns:x='http://example.org'/>",
    "<g xmlns:x='http://example.org' x:onload='a'/>",
    "<feImage href='https://example.org/a'/>",
]


@pytest.mark.parametrize("inside", HARMLESS)
def test_what_only_draws_is_taken(inside: str) -> None:
    assert measured(f"{OPEN}>{inside}</svg>".encode()) == (40, 30)


@pytest.mark.parametrize("inside", HOSTILE)
def test_what_acts_or_fetches_is_refused(inside: str) -> None:
    with pytest.raises(InvalidPicture, match=r"\.$"):
        measured(f"{OPEN}>{inside}</svg>".encode())


@pytest.mark.parametrize(
    ("size", "expected"),
    [("", (40, 30)), (" width='80' height='60px'", (80, 60)), (" width='100%' height='2em'", (40, 30))],
)
def test_its_measures_are_what_it_says(size: str, expected: tuple[int, int]) -> None:
    assert measured(f"{OPEN}{size}></svg>".encode()) == expected


@pytest.mark.parametrize(
    "data",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 0 9'/>",
        b"<svg viewBox='0 0 9 9'/>",
        b"<svg",
        b"<html/>",
        b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>&a;</svg>",
        b"<?xml version='1.0' encoding='utf-7'?><svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/>",
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/>".encode("utf-16"),
        b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>" + b"<g/>" * 300_000 + b"</svg>",
        b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>" + b"<g>" * 100_000,
    ],
    ids=["no size", "no area", "no namespace", "cut", "html", "entities", "encoding", "utf-16", "large", "deep"],
)
def test_what_cannot_be_read_is_a_sentence(data: bytes) -> None:
    with pytest.raises(InvalidPicture, match=r"\.$"):
        measured(data)
