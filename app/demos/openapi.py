"""The API described in OpenAPI 3.1, made from the inputs that demos declare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from app.demos.base import Demo
from app.demos.schemas import CHANGES, ERROR, FROM, JOB, JOB_ID, REPORT

VERSION = "1"
UNREADABLE = ("400", "413", "415")


def document(demos: Iterable[Demo], beside: Mapping[str, Mapping[str, Any]] = MappingProxyType({})) -> dict[str, Any]:
    """The whole document; `beside` has paths, schemas and security schemes of other rooms."""
    known = list(demos)
    in_line = [demo for demo in known if not demo.instant]
    starts = {f"/demos/{demo.name}/jobs": {"post": _start(demo)} for demo in in_line}
    starts |= {f"/demos/{demo.name}/jobs/{{key}}": {"put": _start_as(demo)} for demo in in_line}
    starts |= {f"/demos/{demo.name}": {"get": _ask(demo), "post": _send(demo)} for demo in known if demo.instant}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Playpress",
            "version": VERSION,
            "description": "Start the demos of this site from a program, and write its posts.",
        },
        "servers": [{"url": "/api/v1"}],
        "paths": {"/demos": {"get": _demos()}} | starts | _jobs() | dict(beside.get("paths", {})),
        "components": {
            "schemas": {"Job": JOB, "Error": ERROR, **beside.get("schemas", {})},
            "securitySchemes": dict(beside.get("securitySchemes", {})),
        },
    }


def _start(demo: Demo) -> dict[str, Any]:
    schema = demo.schema | {"properties": demo.schema["properties"] | {"from": FROM}}
    body = {kind: {"schema": schema} for kind in ("multipart/form-data", "application/json")}
    key = {"name": "Idempotency-Key", "in": "header", "schema": {"type": "string"}}
    return {
        "operationId": f"start_{demo.name.replace('-', '_')}",
        "summary": demo.title,
        "description": demo.summary,
        "parameters": [key],
        "requestBody": {"required": True, "content": body},
        "responses": {
            "200": _says("The same run has been made before; this is its result.", "Job"),
            "202": _says("The run is in line.", "Job")
            | {"headers": {"Location": {"schema": {"type": "string", "format": "uri-reference"}}}},
            **_refusals("400", "404", "409", "413", "415", "422", "429", "503"),
        },
    }


def _start_as(demo: Demo) -> dict[str, Any]:
    """The same under a name that the caller chooses, and that may be sent again."""
    name = {
        "name": "key",
        "in": "path",
        "required": True,
        "schema": {"type": "string", "minLength": 1, "maxLength": 200},
    }
    about = "The first time it starts the run; from then on it gives that run, and 409 where the inputs are others."
    same = _start(demo)
    return same | {"operationId": f"{same['operationId']}_as", "description": about, "parameters": [name]}


def _ask(demo: Demo) -> dict[str, Any]:
    """A demo that answers at once, asked by an address."""
    asked = [
        {"name": name, "in": "query", "required": name in demo.schema["required"], "schema": schema}
        for name, schema in demo.schema["properties"].items()
    ]
    return _at_once(demo, "ask", "304") | {"parameters": asked}


def _send(demo: Demo) -> dict[str, Any]:
    """The same with inputs that are too large for an address."""
    kinds = ("application/json", "application/x-www-form-urlencoded")
    body = {"required": True, "content": {kind: {"schema": demo.schema} for kind in kinds}}
    return _at_once(demo, "send", *UNREADABLE) | {"requestBody": body}


def _at_once(demo: Demo, verb: str, *more: str) -> dict[str, Any]:
    content = {"application/json": {"schema": {"type": "object"}}}
    good = {"200": {"description": "What it answers at once.", "content": content}}
    name = f"{verb}_{demo.name.replace('-', '_')}"
    return _operation(name, demo.title, good, "404", "422", *more) | {"description": demo.summary}


def _demos() -> dict[str, Any]:
    content = {"application/json": {"schema": {"type": "array", "items": {"type": "object"}}}}
    return {
        "operationId": "demos",
        "summary": "Every demo",
        "responses": {"200": {"description": "A list.", "content": content}},
    }


def _jobs() -> dict[str, Any]:
    asks = [
        _query("wait", "Seconds to wait for news, 20 at most."),
        _query("after", "Also the reports after this number."),
    ]
    stream = {
        "description": "Server-sent events: state, update, done or paused.",
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    }
    return {
        "/jobs/{job_id}": {
            "parameters": [JOB_ID],
            "get": _operation("job", "A run", {"200": _says("The run.", "Job")}, "304", "404", "422")
            | {"parameters": asks},
            "delete": _operation(
                "erase", "Erase a run and its pictures", {"204": {"description": "It is gone."}}, "404"
            ),
        },
        "/jobs/{job_id}/events": {
            "parameters": [JOB_ID],
            "get": _operation("events", "Follow a run", {"200": stream}, "404", "422", "503")
            | {"parameters": asks[1:]},
        },
        "/jobs/{job_id}/cancel": _asking("cancel", "Stop a run and keep its best picture"),
        "/jobs/{job_id}/pause": _asking("pause", "Lay a run aside after the step it is in", "409"),
        "/jobs/{job_id}/resume": _asking("resume", "Put a paused run in line again", "409", "429", "503"),
        "/jobs/{job_id}/steer": _telling(
            _asking("steer", "Change live inputs of a run, which goes on with them", *UNREADABLE, "409", "422"), CHANGES
        ),
        "/jobs/{job_id}/report": _telling(
            _asking("report", "Say that something is wrong with a run", *UNREADABLE, "422", "429"), REPORT
        ),
    }


def _asking(name: str, summary: str, *refused: str) -> dict[str, Any]:
    operation = _operation(name, summary, {"200": _says("The run.", "Job")}, "404", *refused)
    return {"parameters": [JOB_ID], "post": operation}


def _telling(path: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """The same with a body, as a form or as JSON."""
    kinds = ("application/x-www-form-urlencoded", "application/json")
    path["post"]["requestBody"] = {"required": True, "content": {kind: {"schema": schema} for kind in kinds}}
    return path


def _operation(name: str, summary: str, good: dict[str, Any], *refused: str) -> dict[str, Any]:
    return {"operationId": name, "summary": summary, "responses": good | _refusals(*refused)}


def _query(name: str, about: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": about, "schema": {"type": "integer"}}


def _refusals(*statuses: str) -> dict[str, Any]:
    return {
        s: {"description": "Not changed."} if s == "304" else _says("A sentence that says why not.", "Error")
        for s in statuses
    }


def _says(description: str, schema: str) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {"description": description, "content": content}
