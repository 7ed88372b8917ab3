"""What the bench’s scripts are told once, as facts.json: roles, starts, errors, texts. A test holds the file to this.

`python -m app.demos.service_accounts.facts` writes it anew.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from app.algorithms.iam import ERRORS, course, scopes, shop
from app.algorithms.iam.edit import Change
from app.algorithms.iam.examples import FOUR_WAYS
from app.algorithms.iam.golf import NEEDS, PAR, PODS
from app.algorithms.iam.reach import BECOMES
from app.algorithms.iam.roles import EVERY, PERMISSIONS, ROLES, advised
from app.algorithms.iam.sandbox import Sandbox
from app.algorithms.iam.symptoms import CHECKS
from app.demos.service_accounts import switches, words

FILE = Path(__file__).with_name("facts.json")


def facts() -> dict[str, Any]:
    """Plain data, the same whenever it is asked for."""
    changes: dict[str, list[Change]] = {**FOUR_WAYS, **{each["id"]: each["broken"] for each in ERRORS}, "golf": []}
    sandboxes: dict[str, Sandbox] = {"shop": shop(), "course": course()}
    return {
        "roles": {role: sorted(held) for role, held in ROLES.items()},
        "permissions": PERMISSIONS,
        "advised": {permission: advised(permission) for permission in sorted(EVERY)},
        "scopes": {name: sorted(held) for name, held in scopes.SCOPES.items()},
        "default_scopes": scopes.DEFAULT,
        "everything": scopes.EVERYTHING,
        "becomes": BECOMES,
        "sandboxes": sandboxes,
        "starts": changes,
        "errors": {each["id"]: each["order"] for each in ERRORS},
        "checks": CHECKS,
        "golf": {"needs": NEEDS, "par": PAR, "pods": PODS},
        "short": words.SHORT,
        "anybody": words.ANYBODY,
        "until": words.UNTIL,
        "allowed": words.ALLOWED,
        "texts": switches.TEXTS,
        "requests": switches.REQUESTS,
    }


if __name__ == "__main__":
    FILE.write_text(json.dumps(facts(), ensure_ascii=False, separators=(",", ":")) + "\n")
