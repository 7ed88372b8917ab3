"""The conditions that a bucket’s bindings have, evaluated: names and times. What is not understood is unknown.

Three values: True, False and None for unknown, combined as Kleene does. The language is a part of CEL: comparisons of
resource.name, resource.type and resource.service, startsWith and endsWith, request.time against timestamp("…"), and
&& || ! and parentheses. Source: cloud.google.com/iam/docs/conditions-attribute-reference.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import TypedDict

DEEPEST = 50
TOKEN = re.compile(r'\s*(\|\||&&|!(?!=)|\(|\)|"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'|[^\s|&!()"\']+|[|&!])')
CALL = re.compile(r'^(resource\.name)\.(startsWith|endsWith)\((["\'])(.*)\3\)$')
EQUAL = re.compile(r'^(resource\.(?:name|type|service))(==|!=)(["\'])(.*)\3$')
TIME = re.compile(r'^request\.time(<=|>=|<|>)timestamp\((["\'])(.*)\2\)$')


class Request(TypedDict):
    """`name` is whole, or only a beginning where the object is not known; `type` and `service` are empty where they are
    not known; `time` is RFC 3339, or None if not given.
    """

    name: str
    whole: bool
    type: str
    service: str
    time: str | None


def evaluate(expression: str, request: Request) -> bool | None:
    """Whether the condition holds for this request."""
    tokens = [token for token in TOKEN.findall(expression) if token]
    if not tokens or tokens.count("(") + tokens.count("!") > DEEPEST:
        return None
    value, rest = _either(tokens, request)
    return None if rest else value


def request_for(permission: str, resource: str, object_name: str | None, time: str | None) -> Request:
    """What IAM compares: an object’s permissions are asked of the object, but listing is asked of the bucket.

    So a condition on the names of objects never holds for storage.objects.list, unless it holds for the bucket.
    """
    kind, _, name = resource.partition("/")
    if kind != "buckets":
        return unnamed(time)
    found: Request = {
        "name": f"projects/_/buckets/{name}",
        "whole": True,
        "type": "storage.googleapis.com/Bucket",
        "service": "storage.googleapis.com",
        "time": time,
    }
    if permission.startswith("storage.objects.") and permission != "storage.objects.list":
        found["type"] = "storage.googleapis.com/Object"
        found["name"] += f"/objects/{object_name or ''}"
        found["whole"] = object_name is not None
    return found


def unnamed(time: str | None) -> Request:
    """A request of which nothing is known but the time."""
    return {"name": "", "whole": False, "type": "", "service": "", "time": time}


def both(values: list[bool | None]) -> bool | None:
    """Kleene’s and."""
    return False if False in values else None if None in values else True


def either(values: list[bool | None]) -> bool | None:
    """Kleene’s or."""
    return True if True in values else None if None in values else False


Rest = tuple[bool | None, list[str]]


def _either(tokens: list[str], request: Request) -> Rest:
    return _row(tokens, request, "||", _both, either)


def _both(tokens: list[str], request: Request) -> Rest:
    return _row(tokens, request, "&&", _not, both)


def _row(
    tokens: list[str],
    request: Request,
    operator: str,
    inner: Callable[[list[str], Request], Rest],
    join: Callable[[list[bool | None]], bool | None],
) -> Rest:
    value, rest = inner(tokens, request)
    values = [value]
    while rest and rest[0] == operator:
        value, rest = inner(rest[1:], request)
        values.append(value)
    return join(values), rest


def _not(tokens: list[str], request: Request) -> Rest:
    if tokens and tokens[0] == "!":
        value, rest = _not(tokens[1:], request)
        return (None if value is None else not value), rest
    if tokens and tokens[0] == "(":
        value, rest = _either(tokens[1:], request)
        return (value, rest[1:]) if rest and rest[0] == ")" else (None, [])
    return _atom(tokens, request)


def _atom(tokens: list[str], request: Request) -> Rest:
    """One comparison: its tokens, up to the operator or the parenthesis that ends it."""
    depth = taken = 0
    while taken < len(tokens) and (depth or tokens[taken] not in ("&&", "||", ")")):
        depth += (tokens[taken] == "(") - (tokens[taken] == ")")
        taken += 1
    return _compare("".join(tokens[:taken]), request), tokens[taken:]


def _compare(text: str, request: Request) -> bool | None:
    if found := CALL.match(text):
        return _named(found[2], found[4], request)
    if found := EQUAL.match(text):
        equal = _named("==", found[4], request) if found[1] == "resource.name" else _field(found[1], found[4], request)
        return equal if found[2] == "==" or equal is None else not equal
    if found := TIME.match(text):
        return _timed(found[1], found[3], request["time"])
    return {"true": True, "false": False}.get(text)


def _field(name: str, text: str, request: Request) -> bool | None:
    known = request["type"] if name == "resource.type" else request["service"]
    return known == text if known else None


def _named(how: str, text: str, request: Request) -> bool | None:
    """Compares the resource’s name; of a name that is only a beginning, what is certain whatever follows."""
    name = request["name"]
    if request["whole"]:
        return (
            name.startswith(text) if how == "startsWith" else name.endswith(text) if how == "endsWith" else name == text
        )
    if how == "startsWith" and name.startswith(text):
        return True
    possible = how == "endsWith" or text.startswith(name)
    return None if possible else False


def _timed(operator: str, text: str, time: str | None) -> bool | None:
    if time is None:
        return None
    try:
        now, limit = datetime.fromisoformat(time), datetime.fromisoformat(text)
        return {"<": now < limit, "<=": now <= limit, ">": now > limit, ">=": now >= limit}[operator]
    except (ValueError, TypeError):  # no date, or one without its zone
        return None
