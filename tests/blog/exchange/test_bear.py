import pytest

from tests.blog.exchange.samples import read, shows


def post(*lines: str) -> str:
    return "---\n" + "".join(f"{line}\n" for line in lines) + "---\n\nText\n"


ONE = (
    "title: Bears: an essay # 1",
    "link: /bears/",
    "published_date: 2022-05-06 07:08",
    "tags: a, b c",
    "publish: True",
)
SAMPLES = [
    (
        post(
            *ONE, "is_page: False", 'meta_description: They say: "hm".', "make_discoverable: True", "alias: old-bears"
        ),
        {
            "title": "Bears: an essay # 1",
            "slug": "bears",
            "published_at": "2022-05-06T07:08",
            "tags": ("a", "b c"),
            "status": "published",
            "kind": "post",
            "description": 'They say: "hm".',
            "aliases": ("old-bears",),
            "x_make_discoverable": True,
            "source": "Text\n",
        },
    ),
    (post("title: P", "link: p", "publish: False"), {"status": "draft"}),
    (post("title: P", "link: about", "is_page: True"), {"kind": "page"}),
    (post("title: [x]", "link: x"), {"title": "[x]"}),
    (post("title: 'tis", "link: tis"), {"title": "'tis"}),
    (post("title: C", "link: c", "meta_image: c.png"), {"cover": "c.png"}),
    (
        post("title: C", "link: c", "meta_image: https://bear.example/c.png"),
        {"cover": "", "x_cover_url": "https://bear.example/c.png"},
    ),
    (post("title: L", "link: l", "lang: de"), {"lang": "de"}),
    (post("title: E", "link: e", "alias:", "canonical_url:"), {"aliases": ()}),
    (post("title: D", "link: d", "published_date: 2022-05-06T07:08:09+00:00"), {"published_at": "2022-05-06T07:08:09"}),
    (
        "title: Header\nlink: header\npublished_date: 2022-05-06\n___\nText: x\n",
        {"slug": "header", "source": "Text: x\n"},
    ),
    (post("title: K", "link: k", "class_name: wide"), {"x_class_name": "wide"}),
]


@pytest.mark.parametrize(("text", "wanted"), SAMPLES)
def test_a_post_of_bear(text: str, wanted: dict[str, object]) -> None:
    shows(read("x.md", text), wanted)


def test_lines_that_are_not_bears_are_yaml() -> None:
    shows(read("x.md", '---\ntitle: "A: b"\nmood: good\n---\nx'), {"title": "A: b", "x_mood": "good"})
