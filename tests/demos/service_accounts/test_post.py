"""The post on service accounts is right: its programs print what it says, and its figures are the sandbox’s."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

from app.algorithms.iam import compared, score
from app.algorithms.iam.examples import DIRECT, FRONTEND, READER
from app.algorithms.iam.roles import ROLES

POST = (Path(__file__).parents[3] / "app/blog/posts/service-accounts.md").read_text()


def printed(program: str) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(program, {})
    return out.getvalue().strip()


def test_its_programs_print_what_it_says() -> None:
    programs = re.findall(r"```python\n(.*?)```", POST, re.DOTALL)
    assert len(programs) == 2
    for program in programs:
        assert f"It prints `{printed(program)}`" in POST


def test_its_figures_are_the_sandboxs() -> None:
    counts = {way["way"]: way["count"] for way in compared()}
    said = re.search(r"the node’s account reaches (\d+), a key file (\d+),\nand either form .* the (\d+) that", POST)
    assert said and [int(figure) for figure in said.groups()] == [counts["node"], counts["key"], counts["account"]]
    assert counts["account"] == counts["direct"]
    first = score([])
    assert f"costs {first['strokes']} strokes" in POST and f"the par of {first['par']}" in POST


def test_its_commands_name_the_sandboxs_members_and_roles() -> None:
    for written in (DIRECT, FRONTEND, f"serviceAccount:{READER}"):
        assert f'--member "{written}"' in POST
    roles = re.findall(r"--role (\S+)", POST)
    assert roles and set(roles) <= set(ROLES)


def test_two_surprises_about_editor_are_so() -> None:
    held = ROLES["roles/editor"]
    assert "storage.objects.get" not in held and "iam.serviceAccounts.getAccessToken" not in held
    assert "iam.serviceAccountKeys.create" in held
