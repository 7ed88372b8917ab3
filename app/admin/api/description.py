"""The posts' part of the API's description in OpenAPI 3.1."""

from __future__ import annotations

from typing import Any

from app.admin.api.views import MARKDOWN, NOTEBOOK, ON_A_PAGE, ZIP

TEXT = {"type": "string"}
NULLABLE = {"type": ["string", "null"]}
REMARK = {
    "type": "object",
    "required": ["line", "sentence"],
    "properties": {"line": {"type": "integer", "minimum": 1}, "sentence": TEXT},
}
POST = {
    "type": "object",
    "required": ["slug", "title", "status", "version", "url"],
    "properties": {
        "slug": TEXT,
        "title": TEXT,
        "kind": {"enum": ["post", "page"]},
        "status": {"enum": ["draft", "published"]},
        "version": {"type": "integer", "description": "Also the ETag."},
        "tags": {"type": "array", "items": TEXT},
        "published_at": NULLABLE | {"format": "date-time"},
        "updated_at": TEXT | {"format": "date-time"},
        "url": TEXT | {"format": "uri-reference"},
        "public_url": NULLABLE | {"description": "Where readers find it, if they do."},
        "aliases": {"type": "array", "items": TEXT, "description": "Addresses that it had."},
        "markdown": TEXT | {"description": "The file that it is, with its front matter."},
    },
}
CAME = {
    "type": "object",
    "required": ["file", "outcome", "remarks"],
    "properties": {
        "file": TEXT,
        "outcome": {"enum": ["new", "replaces", "same", "refused", "added", "replaced"]},
        "slug": TEXT,
        "title": TEXT,
        "remarks": {"type": "array", "items": REMARK, "description": "What its author should mend."},
        "error": TEXT | {"description": "Why it is refused, in a sentence."},
    },
}
BOTH = {
    "type": "object",
    "required": ["error", "version", "theirs", "yours"],
    "properties": {"error": TEXT, "version": {"type": ["integer", "null"]}, "theirs": NULLABLE, "yours": TEXT},
}
SCHEMAS = {"Post": POST, "Came": CAME, "Both": BOTH}
SECURITY = {
    "token": {"type": "http", "scheme": "bearer", "description": "Made on the account’s page, or by flask user token."}
}
REFUSED = ("400", "404", "409", "413", "415", "422")  # what is sent can be wrong in all these ways
SLUG = {"name": "slug", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
LIST = {"type": "object", "required": ["posts"], "properties": {"posts": {"type": "array"}, "next": NULLABLE}}


def paths() -> dict[str, Any]:
    """Their paths, as OpenAPI has them."""
    return {
        "/posts": {"get": _list(), "post": _push()},
        "/posts/{slug}": {
            "parameters": [SLUG],
            "get": _operation("post", "A post", {"200": _one(), "304": {"description": "It has not changed."}}, "404"),
            "put": _put(),
        },
    }


def _list() -> dict[str, Any]:
    listed = {**LIST, "properties": {**LIST["properties"], "posts": {"type": "array", "items": _of("Post")}}}  # type: ignore[dict-item]
    after = _query("after", f"Those whose address comes after this one; {ON_A_PAGE} at a time.")
    told = _operation("posts", "Every post, drafts too", {"200": _answer("Up to a hundred.", listed)})
    return told | {"parameters": [after]}


def _push() -> dict[str, Any]:
    pushed = {"type": "object", "required": ["posts"], "properties": {"posts": {"type": "array", "items": _of("Came")}}}
    summary = "Push posts: new ones are added, those that were pushed before replaced"
    good = {
        "200": _answer("What became of each file.", pushed),
        "201": _answer("The same, where a post is new.", pushed),
    }
    name = _query("name", "The file’s name; its address is made from it.")
    told = _operation("push", summary, good, *REFUSED)
    return told | {"parameters": [name, _flag("replace"), _flag("dry_run")]} | _body("multipart/form-data")


def _put() -> dict[str, Any]:
    good = {"200": _one(), "201": _one(), "412": _answer("It is another version; both texts.", _of("Both"))}
    told = _operation("put", "A post at its address", good, *REFUSED)
    return told | {"parameters": [_flag("replace"), {"name": "If-Match", "in": "header", "schema": TEXT}]} | _body()


def _one() -> dict[str, Any]:
    return _answer("The post, with its ETag.", _of("Post"))


def _operation(name: str, summary: str, good: dict[str, Any], *refused: str) -> dict[str, Any]:
    error = {status: _answer("A sentence that says why not.", _of("Error")) for status in (*refused, "401", "429")}
    told = {"operationId": name, "summary": summary, "tags": ["posts"], "security": [{"token": []}]}
    return told | {"responses": good | error}


def _body(*more: str) -> dict[str, Any]:
    """A text, a notebook, or a zip of either with their pictures."""
    kinds = {kind: {"schema": TEXT} for kind in sorted(MARKDOWN)}
    kinds |= {kind: {"schema": {"type": "object"}} for kind in sorted(NOTEBOOK)}
    kinds[ZIP] = {"schema": {"type": "string", "format": "binary"}}
    files = {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}
    return {"requestBody": {"required": True, "content": kinds | {kind: {"schema": files} for kind in more}}}


def _answer(description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _of(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _query(name: str, about: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": about, "schema": TEXT}


def _flag(name: str) -> dict[str, Any]:
    abouts = {
        "replace": "Also where the post was changed on the site since.",
        "dry_run": "Say what would happen, and write nothing.",
    }
    return {"name": name, "in": "query", "description": abouts[name], "schema": {"enum": ["0", "1"]}}
