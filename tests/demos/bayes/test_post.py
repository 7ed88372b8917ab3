"""The post about Bayes' rule: its code prints what its comments say, and its benches answer what its words say."""

from __future__ import annotations

import re
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

from flask import Flask

from app import demos
from app.blog.markdown import render
from app.blog.syntax import demo_of
from app.demos.instant import answer_of_values
from app.demos.preset import of_options

TEXT = (Path(__file__).parents[3] / "app/blog/posts/bayes.md").read_text()
BENCHES = re.findall(r"^::: demo[^\n]*$", TEXT, re.MULTILINE)


def answered(app: Flask) -> list[dict[str, Any]]:
    """What each bench of the post opens with, in their order."""
    with app.app_context():
        demo = demos.get("bayes")
        return [answer_of_values(demo, of_options(demo, demo_of(line)[1])) for line in BENCHES]


def test_its_code_prints_what_its_comments_say() -> None:
    scope: dict[str, Any] = {}
    for code in re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL):
        said, promised = StringIO(), re.findall(r"print\(.*\)  # (.*)$", code, re.MULTILINE)
        with redirect_stdout(said):
            exec(code, scope)
        lines = said.getvalue().splitlines()
        assert promised == ([", ".join(lines)] if promised else lines)


def test_its_benches_stand_in_the_page_with_their_answers(app: Flask) -> None:
    with app.test_request_context():
        page = render(TEXT.split("---", 2)[2], demos.embed).html
    assert page.count("<live-demo") == len(BENCHES) >= 6
    assert "Of 103 women with a positive mammogram, 8 have cancer." in page
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_what_its_words_say_is_what_its_benches_answer(app: Flask) -> None:
    first, rare, court, monty, row, robot, coin = answered(app)
    assert round(first["posterior"], 3) == 0.078
    assert round(rare["posterior"] * 11) == 1 and round(rare["base_rate"]["needed"] * 12, 1) == 1
    assert round(1 / court["posterior"], 6) == 11
    assert round(monty["posterior"], 6) == round(2 / 3, 6)
    assert [round(step["posterior"], 3) for step in row["sequence"]["steps"]] == [0.078, 0.412, 0.134]
    assert round(robot["belief"][0][3], 4) == 0.4329
    assert round(coin["posterior"]["mean"], 9) == round(2 / 3, 9)


def test_its_links_to_other_problems_are_answered(app: Flask) -> None:
    client = app.test_client()
    links = re.findall(r"\]\((/demos/bayes\?[^)]*)\)", TEXT)
    assert len(links) >= 5
    for link in links:
        page = client.get(link)
        assert page.status_code == 200 and "has no input" not in page.text
    fallen = client.get("/api/v1/demos/bayes?problem=monty-hall&sensitivity=50").get_json()
    assert round(fallen["posterior"], 9) == 0.5
    copied = client.get("/api/v1/demos/bayes?results=%2B%2B&correlation=0.5").get_json()["sequence"]["steps"]
    assert [round(step["factor"], 1) for step in copied] == [8.3, 1.6]
