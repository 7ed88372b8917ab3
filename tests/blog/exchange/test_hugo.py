import pytest

from tests.blog.exchange.samples import read, shows

SAMPLES = [
    (
        "content/posts/first.md",
        "---\ntitle: 'First: a post'\ndate: 2019-02-12T10:00:00+01:00\nlastmod: 2019-03-01\ndraft: false\n"
        "tags: [a, b]\nsummary: In short.\nweight: 3\n---\n\nBody.\n",
        {
            "title": "First: a post",
            "slug": "first",
            "published_at": "2019-02-12T09:00",
            "updated_at": "2019-03-01",
            "status": "published",
            "tags": ("a", "b"),
            "description": "In short.",
            "x_weight": 3,
            "source": "Body.\n",
        },
    ),
    (
        "content/posts/second/index.md",
        "+++\ntitle = 'Second'\ndate = 2020-05-06\ndraft = true\ntags = ['x']\ncategories = ['c', 'x']\n"
        "[cover]\nimage = 'front.jpg'\nalt = 'A door'\n[params]\nmath = true\n+++\nBody.\n",
        {
            "slug": "second",
            "status": "draft",
            "tags": ("x", "c"),
            "cover": "front.jpg",
            "cover_alt": "A door",
            "published_at": "2020-05-06T00:00",
            "x_params": {"math": True},
            "source": "Body.\n",
        },
    ),
    (
        "third.md",
        '{\n  "title": "Third",\n  "date": "2021-01-01",\n  "aliases": ["/2021/old/", "/x?p=1"],\n  "series": ["S"],\n'
        '  "series_order": 2\n}\n\nBody {not JSON}.\n',
        {
            "title": "Third",
            "aliases": ("2021/old",),
            "series": "S",
            "part": 2,
            "source": "Body {not JSON}.\n",
            "remarks": "/x?p=1",
        },
    ),
    (
        "content/about.md",
        "---\ntitle: About\ntype: page\nurl: /about-me/\n---\nx",
        {"kind": "page", "aliases": ("about-me",)},
    ),
    (
        "figure.md",
        '---\ntitle: F\n---\n{{< figure src="/images/a.png" alt="A cat" caption="It *sleeps*" >}}\n',
        {"source": "![A cat](/images/a.png)\n\n/// caption\nIt *sleeps*\n///\n"},
    ),
    (
        "code.md",
        '+++\ntitle = "C"\n+++\n{{< highlight go "linenos=table" >}}\nx := 1\n{{< /highlight >}}\n',
        {"source": "```go\nx := 1\n```\n"},
    ),
    (
        "links.md",
        '---\ntitle: L\n---\n[a]({{< ref "/posts/My Post.md#part" >}}) [b]({{% relref "second/index.md" %}})',
        {"source": "[a](/posts/my-post#part) [b](/posts/second)"},
    ),
    (
        "left.md",
        '---\ntitle: L\n---\n{{< tweet 1 >}} and {{</* ref "x" */>}}',
        {"source": '{{< tweet 1 >}} and {{< ref "x" >}}', "remarks": "“tweet”"},
    ),
    (
        "publish.md",
        "---\ntitle: P\npublishDate: 2030-01-01\n---\nx",
        {"published_at": "2030-01-01", "status": "published"},
    ),
    ("both.md", "---\ntitle: B\nsummary: S\ndescription: D\n---\nx", {"description": "D", "x_summary": "S"}),
    ("images.md", "---\ntitle: I\nimages: [a.png, b.png]\n---\nx", {"cover": "a.png"}),
    (
        "far.md",
        "---\ntitle: I\nimage: https://x.example/a.png\n---\nx",
        {"cover": "", "x_image": "https://x.example/a.png"},
    ),
    (
        "video.md",
        "---\ntitle: V\n---\n{{< youtube w7Ft2ymGmfc >}}",
        {"source": "<https://www.youtube.com/watch?v=w7Ft2ymGmfc>"},
    ),
    ("ours.md", "---\ntitle: O\nstatus: draft\n---\n`{{< ref x >}}`", {"source": "`{{< ref x >}}`", "status": "draft"}),
]


@pytest.mark.parametrize(("path", "text", "wanted"), SAMPLES, ids=[path for path, _, _ in SAMPLES])
def test_a_post_of_hugo(path: str, text: str, wanted: dict[str, object]) -> None:
    shows(read(path, text), wanted)
