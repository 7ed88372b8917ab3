"""Pictures in a page: room before they come, files for every screen, galleries, and nothing that was not there."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from app.blog.draft import Rendered
from app.blog.figures import SIZES, Shown
from app.blog.markdown import render

PHOTO = Shown(1600, 900, "A lake", (("/p/a-480.webp", 480), ("/p/a-960.webp", 960), ("/p/a-1600.webp", 1600)))
SMALL = Shown(300, 200, "", (("/p/b-300.webp", 300),))


def rendered(source: str, **known: Shown) -> Rendered:
    pictures = {"photo.jpg": PHOTO, "small.png": SMALL} | known
    return render(source, lambda name, options: '<section><img src="photo.jpg"></section>', pictures.get)


class Images(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.found.append(dict(attrs))


def images(source: str) -> list[dict[str, str | None]]:
    return Images(rendered(source).html).found


def test_a_picture_comes_in_the_size_of_the_screen() -> None:
    (image,) = images("![The lake](photo.jpg)")
    assert image == {
        "src": "/p/a-960.webp",
        "srcset": "/p/a-480.webp 480w, /p/a-960.webp 960w, /p/a-1600.webp 1600w",
        "sizes": SIZES["prose"],
        "alt": "The lake",
        "width": "1600",
        "height": "900",
        "decoding": "async",
    }


def test_a_picture_of_one_size_has_nothing_to_choose() -> None:
    (image,) = images("![x](small.png)")
    assert (image["src"], image["width"], image["height"]) == ("/p/b-300.webp", "300", "200")
    assert "srcset" not in image


def test_a_width_of_the_author_keeps_the_shape() -> None:
    (image,) = images("![x](photo.jpg){ width=400 }")
    assert (image["width"], image["height"]) == ("400", "225")


def test_a_wide_picture_says_so() -> None:
    (image,) = images("![x](photo.jpg){ .wide }")
    assert image["sizes"] == SIZES["wide"]


def test_only_the_first_picture_does_not_wait() -> None:
    found = images("![a](photo.jpg) words\n\n![b](small.png) words\n\n![c](/x.png) words")
    assert [image.get("loading") for image in found] == [None, "lazy", "lazy"]
    excerpt = Images(rendered("![a](photo.jpg) words\n\n<!-- more -->\n\nx").excerpt_html).found
    assert [image["loading"] for image in excerpt] == ["lazy"]


def test_pictures_of_a_demo_are_its_own() -> None:
    page = rendered("![a](photo.jpg)\n\n::: demo x")
    assert '<section><img src="photo.jpg"></section>' in page.html


def test_pictures_alone_in_a_paragraph_are_a_gallery() -> None:
    page = rendered('![a](photo.jpg "By *day*")\n![b](small.png)\n').html
    assert page.startswith('<div class="gallery"><figure><a href="/p/a-1600.webp"><img ')
    assert page.count("<figure>") == page.count("</figure>") == 2
    assert re.findall("<figcaption>(.*?)</figcaption>", page) == ["By *day*"]
    assert [image["alt"] for image in Images(page).found] == ["a", "b"]
    assert all("title" not in image for image in Images(page).found)
    assert Images(page).found[0]["sizes"] == SIZES["gallery"]


def test_three_pictures_take_the_wide_column() -> None:
    assert '<div class="gallery wide">' in rendered("![a](photo.jpg) ![b](photo.jpg)  \n![c](/x.png)").html


@pytest.mark.parametrize(
    "source", ["![a](photo.jpg) and ![b](photo.jpg)", "![a](photo.jpg)", "- ![a](photo.jpg) ![b](photo.jpg)\n- x"]
)
def test_other_pictures_are_no_gallery(source: str) -> None:
    assert "gallery" not in rendered(source).html


def test_the_pictures_own_alt_text_stands_in() -> None:
    page = rendered("![](photo.jpg)\n\nx\n\n![](small.png)")
    assert [image["alt"] for image in Images(page.html).found] == ["A lake", ""]
    assert page.without_alt == (5,)


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("![](/a.png)", (1,)),
        ("x\n\n![ ](/a.png)", (3,)),
        ('x\n\n<img src="/a.png">', (3,)),
        ('<img src="/a.png" alt="">', ()),
        ("![x](/a.png)", ()),
        ("![][a] ![b][a]\n\n[a]: /a.png", (3,)),
        ("`![](/a.png)`", ()),
    ],
)
def test_pictures_without_alt_text_are_counted_by_their_lines(source: str, lines: tuple[int, ...]) -> None:
    assert rendered(source).without_alt == lines


@pytest.mark.parametrize(
    ("address", "words"),
    [("https://example.org/a.png", "another site"), ("//example.org/a.png", "another site"), ("nope.png", "nope.png")],
)
def test_pictures_that_cannot_come_are_remarked_on(address: str, words: str) -> None:
    (remark,) = rendered(f"x\n\n![x]({address})").warnings
    assert remark.line == 3
    assert words in remark.sentence


def test_values_stay_values() -> None:
    hostile = Shown(10, 10, '"><script>', (('/p/"><script>-10.webp', 10), ("/p/&x-20.webp", 20)))
    page = rendered('![" onerror=alert(1) x="](evil.png "\\"><script>")\n![b](evil.png)', **{"evil.png": hostile}).html
    assert "<script>" not in page
    (first, _) = Images(page).found
    assert set(first) == {"src", "srcset", "sizes", "alt", "width", "height", "decoding"}
