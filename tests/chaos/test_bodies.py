"""H-05, H-06: bodies that are too long, lie about their length or are no form are refused, and leave nothing behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import create_app
from app.config import Settings
from app.db import db
from app.demos import form as form_of_demos
from tests.chaos import multipart, uploads
from tests.chaos.multipart import Told, form, part, request
from tests.chaos.server import Server

PATHS = ("/api/v1/demos/detection/jobs", "/demos/detection/jobs")  # a demo that has no picture of its own
MEGABYTE = 1 << 20
PICTURE = uploads.photographs()["PNG"]
BOUNDARY = f"--{multipart.BOUNDARY}".encode()
GOOD = form(part("photo", PICTURE, "a.png"))


def sent(server: Server, data: bytes) -> Told:
    with server.connect() as connection:
        return multipart.told(connection, data)


def chunked(body: bytes, size: int = 65_536) -> bytes:
    pieces = (body[start : start + size] for start in range(0, len(body), size))
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


@pytest.mark.parametrize("path", PATHS)
def test_a_picture_that_comes_as_it_should_is_a_run(server: Server, path: str) -> None:
    assert sent(server, request(path, GOOD)).status == (202 if path.startswith("/api") else 303)
    once = request(path, b"", Content_Length=None, Transfer_Encoding="chunked")  # type: ignore[arg-type]
    assert sent(server, once + chunked(GOOD)).status in (200, 202, 303)


@pytest.mark.parametrize("path", [*PATHS, "/admin/sign-in", "/api/v1/posts"])
def test_a_body_that_is_too_long_is_refused_before_it_has_come(server: Server, path: str) -> None:
    """The answer is there when a thousandth has been sent."""
    told = sent(server, request(path, GOOD[:900], Content_Length=str(18 * MEGABYTE)))
    assert told.status in (413, 401), told.text[:200]
    assert "That is too large to take in." in told.text or told.status == 401


@pytest.mark.parametrize("path", PATHS)
def test_so_is_one_that_does_not_say_how_long_it_is(server: Server, path: str) -> None:
    body = chunked(form(part("photo", PICTURE + bytes(18 * MEGABYTE), "a.png")))
    head = request(path, b"", Content_Length=None, Transfer_Encoding="chunked")  # type: ignore[arg-type]
    assert sent(server, head + body).status == 413


LIES = {
    "shorter than the body": {"Content_Length": "40"},
    "nothing": {"Content_Length": "0"},
    "none": {"Content_Length": None},
    "negative": {"Content_Length": "-1"},
    "words": {"Content_Length": "many"},
    "with a sign": {"Content_Length": "+40"},
    "of another base": {"Content_Length": "0x40"},
    "with an underscore": {"Content_Length": "4_0"},
    "two numbers": {"Content_Length": "40, 41"},
    "in other digits": {"Content_Length": "４０"},
    "both ways at once": {"Transfer_Encoding": "chunked"},
    "chunks that are none": {"Content_Length": None, "Transfer_Encoding": "chunked"},
    "another coding": {"Content_Length": None, "Transfer_Encoding": "gzip"},
    "chunked twice": {"Content_Length": None, "Transfer_Encoding": "chunked, chunked"},
}


@pytest.mark.parametrize("lie", LIES)
def test_who_lies_about_the_length_gets_no_run(server: Server, lie: str) -> None:
    told = sent(server, request(PATHS[0], GOOD, **LIES[lie]))  # type: ignore[arg-type]
    assert told.status in (400, 413, 422, 501), told.text[:300]


def test_what_cannot_be_read_is_no_run_with_the_demos_own_picture(server: Server) -> None:
    unread = (PICTURE, GOOD[:-20], b"x", b"[", BOUNDARY + b"--\r\n")
    for body in unread:
        told = sent(server, request("/api/v1/demos/gram-matrix/jobs", body))
        assert told.status == 422
        assert "could not be read" in told.text
    assert sent(server, request("/api/v1/demos/gram-matrix/jobs", b"")).status == 202


def test_who_promises_more_and_hangs_up_leaves_nothing(server: Server) -> None:
    with server.connect() as connection:
        connection.sendall(request(PATHS[0], GOOD[:-40], Content_Length=str(len(GOOD))))


FORMS = {
    "more parts than may be": form(*(part(f"f{n}", b"x") for n in range(1_001))),
    "a field of three megabytes": form(part("photo", PICTURE, "a.png"), part("from", b"x" * 3 * MEGABYTE)),
    "two pictures": form(*[part("photo", PICTURE, "a.png")] * 2),
    "a picture without a name": form(part("photo", PICTURE, "")),
    "a picture as a text": form(part("photo", PICTURE)),
    "a picture in a field of text": form(part("from", PICTURE, "a.png")),
    "an unknown field": form(part("photo", PICTURE, "a.png"), part("evil", b"x")),
    "an unknown picture": form(part("evil", PICTURE, "a.png")),
    "no part": form(),
    "nothing": b"",
    "no end": GOOD[:-20],
    "another boundary": GOOD.replace(b"chaos", b"chaoz"),
    "carriage returns": form(part("photo", b"\r" * 4 * MEGABYTE, "a.png")),
    "line feeds": form(part("photo", b"\r\n" * 2 * MEGABYTE, "a.png")),
    "boundaries that are none": form(part("photo", (BOUNDARY + b"x\r\n") * 20_000, "a.png")),
    "a head without an end": BOUNDARY + b"\r\nContent-Disposition: form-data; name=" + b"x" * MEGABYTE,
    "a part without a head": BOUNDARY + b"\r\n\r\nx\r\n" + BOUNDARY + b"--\r\n",
    "a thousand lines of head": BOUNDARY + b"\r\n" + b"X: y\r\n" * 1_000 + b"\r\nx\r\n" + BOUNDARY + b"--\r\n",
    "a name of NUL": form(part("pic\0ture", PICTURE, "a.png")),
    "bytes that are no text": BOUNDARY + b'\r\nContent-Disposition: form-data; name="\xff\xfe"\r\n\r\nx\r\n',
}


@pytest.mark.parametrize("name", FORMS)
def test_what_is_no_form_with_a_picture_is_a_sentence(server: Server, name: str) -> None:
    for path in PATHS:
        told = sent(server, request(path, FORMS[name]))
        assert told.status in (400, 413, 422), told.text[:300]
        assert "Traceback" not in told.text


TYPES = {
    "none": None,
    "without a boundary": "multipart/form-data",
    "an empty boundary": "multipart/form-data; boundary=",
    "a boundary of spaces": 'multipart/form-data; boundary="   "',
    "a boundary of a megabyte less": "multipart/form-data; boundary=" + "x" * 3_000,
    "two boundaries": f"{multipart.TYPE}; boundary=other",
    "a mixture": "multipart/mixed; boundary=----chaos",
    "an address": "application/x-www-form-urlencoded",
    "a picture": "image/png",
    "JSON": "application/json",
    "JSON in UTF-7": "application/json; charset=utf-7",
    "a charset that is none": f"{multipart.TYPE}; charset=evil",
    "nonsense": "a/b/c; d=e; =",
}


@pytest.mark.parametrize("name", TYPES)
def test_whatever_it_is_called_it_is_no_error_of_ours(server: Server, name: str) -> None:
    for path in PATHS:
        told = sent(server, request(path, GOOD, Content_Type=TYPES[name]))  # type: ignore[arg-type]
        assert told.status in (400, 413, 415, 422) or name == "a charset that is none", told.text[:300]
        assert told.status < 500


@pytest.mark.parametrize("path", PATHS)
def test_a_large_body_is_not_read_for_whom_no_run_would_be_begun(tmp_path: Path, path: str) -> None:
    app = create_app(Settings(DATA=tmp_path, SECRET_KEY="k" * 40, JOB_ENGINE="none", JOBS_PER_READER=1))
    with app.app_context():
        db.create_all()
    client = app.test_client()
    read = pytest.MonkeyPatch()
    large = form(part("photo", PICTURE + bytes(2 * MEGABYTE), "a.png"))
    assert client.post(path, data=large, content_type=multipart.TYPE).status_code in (202, 303)
    read.setattr(form_of_demos, "_form", lambda _demo: pytest.fail("it was read"))
    answer = client.post(path, data=large, content_type=multipart.TYPE)
    read.undo()
    assert answer.status_code == 429
    assert "Retry-After" in answer.headers
    app.extensions["jobs"].stop()
    with app.app_context():
        db.engine.dispose()
