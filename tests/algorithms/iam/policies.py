"""Policies as readers paste them."""

from __future__ import annotations

import json
from typing import Any

from app.algorithms.iam.pasted import read_policy

ANN, BOT = "user:ann@example.com", "serviceAccount:bot@shop.iam.gserviceaccount.com"
GET, VIEWER = "storage.objects.get", "roles/storage.objectViewer"
POOL = "principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/shop.svc.id.goog/*"
YAML = f"""\
bindings:
- condition:
    expression: |-
      resource.name.startsWith("a") &&
      request.time < timestamp("b")
    title: 'it''s'
  members:
  - {ANN}
  - "{BOT}"  # the bot
  role: {VIEWER}
etag: x
version: 3
"""


def pasted(*bindings: Any, kind: str | None = None, **more: Any) -> dict[str, Any]:
    return read_policy(json.dumps({"bindings": list(bindings), "etag": "x", **more}, indent=1), kind)


def bound(role: str = VIEWER, *members: str, **more: Any) -> dict[str, Any]:
    return {"role": role, "members": list(members or [ANN]), **more}


def pasted_text(indent: int | None) -> str:
    rule = {"deniedPrincipals": [POOL], "deniedPermissions": ["storage.googleapis.com/objects.get"]}
    policies = [{"bindings": [bound(condition={"expression": "true"})], "etag": "x"}, {"rules": [{"denyRule": rule}]}]
    return json.dumps([{"id": "shop", "type": "project", "policy": each} for each in policies], indent=indent)


def denied(rule: dict[str, Any]) -> dict[str, Any]:
    return read_policy(json.dumps({"rules": [{"denyRule": rule}]}))
