"""A notebook whole: text, code, what came out of it, figures; and the same notebook pushed again."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from typing import Any

import nbformat
import pytest
from flask import Flask
from flask.testing import FlaskClient
from nbformat import v4

from app.blog import editing
from app.blog.exchange import fenced
from app.blog.exchange.intake import Arrival, Intake
from app.blog.exchange.parcel import of_bytes
from app.blog.exchange.reading import Read
from app.blog.models import Post
from app.blog.transfer import manuscript_of
from app.errors import AppError
from tests.blog.exchange.samples import read
from tests.pictures import photograph

PNG = base64.b64encode(photograph(30, 20, "PNG")).decode()
OTHER = base64.b64encode(photograph(40, 20, "PNG")).decode()
SVG = '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20"><path d="M0 0h9"/></svg>'
TABLE = """<div><style>.x { color: red }</style><table border="1" class="dataframe"><thead><tr><th></th><th>a|b</th>
<th>n</th></tr></thead><tbody><tr><th>0</th><td>x_1 *y*</td><td>1.5</td></tr>
<tr><th>1</th><td>&lt;b&gt;</td><td>-2</td></tr>
</tbody></table><p>2 rows × 2 columns</p></div>"""


def figure(data: str = PNG, /, **metadata: Any) -> Any:
    return v4.new_output(
        "display_data", {"image/png": data, "text/plain": "<Figure size 640x480 with 1 Axes>"}, metadata=metadata
    )


def code(source: str, *outputs: Any, **metadata: Any) -> Any:
    return v4.new_code_cell(source, outputs=list(outputs), metadata=metadata)


def written(*cells: Any, **metadata: Any) -> str:
    return nbformat.writes(v4.new_notebook(cells=list(cells), metadata=metadata))  # type: ignore[no-any-return]


def became(*cells: Any, **metadata: Any) -> Read:
    return read("my-note.ipynb", written(*cells, **metadata))


def body(*cells: Any, **metadata: Any) -> str:
    return became(*cells, **metadata).manuscript.source


def test_text_code_and_what_it_printed() -> None:
    source = body(
        v4.new_markdown_cell("# A title\n\nHello."),
        code("print(1)", v4.new_output("stream", name="stdout", text="\x1b[31mred\x1b[0m\n"),
             v4.new_output("stream", name="stdout", text="10%\r100%\n")),
    )  # fmt: skip
    assert source == "Hello.\n\n```python\nprint(1)\n```\n\n```text\nred\n100%\n```\n"


def test_the_title_is_said_or_is_the_first_heading_or_the_file() -> None:
    assert became(v4.new_markdown_cell("# One #\n\nx")).manuscript.title == "One"
    assert became(v4.new_markdown_cell("x"), title="Two").manuscript.title == "Two"
    assert became(v4.new_markdown_cell("x")).manuscript.title == "my note"
    made = became(
        v4.new_raw_cell("---\ntitle: Three\ncategories: [a]\ndraft: false\n---"), v4.new_markdown_cell("# Part\n\nx")
    )
    assert (made.manuscript.title, made.manuscript.tags, made.manuscript.source) == ("Three", ("a",), "# Part\n\nx\n")


def test_it_is_a_draft_unless_it_says_otherwise() -> None:
    assert became().manuscript.status == "draft"
    said = v4.new_raw_cell("---\ntitle: T\nstatus: published\ndate: 2026-01-02\n---")
    assert became(said).manuscript.status == "published"


def test_the_language_is_the_kernel_s() -> None:
    assert "```julia\nx\n```" in body(code("x"), language_info={"name": "Julia"})
    assert "```bash\n%%bash\nls\n```" in body(code("%%bash\nls"))


def test_an_error_is_shown_without_its_colours() -> None:
    failed = v4.new_output("error", ename="ValueError", evalue="no", traceback=["\x1b[0;31mValueError\x1b[0m: no"])
    assert "```pytb\nValueError: no\n```" in body(code("x", failed))
    bare = v4.new_output("error", ename="ValueError", evalue="no", traceback=[])
    assert "ValueError: no" in body(code("x", bare))


def test_code_that_holds_a_fence_is_fenced_longer() -> None:
    assert "````python\n'''\n```\n'''\n````" in body(code("'''\n```\n'''"))


def test_a_long_output_is_shortened_in_the_middle() -> None:
    text = "\n".join(map(str, range(1000)))
    source = body(code("x", v4.new_output("stream", text=text)))
    assert f"[… {1000 - fenced.FIRST - fenced.LAST} lines left out]" in source
    assert source.endswith("999\n```\n")


def test_a_table_is_a_table(app: Flask) -> None:
    source = body(code("df", v4.new_output("execute_result", {"text/html": TABLE, "text/plain": "x"})))
    assert "| ---: | --- | ---: |" in source
    assert "2 rows × 2 columns" in source
    with app.test_request_context():
        html = editing.rendered(source).html
    cells = ["a|b", "x_1 *y*", "&lt;b&gt;", "1.5", "-2"]
    assert all(f">{cell}</t" in html for cell in cells), html


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td colspan=2>x</td></tr></table>",
        "<details><summary>More</summary><p>Words</p></details>",
        "<table><tr><td><ul><li>a</li></ul></td></tr></table>",
    ],
)
def test_other_html_stays_as_far_as_it_may_stand_in_a_post(app: Flask, html: str) -> None:
    source = body(code("x", v4.new_output("display_data", {"text/html": f"<script>alert(1)</script>{html}"})))
    assert "script" not in source
    with app.test_request_context():
        shown = editing.rendered(source)
    assert "alert" not in shown.html
    assert ("x" in shown.html) or ("Words" in shown.html)


def test_what_only_a_script_shows_is_told() -> None:
    made = became(
        code("x", v4.new_output("display_data", {"text/html": "<script>1</script>", "text/plain": "Widget()"}))
    )
    assert "```text\nWidget()\n```" in made.manuscript.source
    assert any("interactive" in remark for remark in made.remarks)


@pytest.mark.parametrize("latex", ["$$x^2$$", r"\[x^2\]", r"$\displaystyle x^2$", "x^2"])
def test_mathematics_is_a_block(latex: str) -> None:
    assert "$$\nx^2\n$$" in body(code("x", v4.new_output("display_data", {"text/latex": latex, "text/plain": "x**2"})))


def test_figures_are_files_named_by_what_they_are() -> None:
    made = became(code("plot()", figure(), figure(OTHER), figure()), v4.new_markdown_cell("end"))
    names = sorted(made.figures)
    assert len(names) == 2
    assert all(name.startswith("my-note/") and name.endswith(".png") for name in names)
    assert sorted(made.figures.values()) == sorted(map(base64.b64decode, (PNG, OTHER)))
    assert made.manuscript.source.count("![](my-note/") == 3
    assert "Figure size" not in made.manuscript.source


def test_drawings_and_photographs() -> None:
    jpeg = base64.b64encode(photograph()).decode()
    made = became(code("x", v4.new_output("display_data", {"image/svg+xml": SVG, "image/png": PNG}),
                       v4.new_output("display_data", {"image/jpeg": jpeg})))  # fmt: skip
    assert sorted(name.rpartition(".")[2] for name in made.figures) == ["jpg", "svg"]
    assert not any(b"<?xml" in data for data in made.figures.values())
    broken = became(code("x", v4.new_output("display_data", {"image/png": "no base64!"})))
    assert any("damaged" in remark for remark in broken.remarks)


def test_what_a_cell_says_of_its_figures() -> None:
    said = body(code("#| fig-alt: [One, Two]\n#| fig-cap: Below\nplot()", figure(), figure(OTHER)))
    assert "```python\nplot()\n```" in said
    assert "![One](" in said
    assert "![Two](" in said
    assert said.count("/// caption\nBelow\n///") == 1
    assert "![Cell]" in body(code("x", figure(), alt="Cell"))
    assert "![Own]" in body(code("x", figure(PNG, **{"image/png": {"alt": "Own"}}), alt="Cell"))


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        (code("#| echo: false\nsecret()", figure()), "![]("),
        (code("secret()", figure(), tags=["remove-input"]), "![]("),
        (code("#| output: false\nshown()", figure()), "shown()"),
        (code("shown()", figure(), jupyter={"outputs_hidden": True}), "shown()"),
        (code("#| include: false\nsecret()", figure()), ""),
        (code("secret()", figure(), tags=["remove-cell"]), ""),
    ],
)
def test_what_is_hidden_stays_hidden(cell: Any, kept: str) -> None:
    source = body(cell, v4.new_markdown_cell("end"))
    assert "secret" not in source
    assert kept in source
    assert ("![](" in source) == (kept == "![](")


def test_a_pasted_picture_is_a_file() -> None:
    cell = v4.new_markdown_cell("![image.png](attachment:image.png) and ![A lake](attachment:image.png)")
    cell["attachments"] = {"image.png": {"image/png": PNG}}
    made = became(cell)
    (name,) = made.figures
    assert made.manuscript.source == f"![]({name}) and ![A lake]({name})\n"


def test_an_old_notebook_is_read_as_one_of_today() -> None:
    old = {
        "nbformat": 3,
        "nbformat_minor": 0,
        "metadata": {"name": "old"},
        "worksheets": [
            {
                "metadata": {},
                "cells": [
                    {"cell_type": "heading", "level": 1, "metadata": {}, "source": ["Old"]},
                    {
                        "cell_type": "code",
                        "collapsed": False,
                        "input": ["print(1)\n", "2"],
                        "language": "python",
                        "metadata": {},
                        "outputs": [
                            {"output_type": "stream", "stream": "stdout", "text": ["1\n"]},
                            {"output_type": "display_data", "png": PNG, "metadata": {}},
                        ],
                        "prompt_number": 1,
                    },
                ],
            }
        ],
    }
    made = read("old.ipynb", json.dumps(old))
    assert made.manuscript.title == "Old"
    assert "```python\nprint(1)\n2\n```\n\n```text\n1\n```\n\n![](old/" in made.manuscript.source


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "no JSON"),
        ("[]", "no Jupyter notebook"),
        ("{}", "not what its format"),
        ('{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "x"}]}', "not what its format"),
        ('{"nbformat": 99, "nbformat_minor": 0, "metadata": {}, "cells": []}', "notebook"),
    ],
)
def test_what_is_no_notebook_is_told(text: str, sentence: str) -> None:
    with pytest.raises(AppError, match=sentence):
        read("x.ipynb", text)


def push(text: str, *, insists: bool = False) -> Arrival:
    (came,) = Intake(of_bytes({"my-note.ipynb": text.encode()}), True, "ada", insists=insists).taken_in()
    return came


def the_post() -> Post:
    (post,) = editing.everything()
    return post


def test_a_second_push_keeps_what_the_author_said_of_the_figures(app: Flask, client: FlaskClient) -> None:
    first = written(v4.new_markdown_cell("# Plots\n\nOne."), code("plot()", figure()))
    with app.test_request_context():
        assert push(first).outcome == "added"
        post = the_post()
        address = post.source.partition("![](")[2].partition(")")[0]
        said = manuscript_of(post)
        with_alt = said.source.replace("![](", "![A rising line](")
        editing.save(
            post.id, post.version, replace(said, source=with_alt, slug="plots", tags=("a",), status="published")
        )
        assert push(first).outcome == "same"
        second = v4.new_markdown_cell("# Plots\n\nTwo.")
        refused = push(written(second, code("plot()", figure(), figure(OTHER))))
        assert "alt text" in refused.sentence
        came = push(written(second, code("plot()", figure(), figure(OTHER, alt="A falling line"))))
        assert (came.outcome, came.slug) == ("replaced", "plots")
        post = the_post()
        assert (post.slug, post.status, tuple(post.tags)) == ("plots", "published", ("a",))
        assert "Two." in post.source
        assert f"![A rising line]({address})" in post.source
        assert "![A falling line](my-note/" in post.source


def test_words_that_an_author_changed_here_are_not_overwritten_unasked(app: Flask) -> None:
    first = written(v4.new_markdown_cell("# Plots\n\nOne."))
    with app.test_request_context():
        push(first)
        post = the_post()
        editing.save(post.id, post.version, replace(manuscript_of(post), source="Mine."))
        came = push(first.replace("One.", "Two."))
        assert came.outcome == "refused"
        assert the_post().source == "Mine."
        assert push(first.replace("One.", "Two."), insists=True).outcome == "replaced"
        assert the_post().source == "Two.\n"
