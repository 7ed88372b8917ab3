"""Service accounts on GKE: what the bench asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.demos.base import Choice, Demo, Text, asks
from app.demos.service_accounts.about import about
from app.demos.service_accounts.moment import Moment
from app.demos.service_accounts.starts import STARTS

PODS = ("web/frontend", "web/plain", "jobs/resize", "web/gallery", "jobs/upload", "jobs/sweep")
BUCKETS = ("photos", "thumbs", "ledger", "inbox")


@dataclass(frozen=True)
class Inputs:
    start: str = asks(Choice("Sandbox", STARTS), "account")
    system: str = asks(Choice("Which system is asked", {"iam": "IAM: a bucket", "rbac": "RBAC: the cluster"}), "iam")
    pod: str = asks(Choice("May pod", {name: name for name in PODS}), "web/frontend")
    permission: str = asks(
        Choice(
            "Do what",
            {
                "storage.objects.get": "read an object of",
                "storage.objects.list": "list",
                "storage.objects.create": "write to",
                "storage.objects.delete": "delete from",
                "storage.buckets.setIamPolicy": "set the policy of",
            },
        ),
        "storage.objects.get",
    )
    bucket: str = asks(Choice("Bucket", {name: name for name in BUCKETS}), "photos")
    request: str = asks(
        Choice(
            "Do what in the cluster",
            {
                "pods": "list pods",
                "secrets": "read secrets",
                "starts": "start pods",
                "tokens": "make other accounts’ tokens",
            },
        ),
        "pods",
    )
    changes: str | None = asks(
        Text(
            "Changed",
            2000,
            help="What differs from the sandbox, in words with commas between them; a - before what it has not.",
            examples=("-annotate.web/frontend.photo-reader", "-pool", "grant.thumbs.photo-reader.storage.objectUser"),
        ),
        optional=True,
    )
    time: str | None = asks(
        Moment("On the day", help="For conditions that end, such as 2026-12-24.", examples=("2027-03-01",)),
        optional=True,
    )


def titled(asked: Mapping[str, Any]) -> str | None:
    """The page’s title, where its address asks for another sandbox."""
    return STARTS[asked["start"]] if asked.get("start") else None


DEMO = Demo(
    title="May this pod read that bucket?",
    summary="Pods, accounts, roles and buckets in a sandbox: take one away, and see what breaks and what mends it.",
    inputs=Inputs,
    instant=True,
    about=about,
    titled=titled,
    examples={
        "start": {"start": "token-denied"},
        "request": {"system": "rbac", "request": "secrets", "changes": "rbac.web/frontend.pods"},
        "time": {"changes": "until.photos", "time": "2027-03-01"},
    },
)
