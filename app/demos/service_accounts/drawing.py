"""The sandbox as a graph in five rows: pods, Kubernetes accounts, Google accounts, grants, buckets.

A node has its place in a box 480 wide and 440 high; an edge names the word that it stands for. What the request takes
is marked “way”, what it lacks “missing”.
"""

from __future__ import annotations

from typing import Any

from app.algorithms.iam.members import Identity, federated, google, matches, member
from app.algorithms.iam.roles import permissions
from app.algorithms.iam.sandbox import Sandbox, chain, namespaced, policy
from app.demos.service_accounts.switches import short, short_email
from app.demos.service_accounts.words import ANYBODY, SHORT

WIDTH, HEIGHT, TOP, ROW = 480, 440, 36, 92
LETTER, PAD = 7.2, 10
CROWDED, STAGGER, ASIDE = 3, 24, 9  # more nodes in a row than this stand in two lines
ROWS = ("pod", "kubernetes", "google", "grant", "bucket")
Node = dict[str, Any]
Edge = dict[str, Any]


def graph(sandbox: Sandbox, asked: Any, answer: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Nodes (id, kind, label, more, x, y, chosen) and edges (from, to, word, state) for a question and its answer."""
    granted = grants(sandbox)
    nodes = [
        *[_node("pod", name) for name in sandbox["pods"]],
        *[_node("kubernetes", name) for name in sandbox["kubernetes_accounts"]],
        *[_node("google", short_email(email) or email) for email in sandbox["google_accounts"]],
        *[_node("grant", each["id"], each["label"], each["on"]) for each in granted],
        *[_node("bucket", name) for name in sandbox["buckets"]],
    ]
    for row, kind in enumerate(ROWS):
        mine = [node for node in nodes if node["kind"] == kind]
        for place, node in enumerate(mine):
            stagger = place % 2 * STAGGER if len(mine) > CROWDED else 0
            half = len(node["label"]) * LETTER / 2 + PAD
            node["x"] = round(min(max((place + 0.5) * WIDTH / len(mine), half), WIDTH - half), 1)
            node["y"] = TOP + row * ROW + stagger
            node["room"] = round(WIDTH / len(mine), 1)
            node["chosen"] = node["id"] in (f"pod {asked.pod}", f"bucket {asked.bucket}")
    edges = [*_to_accounts(sandbox, asked, answer), *_to_buckets(sandbox, asked, answer, granted)]
    if asked.system == "rbac":
        edges = [each | {"state": ""} for each in edges]
    places = {node["id"]: node for node in nodes}
    for each in edges:
        each["d"] = _curve(places[each["from"]], places[each["to"]], each["word"] or "")
    return {"nodes": nodes, "edges": edges}


def grants(sandbox: Sandbox) -> list[dict[str, Any]]:
    """The grants that have to do with storage, those of one member on one resource together."""
    found: dict[str, dict[str, Any]] = {}
    for resource in [f"buckets/{name}" for name in sandbox["buckets"]] + [f"projects/{p}" for p in sandbox["projects"]]:
        for binding in policy(sandbox, resource)["bindings"]:
            if not any(each.startswith("storage.") for each in permissions(binding["role"], {}) or ()):
                continue
            for who in binding["members"]:
                key = f"{resource} {who}"
                each = found.setdefault(key, {"id": key, "resource": resource, "member": who, "roles": []})
                each["roles"].append(binding["role"])
    for each in found.values():
        more = len(each["roles"]) - 1
        each["label"] = each["roles"][0].rpartition("/")[2].removeprefix("storage.") + (f" +{more}" if more else "")
        each["on"] = f"project {each['resource'].partition('/')[2]}" if each["resource"].startswith("projects") else ""
        name = short(sandbox, each["member"])
        where, role = each["resource"].partition("/")[2], each["roles"][0].removeprefix("roles/")
        each["word"] = f"grant.{where}.{name}.{role}" if name else None
    return list(found.values())


def identities(sandbox: Sandbox) -> dict[str, Identity]:
    """Everybody a grant may mean, by the id of the node."""
    accounts = sandbox["kubernetes_accounts"]
    found = {f"kubernetes {name}": federated(sandbox, each["cluster"], name) for name, each in accounts.items()}
    return found | {f"google {short_email(email) or email}": google(email) for email in sandbox["google_accounts"]}


def _node(kind: str, name: str, label: str = "", more: str = "") -> Node:
    return {"id": f"{kind} {name}", "kind": kind, "label": label or name, "more": more}


def _edge(start: str, end: str, word: str | None, state: str = "") -> Edge:
    return {"from": start, "to": end, "word": word, "state": state}


def _to_accounts(sandbox: Sandbox, asked: Any, answer: dict[str, Any]) -> list[Edge]:
    edges = []
    pod = sandbox["pods"][asked.pod]
    mine = f"{namespaced(asked.pod)[0]}/{pod['service_account']}"
    node = sandbox["clusters"][pod["cluster"]]["node"]["service_account"]
    by_node = pod["key"] is None and answer["identity"] == f"serviceAccount:{node}"
    asks = pod["key"] is None and not by_node
    for name, each in sandbox["pods"].items():
        account = f"{namespaced(name)[0]}/{each['service_account']}"
        if account in sandbox["kubernetes_accounts"]:
            word = f"runs.{name}.{each['service_account']}"
            edges.append(_edge(f"pod {name}", f"kubernetes {account}", word, _way(name == asked.pod and asks)))
        if each["key"]:
            holder = f"google {short_email(each['key']['account'])}"
            edges.append(_edge(f"pod {name}", holder, f"key.{name}", _way(name == asked.pod)))
    if by_node:
        edges.append(_edge(f"pod {asked.pod}", f"google {short_email(node)}", None, "way"))
    for name, known in sandbox["kubernetes_accounts"].items():
        email = short_email(known["annotation"] or "")
        takes = name == mine and asks
        if email and SHORT[email] in sandbox["google_accounts"]:
            edges.append(_edge(f"kubernetes {name}", f"google {email}", f"annotate.{name}.{email}", _way(takes)))
        edges += _lets(sandbox, name, takes, email, answer)
    return edges


def _lets(sandbox: Sandbox, name: str, takes: bool, email: str | None, answer: dict[str, Any]) -> list[Edge]:
    """Who lets a Kubernetes account in, drawn from the Google account; and where that is missing."""
    edges = []
    identity = federated(sandbox, "main", name)
    for known in sandbox["google_accounts"]:
        holder = short_email(known)
        members = [
            each for binding in policy(sandbox, f"serviceAccounts/{known}")["bindings"] for each in binding["members"]
        ]
        word = f"lets.{holder}.{name}"
        if any(matches(sandbox, each, identity) for each in members):
            edges.append(_edge(f"google {holder}", f"kubernetes {name}", word, _way(takes and holder == email)))
        elif takes and holder == email and answer["failing"] == "impersonation":
            edges.append(_edge(f"google {holder}", f"kubernetes {name}", word, "missing"))
        if takes and not email and answer["failing"] == "annotation":
            edges.append(_edge(f"kubernetes {name}", f"google {holder}", f"annotate.{name}.{holder}", "missing"))
            break
    return edges


def _to_buckets(sandbox: Sandbox, asked: Any, answer: dict[str, Any], granted: list[dict[str, Any]]) -> list[Edge]:
    edges = []
    everybody = identities(sandbox)
    mine = next((key for key, each in everybody.items() if member(each) == answer["identity"]), None)
    above = chain(sandbox, f"buckets/{asked.bucket}")
    for each in granted:
        public = each["member"] in ANYBODY.values()
        counts = each["resource"] in above and any(
            asked.permission in (permissions(r, {}) or ()) for r in each["roles"]
        )
        for key, identity in everybody.items():
            if (key == mine or not public) and matches(sandbox, each["member"], identity):
                edges.append(_edge(key, f"grant {each['id']}", each["word"], _way(counts and key == mine)))
        taken = counts and mine is not None and matches(sandbox, each["member"], everybody[mine])
        for name, bucket in sandbox["buckets"].items():
            if each["resource"] in (f"buckets/{name}", f"projects/{bucket['project']}"):
                state = _way(taken and name == asked.bucket)
                edges.append(_edge(f"grant {each['id']}", f"bucket {name}", None, state))
    if mine and answer["failing"] == "allow":
        edges.append(_edge(mine, f"bucket {asked.bucket}", None, "missing"))
    return edges


def _curve(start: Node, end: Node, word: str) -> str:
    """From the lower side of one node to the upper side of the next; who names and who lets in stand side by side."""
    down = 1 if end["y"] > start["y"] else -1
    aside = -ASIDE if word.startswith("annotate") else ASIDE if word.startswith("lets") else 0
    (x1, y1), (x2, y2) = ((start["x"] + aside, start["y"] + 17 * down), (end["x"] + aside, end["y"] - 17 * down))
    middle = (y1 + y2) / 2
    return f"M{x1:g} {y1:g}C{x1:g} {middle:g} {x2:g} {middle:g} {x2:g} {y2:g}"


def _way(taken: bool) -> str:
    return "way" if taken else ""
