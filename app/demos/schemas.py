"""What the API's description says of a run, of what can be sent about one, and of a refusal: JSON schemas."""

from __future__ import annotations

JOB_ID = {"name": "job_id", "in": "path", "required": True, "schema": {"type": "string"}}
NUMBER_OR_NULL = {"type": ["number", "null"]}
RANGE = {
    "type": ["array", "null"],
    "description": "Seconds between which eight of ten runs end.",
    "items": {"type": "number"},
    "minItems": 2,
    "maxItems": 2,
}
ADDRESSES = {"type": "object", "additionalProperties": {"type": "string", "format": "uri-reference"}}
RESULT = {
    "type": ["object", "null"],
    "properties": {
        "pictures": ADDRESSES,
        "files": ADDRESSES | {"description": "Arrays of the last update, as the demo documents them."},
        "data": {"type": "object"},
    },
}
STEERED = {
    "type": "array",
    "description": "Inputs that were changed while it ran: after which report and, where there are any, which step.",
    "items": {
        "type": "object",
        "required": ["seq", "changes"],
        "properties": {"step": {"type": "integer"}, "seq": {"type": "integer"}, "changes": {"type": "object"}},
    },
}
ALL_URLS = ["self", "events", "cancel", "pause", "resume", "steer", "report", "page", "recipe", "timelapse"]
JOB = {
    "type": "object",
    "required": ["id", "status", "progress", "output", "error", "urls"],
    "properties": {
        "id": {"type": "string"},
        "demo": {"type": "string"},
        "status": {"enum": ["queued", "running", "paused", "succeeded", "failed", "canceled", "expired"]},
        "phase": {"enum": ["loading", "running", None]},
        "progress": {"type": "number", "minimum": 0, "maximum": 1},
        "seconds_left": NUMBER_OR_NULL,
        "seconds_left_range": RANGE,
        "message": {"type": "string", "description": "The state in a sentence for a reader."},
        "cached": {"type": "boolean", "description": "Taken from an earlier run with the same inputs."},
        "attempt": {"type": "integer"},
        "queue": {
            "type": ["object", "null"],
            "properties": {
                "ahead": {"type": "integer"},
                "seconds": NUMBER_OR_NULL,
                "range": RANGE,
                "worker_alive": {"type": "boolean", "description": "False while nobody runs jobs: the line stands."},
            },
        },
        "inputs": {"type": "object"},
        "latest": RESULT,
        "output": RESULT | {"description": "Set once the run succeeded, or was canceled with a picture."},
        "error": {"type": ["string", "null"]},
        "origin": {"type": ["string", "null"], "description": "The run that it was started from."},
        "steered": STEERED,
        "resumable": {"type": "boolean", "description": "Its state is kept: a run can go on from it, with `from`."},
        "version": {"type": "string", "description": "Of the code and the weights that compute it."},
        "reported": {"type": "boolean", "description": "A reader has reported it; its page covers its pictures."},
        "created_at": {"type": "string", "format": "date-time"},
        "started_at": {"type": ["string", "null"], "format": "date-time"},
        "finished_at": {"type": ["string", "null"], "format": "date-time"},
        "expires_at": {"type": "string", "format": "date-time"},
        "metrics": {"type": "object"},
        "urls": ADDRESSES | {"required": ALL_URLS},
    },
}
FROM = {
    "type": "string",
    "description": "The id of a run to go on from: this one begins with its state, and with its inputs where none are "
    "given. A picture can be given by its address in a run, whether it is gone on from or not.",
}
REPORT = {
    "type": "object",
    "required": ["reason"],
    "properties": {
        "reason": {"enum": ["wrong", "offensive", "other"]},
        "note": {"type": "string", "maxLength": 500},
    },
}
CHANGES = {"type": "object", "additionalProperties": {"type": ["string", "number", "boolean"]}}
ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {"type": "string", "description": "A sentence for a reader."},
        "problems": {"type": "object", "additionalProperties": {"type": "string"}},
        "request_id": {"type": "string"},
    },
}
