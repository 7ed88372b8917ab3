"""What a sandbox starts from: one pod’s need met in four ways, five usual errors, and a course for golf."""

from __future__ import annotations

from app.algorithms.iam import ERRORS, broken, changed, course, shop
from app.algorithms.iam.examples import FOUR_WAYS
from app.algorithms.iam.sandbox import Sandbox

WAYS = {
    "account": "Workload identity, Google account",
    "direct": "Direct federation",
    "key": "Key file",
    "node": "The node’s account",
}
STARTS = {**WAYS, **{each["id"]: each["title"] for each in ERRORS}, "golf": "Golf: least privilege"}


def started(start: str) -> Sandbox:
    """The sandbox of this name. Raises KeyError."""
    if start == "golf":
        return course()
    return changed(shop(), FOUR_WAYS[start] if start in FOUR_WAYS else broken(start))
