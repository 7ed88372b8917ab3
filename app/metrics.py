"""/metrics: how the site fares, in the text that Prometheus reads, for whoever shows METRICS_TOKEN.

Each room offers its own measures. They come from the database and from the disk, never from a process's memory, so it
does not matter which of the web processes is asked, and a restart sets no counter back.
"""

from __future__ import annotations

import hmac
import platform
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import isfinite
from typing import Literal, NamedTuple

from flask import Blueprint, Flask, Response, current_app, request

from app import disk
from app.config import VERSION
from app.errors import NotFound

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
CLOSED = "There is nothing at this address."
WRONG = "Show METRICS_TOKEN as “Authorization: Bearer …”.\n"

bp = Blueprint("metrics", __name__)


class Sample(NamedTuple):
    """A number; `suffix` is what follows the family's name, as in a histogram."""

    value: float
    labels: Mapping[str, str] = {}
    suffix: str = ""


class Family(NamedTuple):
    """What is measured under one name. Counters end with _total, times are in seconds, sizes in bytes."""

    name: str
    kind: Literal["counter", "gauge", "histogram"]
    about: str
    samples: Sequence[Sample]


Measures = Callable[[], Iterable[Family]]


def init_app(app: Flask) -> None:
    app.extensions.setdefault("metrics", [])
    offer(app, _of_the_site)
    app.register_blueprint(bp)


def offer(app: Flask, measures: Measures) -> None:
    """What a room can tell, asked for anew with every look."""
    app.extensions.setdefault("metrics", []).append(measures)


def histogram(counts: Mapping[float, float], total: float, labels: Mapping[str, str]) -> list[Sample]:
    """The samples of one histogram: how many fell into each bucket, by its upper end, and the sum of all values."""
    samples, below = [], 0.0
    for end in sorted(counts):
        below += counts[end]
        samples.append(Sample(below, {**labels, "le": written(end)}, "_bucket"))
    return [*samples, Sample(total, labels, "_sum"), Sample(below, labels, "_count")]


def written(value: float) -> str:
    """A number as Prometheus reads it: whole ones without a point, infinity as +Inf."""
    if not isfinite(value):
        return f"{value:+}".replace("inf", "Inf").replace("+nan", "NaN")
    return str(int(value)) if value == int(value) else repr(float(value))


@bp.get("/metrics")
def metrics() -> Response:
    token = current_app.config["SETTINGS"].METRICS_TOKEN
    if not token:
        raise NotFound(CLOSED)
    headers = {"Cache-Control": "no-store"}
    shown = request.headers.get("Authorization", "").encode("latin-1")  # as it travelled
    if not hmac.compare_digest(shown, f"Bearer {token}".encode()):
        return Response(WRONG, 401, headers | {"WWW-Authenticate": "Bearer"}, content_type="text/plain; charset=utf-8")
    families = (family for measures in current_app.extensions["metrics"] for family in measures())
    return Response("".join(map(_text, families)), headers=headers, content_type=CONTENT_TYPE)


def _of_the_site() -> Iterator[Family]:
    data = current_app.config["SETTINGS"].DATA
    build = {"version": VERSION, "python": platform.python_version()}
    yield Family("playpress_build_info", "gauge", "What is running here; always 1.", [Sample(1, build)])
    sizes = [Sample(size, {"what": what}) for what, size in disk.rooms(data).items()]
    yield Family("playpress_disk_bytes", "gauge", "Bytes in the folder of data, looked at once a minute.", sizes)
    yield Family("playpress_disk_free_bytes", "gauge", "Bytes free on its disk.", [Sample(disk.free(data))])


def _text(family: Family) -> str:
    lines = [f"# HELP {family.name} {_escaped(family.about)}", f"# TYPE {family.name} {family.kind}"]
    for value, labels, suffix in family.samples:
        told = ",".join(f'{name}="{_escaped(label, quoted=True)}"' for name, label in labels.items())
        lines.append(f"{family.name}{suffix}{'{' + told + '}' if told else ''} {written(value)}")
    return "\n".join(lines) + "\n"


def _escaped(text: str, *, quoted: bool = False) -> str:
    text = text.replace("\\", r"\\").replace("\n", r"\n")
    return text.replace('"', r"\"") if quoted else text
