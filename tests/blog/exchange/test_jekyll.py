import pytest

from tests.blog.exchange.samples import read, shows

SAMPLES = [
    (
        "_posts/2019-02-03-my-first-post.md",
        "---\nlayout: post\ntitle: One\ncategories: news code\ntags: [a]\n---\nText\n",
        {
            "slug": "my-first-post",
            "published_at": "2019-02-03",
            "tags": ("news", "code", "a"),
            "x_layout": "post",
            "status": "published",
            "source": "Text\n",
        },
    ),
    (
        "_posts/2019-2-3-x.markdown",
        "---\ntitle: X\ndate: 2019-02-04 10:00:00 +0100\nlast_modified_at: 2020-01-01\n---\n",
        {"slug": "x", "published_at": "2019-02-04T09:00", "updated_at": "2020-01-01"},
    ),
    (
        "blog/_posts/2020-01-02-y.md",
        "---\ntitle: Y\npermalink: /:categories/:year/:month/:title/\ncategories: [Web]\n---\n",
        {"aliases": ("web/2020/01/y",), "tags": ("Web",)},
    ),
    ("_posts/2020-01-02-z.md", "---\ntitle: Z\npermalink: /old/z.html\n---\n", {"aliases": ("old/z.html",)}),
    ("_posts/2020-01-02-u.md", "---\ntitle: U\npermalink: /:unknown/x\n---\n", {"aliases": ()}),
    ("_drafts/idea.md", "---\ntitle: Idea\n---\nx", {"slug": "idea", "status": "draft"}),
    ("_posts/2020-01-02-h.md", "---\ntitle: H\npublished: false\n---\nx", {"status": "draft"}),
    (
        "_posts/2020-01-02-code.md",
        "---\ntitle: C\n---\n{% highlight ruby linenos %}\nputs 1\n{% endhighlight %}\n",
        {"source": "```ruby\nputs 1\n```\n"},
    ),
    (
        "_posts/2020-01-02-l.md",
        "---\ntitle: L\n---\n[a]({{ site.baseurl }}/x) "
        "![b]({{ '/assets/b.png' | relative_url }}) [c]({% post_url 2019-02-03-my-first-post %})",
        {"source": "[a](/x) ![b](/assets/b.png) [c](/posts/my-first-post)"},
    ),
    (
        "_posts/2020-01-02-e.md",
        "---\ntitle: E\nexcerpt_separator: <!--cut-->\n---\nHead\n<!--cut-->\nRest",
        {"source": "Head\n<!-- more -->\nRest"},
    ),
    (
        "_posts/2020-01-02-i.md",
        "---\ntitle: I\nredirect_from:\n  - /a/\n  - /b\n"
        "image:\n  path: /assets/i.png\n  alt: Eye\n---\n{% include x.html %}",
        {"aliases": ("a", "b"), "cover": "/assets/i.png", "cover_alt": "Eye", "remarks": "“include”"},
    ),
    (
        "about.md",
        "---\nlayout: page\ntitle: About\npermalink: /about/\n---\nx",
        {"kind": "page", "aliases": ("about",)},
    ),
    (
        "_posts/2020-01-02-raw.md",
        "---\ntitle: R\n---\n{% raw %}{{ x }}{% endraw %}",
        {"source": "{{ x }}"},
    ),
]


@pytest.mark.parametrize(("path", "text", "wanted"), SAMPLES, ids=[path for path, _, _ in SAMPLES])
def test_a_post_of_jekyll(path: str, text: str, wanted: dict[str, object]) -> None:
    shows(read(path, text), wanted)
