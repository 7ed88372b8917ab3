"""Random questions about random sandboxes: a start, a line of changes, who asks for what."""

from __future__ import annotations

import random
from dataclasses import fields
from typing import Any

from app.demos.service_accounts.demo import DEMO, PODS
from app.demos.service_accounts.starts import STARTS, started
from app.demos.service_accounts.words import ALLOWED, ANYBODY, SHORT

ROLES = ["storage.objectViewer", "storage.objectUser", "storage.admin", "storage.legacyBucketOwner", "editor", "owner"]
ROLES += ["storage.objectCreator", "viewer", "iam.serviceAccountTokenCreator", "iam.serviceAccountUser"]
CHOICES = {field.name: field.kind.choices for field in DEMO.fields if hasattr(field.kind, "choices")}


def question(chance: random.Random) -> dict[str, Any]:
    """Values of all inputs, as the bench has them."""
    start = chance.choice(list(STARTS))
    sandbox = started(start)
    asked = {name: chance.choice(list(choices)) for name, choices in CHOICES.items()}
    if chance.random() < 0.7:
        asked["system"] = "iam"
    asked |= {"start": start, "pod": chance.choice(list(sandbox["pods"]))}
    asked["bucket"] = chance.choice(list(sandbox["buckets"]))
    line = [word(chance, start) for _ in range(chance.randrange(6))]
    asked["changes"] = ",".join(line) or None
    asked["time"] = chance.choice([None, None, "2026-05-01", "2027-05-01"])
    assert set(asked) == {field.name for field in fields(DEMO.inputs)}
    return asked


def word(chance: random.Random, start: str) -> str:
    """A word that means something in that sandbox, with or without a - before it."""
    sandbox = started(start)
    pod, bucket = chance.choice(list(sandbox["pods"])), chance.choice(list(sandbox["buckets"]))
    account = chance.choice(list(sandbox["kubernetes_accounts"]))
    google = chance.choice([name for name, email in SHORT.items() if email in sandbox["google_accounts"]])
    who = chance.choice([google, account, *ANYBODY])
    where = chance.choice([bucket, "shop"])
    grant = f"grant.{where}.{who}.{chance.choice(ROLES)}"
    found = grant if start == "golf" or chance.random() < 0.3 else chance.choice(
        [
            *("pool", "server", "scopes", f"reaches.{pod}", f"host.{pod}", f"mount.{pod}", f"enabled.{google}"),
            *(f"runs.{pod}.{account.partition('/')[2]}", f"annotate.{account}.{google}", f"lets.{google}.{account}"),
            *(f"until.{bucket}", f"prevent.{bucket}", f"deny.{google}", "deny.everybody", f"valid.{google}"),
            *(f"key.{pod}", f"rbac.{account}.{chance.choice(list(ALLOWED))}", f"key.{PODS[0]}"),
        ]
    )  # fmt: skip
    return chance.choice(["", "-"]) + found
