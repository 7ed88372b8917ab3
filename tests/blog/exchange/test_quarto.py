import pytest

from app.blog.markdown import draft
from tests.blog.exchange.samples import read, shows

HEAD = "---\ntitle: Q\n---\n"
SAMPLES = [
    (
        "first/index.qmd",
        "---\ntitle: Q\nauthor: Ada\ndate: 3/14/2024\ndate-modified: 2024-04-01\ncategories: [news, code]\n"
        "image: a.png\nimage-alt: A graph\nexecute:\n  echo: false\nformat: html\n---\n\nText\n",
        {
            "slug": "first",
            "published_at": "2024-03-14",
            "updated_at": "2024-04-01",
            "tags": ("news", "code"),
            "cover": "a.png",
            "cover_alt": "A graph",
            "x_execute": {"echo": False},
            "x_author": "Ada",
            "x_format": "html",
        },
    ),
    (
        "a.qmd",
        f"{HEAD}```{{python}}\n#| label: x\n#| echo: false\n1 + 1 #| no\n```\n",
        {"source": "```python\n1 + 1 #| no\n```\n"},
    ),
    ("b.qmd", f"{HEAD}```{{r}}\nplot(1)\n```\n", {"source": "```r\nplot(1)\n```\n"}),
    ("c.qmd", f'{HEAD}```{{.python filename="x.py"}}\n1\n```\n', {"source": '```{.python filename="x.py"}\n1\n```\n'}),
    ("d.qmd", f"{HEAD}::: {{.callout-note}}\nText\n:::\nmore", {"source": "> [!NOTE]\n> Text\nmore"}),
    (
        "e.qmd",
        f"{HEAD}::: {{.callout-tip}}\n## A *title*\n\nText\n\n- a\n:::\n",
        {"source": "> [!TIP] A *title*\n> Text\n>\n> - a\n"},
    ),
    (
        "f.qmd",
        f'{HEAD}:::{{.callout-warning collapse="true" title="Careful"}}\nText\n:::\n',
        {"source": "> [!WARNING]- Careful\n> Text\n"},
    ),
    (
        "g.qmd",
        f"{HEAD}:::: {{.callout-important}}\n::: {{.column-margin}}\nx\n:::\ny\n::::\n",
        {"source": "> [!IMPORTANT]\n> ::: {.column-margin}\n> x\n> :::\n> y\n"},
    ),
    (
        "h.qmd",
        f"{HEAD}```\n::: {{.callout-note}}\nx\n:::\n```\n",
        {"source": "```\n::: {.callout-note}\nx\n:::\n```\n"},
    ),
    ("i.qmd", f"{HEAD}::: {{.callout-note}}\nnever closed\n", {"source": "::: {.callout-note}\nnever closed\n"}),
    (
        "j.qmd",
        "---\ntitle: D\ndraft: true\naliases:\n  - /old.html\n---\nx",
        {"status": "draft", "aliases": ("old.html",)},
    ),
    ("k.qmd", "---\ntitle: D\ndate: June 5, 2023\n---\nx", {"published_at": "2023-06-05"}),
]


@pytest.mark.parametrize(("path", "text", "wanted"), SAMPLES, ids=[path for path, _, _ in SAMPLES])
def test_a_document_of_quarto(path: str, text: str, wanted: dict[str, object]) -> None:
    shows(read(path, text), wanted)


def test_a_callout_is_one_here_too() -> None:
    text = read(
        "x.qmd", f"{HEAD}::: {{.callout-caution}}\n## Mind the gap\n```{{python}}\n1\n```\n:::\n"
    ).manuscript.source
    page = draft(text).html
    assert '<div class="admonition caution">' in page
    assert "Mind the gap" in page
    assert "<pre" in page
