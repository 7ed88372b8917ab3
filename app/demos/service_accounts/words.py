"""A sandbox as a line of text: the words in which it differs from the one it starts from, for an address to hold.

A word names something that a sandbox has, “annotate.web/frontend.photo-reader”; with - before it, it has not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from app.algorithms.iam import edit, scopes
from app.algorithms.iam.edit import Change
from app.algorithms.iam.examples import NODE, POOL, READER
from app.algorithms.iam.members import federated, workload_member
from app.algorithms.iam.roles import ROLES
from app.algorithms.iam.sandbox import Sandbox, namespaced, policy

SHORT = {"photo-reader": READER, "node": NODE}  # Google accounts, as words call them
LETS = "roles/iam.workloadIdentityUser"
UNTIL = 'request.time < timestamp("2027-01-01T00:00:00Z")'
ANYBODY = {"everybody": "allUsers", "cluster": f"principalSet://{POOL}/*"}
ALLOWED = {  # RBAC: what a word calls it, and what its role says
    "pods": ("list", "pods"),
    "secrets": ("get", "secrets"),
    "starts": ("create", "pods"),
    "tokens": ("create", "serviceaccounts/token"),
}
Arguments = list[str]


class Word(NamedTuple):
    """One kind of word: its names (what each must be), whether it holds, and the changes that make it hold or not."""

    names: tuple[str, ...]
    holds: Callable[[Sandbox, Arguments], bool]
    turn: Callable[[Sandbox, Arguments, bool], list[Change]]


def read(sandbox: Sandbox, text: str) -> Sandbox:
    """The sandbox with all words of a line. Raises ValueError with a sentence for a word that means nothing in it."""
    for word in filter(None, (part.strip() for part in text.split(","))):
        sandbox = turned(sandbox, word.removeprefix("-"), not word.startswith("-"))
    return sandbox


def turned(sandbox: Sandbox, word: str, on: bool) -> Sandbox:
    """The sandbox with one word made to hold, or not to. Raises ValueError as `read` does."""
    return edit.changed(sandbox, changes(sandbox, word, on))


def changes(sandbox: Sandbox, word: str, on: bool) -> list[Change]:
    """What makes a word hold, or not; nothing where that is so already."""
    kind, names = parsed(sandbox, word)
    return [] if kind.holds(sandbox, names) == on else kind.turn(sandbox, names, on)


def holds(sandbox: Sandbox, word: str) -> bool:
    kind, names = parsed(sandbox, word)
    return kind.holds(sandbox, names)


def parsed(sandbox: Sandbox, word: str) -> tuple[Word, Arguments]:
    """A word’s kind and names. Raises ValueError with a sentence."""
    name, *names = word.split(".", 3)
    if name not in WORDS or len(names) != len(WORDS[name].names):
        raise ValueError(f"“{word[:60]}” is no word for a sandbox.")
    for what, given in zip(WORDS[name].names, names, strict=True):
        if not KNOWN[what](sandbox, given):
            raise ValueError(f"“{word[:60]}”: there is no {what} {given[:40]} in this sandbox.")
    return WORDS[name], names


def member(sandbox: Sandbox, name: str) -> str:
    """A member of a policy by its short name: a Google account, a Kubernetes one, everybody, or the whole cluster."""
    if name in ANYBODY:
        return ANYBODY[name]
    if name in SHORT:
        return f"serviceAccount:{SHORT[name]}"
    namespace, own = namespaced(name)
    return f"principal://{POOL}/subject/ns/{namespace}/sa/{own}"


def place(sandbox: Sandbox, name: str) -> str:
    """A resource by its short name: a bucket, or else a project."""
    return f"buckets/{name}" if name in sandbox["buckets"] else f"projects/{name}"


def _flag(*path: str, names: tuple[str, ...] = (), values: tuple[Any, Any] = (False, True)) -> Word:
    """A value at a path, in which * is the word’s own name; `values` are what it is off and on."""

    def whole(given: Arguments) -> list[str]:
        return [(SHORT.get(given[0], given[0]) if part == "*" else part) for part in path]

    def held(sandbox: Sandbox, given: Arguments) -> bool:
        at: Any = sandbox
        for part in whole(given):
            at = at[part]
        return bool(at == values[1])

    return Word(names, held, lambda sandbox, given, on: [{"set": whole(given), "to": values[on]}])


def _runs() -> Word:
    def held(sandbox: Sandbox, given: Arguments) -> bool:
        return sandbox["pods"][given[0]]["service_account"] == given[1]

    def turn(sandbox: Sandbox, given: Arguments, on: bool) -> list[Change]:
        return [{"set": ["pods", given[0], "service_account"], "to": given[1] if on else "default"}]

    return Word(("pod", "name"), held, turn)


def _annotate() -> Word:
    def held(sandbox: Sandbox, given: Arguments) -> bool:
        return sandbox["kubernetes_accounts"][given[0]]["annotation"] == SHORT[given[1]]

    def turn(sandbox: Sandbox, given: Arguments, on: bool) -> list[Change]:
        return [{"set": ["kubernetes_accounts", given[0], "annotation"], "to": SHORT[given[1]] if on else None}]

    return Word(("Kubernetes account", "Google account"), held, turn)


def _binding(names: tuple[str, ...], of: Callable[[Sandbox, Arguments], tuple[str, str, str]]) -> Word:
    """A binding: `of` gives its resource, role and member."""

    def held(sandbox: Sandbox, given: Arguments) -> bool:
        resource, role, who = of(sandbox, given)
        return any(each["role"] == role and who in each["members"] for each in policy(sandbox, resource)["bindings"])

    def turn(sandbox: Sandbox, given: Arguments, on: bool) -> list[Change]:
        resource, role, who = of(sandbox, given)
        return [{"bind" if on else "unbind": resource, "role": role, "member": who}]

    return Word(names, held, turn)


def _let_in(sandbox: Sandbox, given: Arguments) -> tuple[str, str, str]:
    who = workload_member(federated(sandbox, "main", given[1]))
    return f"serviceAccounts/{SHORT[given[0]]}", LETS, who


def _granted(sandbox: Sandbox, given: Arguments) -> tuple[str, str, str]:
    return place(sandbox, given[0]), f"roles/{given[2]}", member(sandbox, given[1])


def _key() -> Word:
    key = {"account": READER, "id": "a1"}
    return _flag("pods", "*", "key", names=("pod",), values=(None, key))


def _deny() -> Word:
    def rule(given: Arguments) -> dict[str, list[str]]:
        who = f"principal://iam.googleapis.com/projects/-/serviceAccounts/{SHORT.get(given[0], '')}"
        who = "principalSet://goog/public:all" if given[0] == "everybody" else who
        return {"deniedPrincipals": [who], "deniedPermissions": ["storage.googleapis.com/objects.*"]}

    def held(sandbox: Sandbox, given: Arguments) -> bool:
        return rule(given) in policy(sandbox, "projects/shop").get("deny", [])

    def turn(sandbox: Sandbox, given: Arguments, on: bool) -> list[Change]:
        if on:
            return [{"deny": "projects/shop", "rule": rule(given)}]
        rest = [each for each in policy(sandbox, "projects/shop").get("deny", []) if each != rule(given)]
        return [{"set": ["policies", "projects/shop", "deny"], "to": rest}]

    return Word(("denied member",), held, turn)


def _until() -> Word:
    """All bindings of a bucket end with 2026."""

    def held(sandbox: Sandbox, given: Arguments) -> bool:
        bindings = policy(sandbox, f"buckets/{given[0]}")["bindings"]
        return bool(bindings) and all("condition" in each for each in bindings)

    def turn(sandbox: Sandbox, given: Arguments, on: bool) -> list[Change]:
        bindings = [
            {"role": each["role"], "members": each["members"]} | ({"condition": {"expression": UNTIL}} if on else {})
            for each in policy(sandbox, f"buckets/{given[0]}")["bindings"]
        ]
        return [{"set": ["policies", f"buckets/{given[0]}"], "to": {"bindings": bindings}}]

    return Word(("bucket",), held, turn)


def _rbac() -> Word:
    """A role of the pod’s own namespace, and its binding."""

    def named(given: Arguments) -> str:
        return f"{given[0].replace('/', '-')}-{given[1]}"

    def held(sandbox: Sandbox, given: Arguments) -> bool:
        return any(each["name"] == named(given) for each in sandbox["clusters"]["main"]["rbac"]["bindings"])

    def turn(sandbox: Sandbox, given: Arguments, on: bool) -> list[Change]:
        rbac = sandbox["clusters"]["main"]["rbac"]
        (namespace, own), (verb, resource), name = namespaced(given[0]), ALLOWED[given[1]], named(given)
        role = {"kind": "Role", "name": name, "namespace": namespace}
        rules = [{"apiGroups": [""], "resources": [resource], "verbs": [verb]}]
        subject = {"kind": "ServiceAccount", "name": own, "namespace": namespace}
        binding = role | {
            "kind": "RoleBinding",
            "role": {"kind": "Role", "name": name},
            "subjects": [subject],
        }
        roles: list[Any] = [each for each in rbac["roles"] if each["name"] != name]
        bindings: list[Any] = [each for each in rbac["bindings"] if each["name"] != name]
        if on:
            roles.append(role | {"rules": rules})
            bindings.append(binding)
        return [{"set": ["clusters", "main", "rbac"], "to": {"roles": roles, "bindings": bindings}}]

    return Word(("Kubernetes account", "request"), held, turn)


WORDS: dict[str, Word] = {
    "pool": _flag("clusters", "main", "workload_identity"),
    "server": _flag("clusters", "main", "node", "gke_metadata"),
    "scopes": _flag("clusters", "main", "node", "scopes", values=(scopes.DEFAULT, scopes.EVERYTHING)),
    "reaches": _flag("pods", "*", "reaches_metadata", names=("pod",)),
    "host": _flag("pods", "*", "host_network", names=("pod",)),
    "mount": _flag("pods", "*", "automount", names=("pod",)),
    "key": _key(),
    "runs": _runs(),
    "annotate": _annotate(),
    "lets": _binding(("Google account", "Kubernetes account"), _let_in),
    "enabled": _flag("google_accounts", "*", "enabled", names=("Google account",)),
    "valid": _flag("google_accounts", "*", "keys", names=("Google account",), values=([], ["a1"])),
    "grant": _binding(("resource", "member", "role"), _granted),
    "until": _until(),
    "prevent": _flag("buckets", "*", "public_access_prevention", names=("bucket",)),
    "deny": _deny(),
    "rbac": _rbac(),
}
KNOWN: dict[str, Callable[[Sandbox, str], bool]] = {
    "pod": lambda sandbox, name: name in sandbox["pods"],
    "name": lambda sandbox, name: name.isascii() and name.replace("-", "").isalnum(),
    "Kubernetes account": lambda sandbox, name: name in sandbox["kubernetes_accounts"],
    "Google account": lambda sandbox, name: SHORT.get(name) in sandbox["google_accounts"],
    "bucket": lambda sandbox, name: name in sandbox["buckets"],
    "resource": lambda sandbox, name: name in sandbox["buckets"] or name in sandbox["projects"],
    "member": lambda sandbox, name: (
        name in ANYBODY or name in sandbox["kubernetes_accounts"] or SHORT.get(name) in sandbox["google_accounts"]
    ),
    "denied member": lambda sandbox, name: name == "everybody" or SHORT.get(name) in sandbox["google_accounts"],
    "role": lambda sandbox, name: f"roles/{name}" in ROLES,
    "request": lambda sandbox, name: name in ALLOWED,
}
