"""Least-privilege golf: make three pods work with the fewest permissions, counted as what the pods reach.

A stroke is one permission on one resource that one of the pods reaches; grants are made and taken with predefined roles
only. The course begins as such places begin: everybody has Storage Admin on the project.
"""

from __future__ import annotations

from typing import Any

from app.algorithms.iam.edit import Change, changed
from app.algorithms.iam.examples import POOL, pod, shop
from app.algorithms.iam.reach import reach
from app.algorithms.iam.roles import ROLES
from app.algorithms.iam.sandbox import Sandbox
from app.algorithms.iam.verdict import may

PODS = ("web/gallery", "jobs/upload", "jobs/sweep")
NEEDS: list[dict[str, str]] = [
    {"pod": "web/gallery", "permission": "storage.objects.get", "bucket": "photos"},
    {"pod": "jobs/upload", "permission": "storage.objects.create", "bucket": "inbox"},
    {"pod": "jobs/sweep", "permission": "storage.objects.list", "bucket": "inbox"},
    {"pod": "jobs/sweep", "permission": "storage.objects.delete", "bucket": "inbox"},
]
# gallery: legacyObjectReader, 1; upload: objectCreator, 1; sweep: legacyBucketWriter, 4: no role just lists and deletes
PAR = 6


def course() -> Sandbox:
    """Three pods that come as themselves, two buckets, and a project on which each may do all with both."""
    laid = shop()
    laid["kubernetes_accounts"] = {name: {"cluster": "main", "annotation": None} for name in PODS}
    laid["pods"] = {name: pod(name.partition("/")[2]) for name in PODS}
    laid["buckets"] = {name: {"project": "shop", "public_access_prevention": False} for name in ("photos", "inbox")}
    laid["google_accounts"] = {email: each for email, each in laid["google_accounts"].items() if "compute@" in email}
    members = [player(name) for name in PODS]
    laid["policies"] = {"projects/shop": {"bindings": [{"role": "roles/storage.admin", "members": members}]}}
    return laid


def player(name: str) -> str:
    """A pod of the course as a member."""
    namespace, own = name.split("/")
    return f"principal://{POOL}/subject/ns/{namespace}/sa/{own}"


def score(changes: list[Change]) -> dict[str, Any]:
    """Whether everybody can work, in how many strokes, and which of them nobody needs.

    Raises ValueError for a change that is no grant of a predefined role and takes none away.
    """
    for change in changes:
        if not ({"bind", "unbind"} & set(change)) or ("bind" in change and change["role"] not in ROLES):
            raise ValueError("Only grants of predefined roles are made and taken away on this course.")
    played = changed(course(), changes)
    needs = [{**need, "met": may(played, **need)["answer"] == "allowed"} for need in NEEDS]
    wanted = {(each["pod"], f"buckets/{each['bucket']}", each["permission"]) for each in NEEDS}
    reached = [(name, each["resource"], each["permission"]) for name in PODS for each in reach(played, name)["reached"]]
    spare = [{"pod": p, "resource": r, "permission": q} for p, r, q in reached if (p, r, q) not in wanted]
    works = all(need["met"] for need in needs)
    return {"works": works, "needs": needs, "strokes": len(reached), "par": PAR, "spare": spare}
