"""The lines of a sandbox that a reader may take away or put there, as a list of switches; and those that mend a no."""

from __future__ import annotations

from typing import Any

from app.algorithms.iam.roles import advised, permissions
from app.algorithms.iam.sandbox import Sandbox, namespaced, policy
from app.demos.service_accounts import words
from app.demos.service_accounts.words import ALLOWED, ANYBODY, SHORT

TEXTS = {
    "pool": "The cluster has a workload pool",
    "server": "Its nodes run GKE’s metadata server",
    "scopes": "Node tokens have the scope cloud-platform",
    "reaches": "{0} reaches the metadata server",
    "host": "{0} is on its host’s network",
    "mount": "{0} has a Kubernetes token mounted",
    "key": "{0} has a key file of photo-reader",
    "runs": "{0} runs as {1}",
    "annotate": "{0} is annotated with {1}",
    "lets": "{0} lets {1} act as it",
    "enabled": "{0} is enabled",
    "valid": "Key a1 of {0} is valid",
    "grant": "{1} has {2} on {0}",
    "until": "Grants on {0} end with 2026",
    "prevent": "Public access to {0} is prevented",
    "deny": "The project denies all objects to {0}",
    "rbac": "A role lets {0} {1}",
}
REQUESTS = {"pods": "list pods", "secrets": "read secrets", "starts": "start pods", "tokens": "make tokens"}


def told(word: str) -> str:
    """A word as a sentence."""
    kind, *names = word.split(".", 3)
    if kind == "grant":
        names[2] = names[2].removeprefix("storage.")
    if kind == "rbac":
        names[1] = REQUESTS[names[1]]
    return TEXTS[kind].format(*names)


def offered(sandbox: Sandbox, pod: str, bucket: str, system: str) -> list[dict[str, Any]]:
    """Groups of switches: title, and for each word whether it holds, and its sentence."""
    account = f"{namespaced(pod)[0]}/{sandbox['pods'][pod]['service_account']}"
    groups = _rbac(pod, account) if system == "rbac" else _iam(sandbox, pod, account, bucket)
    return [{"title": title, "switches": _known(sandbox, names)} for title, names in groups if _known(sandbox, names)]


def mending(answer: dict[str, Any], sandbox: Sandbox, asked: Any) -> list[str]:
    """The words that mend the step which fails, a - before those that must not hold; none where nothing fails."""
    pod = sandbox["pods"][asked.pod]
    account = f"{namespaced(asked.pod)[0]}/{pod['service_account']}"
    named = short_email(sandbox["kubernetes_accounts"].get(account, {"annotation": None})["annotation"] or "")
    who = short(sandbox, answer["identity"] or "") or account
    mends = {
        "account": [f"runs.{asked.pod}.default"],
        "key": ["valid.photo-reader"],
        "metadata": [f"reaches.{asked.pod}"],
        "workload-identity": ["pool", "server", f"-host.{asked.pod}"],
        "annotation": [f"annotate.{account}.photo-reader"],
        "google-account": [f"enabled.{named or 'photo-reader'}"],
        "impersonation": ["-deny.everybody", f"lets.{named}.{account}"],
        "scope": ["scopes"],
        "deny": [f"-deny.{who}", "-deny.everybody"],
        "allow": [f"grant.{asked.bucket}.{who}.{advised(asked.permission).removeprefix('roles/')}"],
        "condition": [f"-until.{asked.bucket}"],
        "token": [f"mount.{asked.pod}"],
        "rbac": [f"rbac.{account}.{asked.request}"],
    }
    return [word for word in mends.get(answer["failing"] or "", []) if _differs(sandbox, word)]


def short(sandbox: Sandbox, member: str) -> str | None:
    """A member’s short name, as words call it; None where it has none."""
    names = [*ANYBODY, *SHORT, *sandbox["kubernetes_accounts"]]
    return next((name for name in names if words.member(sandbox, name) == member), None)


def short_email(email: str) -> str | None:
    return next((name for name, known in SHORT.items() if known == email), None)


def grants(sandbox: Sandbox, resource: str) -> list[str]:
    """The bindings on a bucket or a project that have to do with storage, as words, as far as words can say them."""
    name = resource.partition("/")[2]
    found = [
        f"grant.{name}.{short(sandbox, member)}.{binding['role'].removeprefix('roles/')}"
        for binding in policy(sandbox, resource)["bindings"]
        if any(each.startswith("storage.") for each in permissions(binding["role"], {}) or ())
        for member in binding["members"]
        if short(sandbox, member)
    ]
    return list(dict.fromkeys(found))


def _iam(sandbox: Sandbox, pod: str, account: str, bucket: str) -> list[tuple[str, list[str]]]:
    project = f"projects/{sandbox['buckets'][bucket]['project']}"
    there = grants(sandbox, f"buckets/{bucket}") + grants(sandbox, project)
    usual = [f"grant.{bucket}.{who}.storage.objectViewer" for who in ("photo-reader", "node", account, "everybody")]
    same = [name for name in sandbox["kubernetes_accounts"] if name.partition("/")[0] == account.partition("/")[0]]
    return [
        ("The pod", [f"{kind}.{pod}" for kind in ("key", "reaches", "host")]),
        ("Its account", [f"runs.{pod}.{namespaced(name)[1]}" for name in same if len(same) > 1]),
        (
            "The way to a Google account",
            [
                f"annotate.{account}.photo-reader",
                f"lets.photo-reader.{account}",
                "enabled.photo-reader",
                "valid.photo-reader",
            ],
        ),
        (f"Who may on {bucket}", list(dict.fromkeys([*there, *usual]))),
        ("What stands above", [f"until.{bucket}", f"prevent.{bucket}", "deny.photo-reader", "deny.everybody"]),
        ("The cluster", ["pool", "server", "scopes"]),
    ]


def _rbac(pod: str, account: str) -> list[tuple[str, list[str]]]:
    return [("The pod", [f"mount.{pod}"]), ("Role bindings", [f"rbac.{account}.{request}" for request in ALLOWED])]


def _known(sandbox: Sandbox, names: list[str]) -> list[dict[str, Any]]:
    found = []
    for word in names:
        try:
            found.append({"word": word, "on": words.holds(sandbox, word), "text": told(word)})
        except ValueError:
            continue  # this sandbox has no such thing
    return found


def _differs(sandbox: Sandbox, word: str) -> bool:
    try:
        return words.holds(sandbox, word.removeprefix("-")) == word.startswith("-")
    except ValueError:
        return False
