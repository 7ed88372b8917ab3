import pytest

from tests.blog.exchange.samples import read, shows


def post(*lines: str, body: str = "Text\n") -> str:
    return "<!--\n" + "".join(f".. {line}\n" for line in lines) + f"-->\n\n{body}"


SAMPLES = [
    (
        "posts/one.md",
        post(
            "title: One: more",
            "slug: first",
            "date: 2018-03-04 12:00:00 UTC+02:00",
            "updated: 2018-04-01 10:00:00 UTC",
            "tags: a, b",
            "category: c",
            "description: Short.",
            "type: text",
            "has_math: true",
            "link:",
        ),
        {
            "title": "One: more",
            "slug": "first",
            "published_at": "2018-03-04T10:00",
            "updated_at": "2018-04-01T10:00",
            "tags": ("c", "a", "b"),
            "description": "Short.",
            "status": "published",
            "x_has_math": "true",
            "source": "Text\n",
        },
    ),
    ("posts/d.md", post("title: D", "status: draft"), {"status": "draft"}),
    ("posts/p.md", post("title: P", "status: private"), {"status": "draft"}),
    ("posts/f.md", post("title: F", "status: featured"), {"status": "published"}),
    ("posts/t.md", post("title: T", "tags: draft, mathjax, x"), {"status": "draft", "tags": ("x",)}),
    ("pages/about.md", post("title: About"), {"kind": "page", "slug": "about"}),
    ("posts/i.md", post("title: I", "previewimage: /images/i.png"), {"cover": "/images/i.png"}),
    ("posts/l.md", post("title: L", "link: https://x.example/a"), {"x_canonical_url": "https://x.example/a"}),
    ("posts/z.md", post("title: Z", "date: 2018-03-04"), {"published_at": "2018-03-04T00:00"}),
    ("posts/y.md", "---\ntitle: Y\nhas_math: true\nstatus: draft\n---\nx", {"status": "draft", "x_has_math": True}),
    ("posts/m.md", post("title: M", body="A\n\n<!-- TEASER_END -->\n\nB"), {"source": "A\n\n<!-- TEASER_END -->\n\nB"}),
    (
        "posts/w.md",
        "<!--\r\n.. title: W\r\n.. slug: ww\r\n-->\r\n\r\nx\r\n",
        {"title": "W", "slug": "ww", "source": "x\r\n"},
    ),
    ("posts/c.md", "<!-- no front matter -->\n\nx", {"title": "", "source": "<!-- no front matter -->\n\nx"}),
]


@pytest.mark.parametrize(("path", "text", "wanted"), SAMPLES, ids=[path for path, _, _ in SAMPLES])
def test_a_post_of_nikola(path: str, text: str, wanted: dict[str, object]) -> None:
    shows(read(path, text), wanted)


def test_what_stands_in_a_file_beside_the_text_is_read() -> None:
    found = read("two.md", "Text\n", two__meta=".. title: Two\n.. slug: second\n.. tags: x\n.. date: 2018-01-01\n")
    shows(found, {"title": "Two", "slug": "second", "tags": ("x",), "source": "Text\n", "published_at": "2018-01-01"})
