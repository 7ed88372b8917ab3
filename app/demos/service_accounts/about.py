"""What the bench’s HTML is told beside its inputs: the answer, the graph, the switches, the four ways, the errors."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import urlencode

from app.algorithms.iam import compared
from app.algorithms.iam.symptoms import ERRORS
from app.demos.base import Demo
from app.demos.form import texts
from app.demos.service_accounts.answer import answer, sandbox_of
from app.demos.service_accounts.drawing import graph
from app.demos.service_accounts.starts import WAYS
from app.demos.service_accounts.switches import mending, offered, told
from app.demos.service_accounts.words import SHORT
from app.errors import InvalidInput

RESOURCES = {"buckets": "bucket", "serviceAccounts": "account", "projects": "project"}


def about(demo: Demo, values: Mapping[str, Any]) -> dict[str, Any]:
    """`now` is the answer to `values`, or to none where they are refused."""
    asked, now = _asked(demo, values)
    sandbox = sandbox_of(asked)
    mends = mending(now, sandbox, asked)
    return {
        "asked": asked,
        "now": now,
        "graph": graph(sandbox, asked, now),
        "offered": offered(sandbox, asked.pod, asked.bucket, asked.system),
        "mends": [(word, told(word.removeprefix("-"))) for word in mends],
        "pods": list(sandbox["pods"]),
        "buckets": list(sandbox["buckets"]),
        "errors": [(each["id"], each["title"], each["symptom"], each["why"]) for each in ERRORS],
        "ways": ways(),
        "sentence": sentence(now, asked),
        "query": lambda word, on: query(demo, asked, turned(asked.changes or "", word, on)),
    }


def sentence(now: Mapping[str, Any], asked: Any) -> str:
    """The answer in a few words."""
    answers = {"allowed": "Yes", "denied": "No", "unknown": "It cannot be told"}
    who = now["identity"] or "nobody: it gets no token"
    return f"{answers[now['answer']]}. {asked.pod} comes as {brief(who)}."


def brief(member: str) -> str:
    """A member as a reader knows it: an account by its short name, a federated one as itself."""
    for name, email in SHORT.items():
        member = member.replace(f"serviceAccount:{email}", name)
    return member.rpartition("/subject/")[2].replace("ns/", "", 1).replace("/sa/", "/") + (
        ", itself" if "/subject/" in member else ""
    )


def turned(line: str, word: str, on: bool) -> str:
    """The line of changes with one word said anew."""
    rest = [part for part in line.split(",") if part and part.removeprefix("-") != word]
    return ",".join([*rest, word if on else f"-{word}"])


def query(demo: Demo, asked: Any, changes: str) -> str:
    """The question as an address asks it, with another line of changes."""
    values = {
        field.name: getattr(asked, field.name) for field in demo.fields if field.default != getattr(asked, field.name)
    }
    return urlencode({**values, "changes": changes})


@cache
def ways() -> list[dict[str, Any]]:
    """The four ways with what one stolen pod reaches, by resource: how many permissions on each."""
    found = []
    for each in compared():
        counted: dict[str, int] = {}
        for reached in each["reached"]:
            counted[reached["resource"]] = counted.get(reached["resource"], 0) + 1
        rows = [
            {"kind": RESOURCES[key.partition("/")[0]], "name": _name(key), "count": n} for key, n in counted.items()
        ]
        found.append(
            {
                "way": each["way"],
                "title": WAYS[each["way"]],
                "count": each["count"],
                "lasting": each["lasting"],
                "identities": [brief(held["member"]) for held in each["identities"]],
                "rows": rows,
            }
        )
    return sorted(found, key=lambda each: -int(each["count"]))


def _name(resource: str) -> str:
    name = resource.partition("/")[2]
    return next((short for short, email in SHORT.items() if email == name), name)


def _asked(demo: Demo, values: Mapping[str, Any]) -> tuple[Any, dict[str, Any]]:
    given = {name: value for name, value in values.items() if value is not None}
    for tried in (given, {}):
        try:
            asked = demo.parse(texts(tried, demo))
            return asked, answer(asked)
        except InvalidInput:
            continue
    raise AssertionError("the defaults are answered")
