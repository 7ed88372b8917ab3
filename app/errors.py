"""Everything that can go wrong in words a reader understands, and the one handler that answers HTML or JSON.

AppError 400                 the message is written for the reader
├── InvalidInput 422         one sentence for each field, in .problems
├── SignInNeeded 401
├── Forbidden 403
├── NotFound 404
├── Conflict 409
├── TooMany 429              says when to come back
├── Busy 503                 says when to come back
└── DiskFull 507
BadSetting                   for the operator, at start
"""

from __future__ import annotations

import errno
import logging
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask
    from flask.typing import ResponseReturnValue

log = logging.getLogger(__name__)

SORRY = "Something went wrong on our side. It has been noted; please try again."
PLAIN = {
    404: "There is nothing at this address.",
    405: "This address does not take that kind of request.",
    413: "That is too large to take in.",
    421: "This site does not answer to that name.",
}
FULL = "The disk is full, nothing was changed. What you sent can be sent again once there is room."
NOT_WRITTEN = "The disk takes nothing more, so nothing was changed. What you sent can be sent again once it does."
BROKEN_OFF = "This request broke off, or is none."
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
UNWRITTEN = ("SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC", "SQLITE_IOERR_TRUNCATE", "SQLITE_IOERR_SHMSIZE")


class BadSetting(ValueError):
    """A setting that the site cannot start with."""


class AppError(Exception):
    """An error whose message is shown to the reader as it is."""

    status = 400

    def __init__(self, message: str, *, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.message, self.retry_after = message, retry_after
        self.problems: dict[str, str] = {}


class InvalidInput(AppError):
    status = 422

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


class SignInNeeded(AppError):
    status = 401


class Forbidden(AppError):
    status = 403


class NotFound(AppError):
    status = 404


class Conflict(AppError):
    status = 409


class TooMany(AppError):
    status = 429


class Busy(AppError):
    status = 503


class DiskFull(AppError):
    status = 507


def others_write() -> Busy:
    return Busy("Others are writing just now, so nothing was changed. Try again in a few seconds.", retry_after=5)


def meant_by(error: BaseException) -> AppError | None:
    """What an error of the disk, of a database on it or of the line means for who asked; None for an unforeseen one."""
    if type(error).__module__ == "gunicorn.http.errors":  # raised where the body is read, which may be anywhere
        return AppError(BROKEN_OFF)
    if isinstance(error, OSError):
        return DiskFull(FULL) if error.errno in NO_ROOM else None
    name = getattr(getattr(error, "orig", None), "sqlite_errorname", "")  # what SQLAlchemy raises wraps the driver's
    if name.startswith("SQLITE_BUSY"):
        return others_write()
    if name == "SQLITE_FULL":
        return DiskFull(FULL)
    return DiskFull(NOT_WRITTEN) if name in UNWRITTEN else None


def init_app(app: Flask) -> None:
    from werkzeug.exceptions import HTTPException, SecurityError

    def known(error: AppError) -> ResponseReturnValue:
        return _answer(error)

    def from_http(error: HTTPException) -> ResponseReturnValue:
        if error.code is None or error.code < 400:
            return error  # a redirect is no error
        if isinstance(error, SecurityError):  # no page can be drawn that links to an address of this site
            return PLAIN[421], 400, {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}
        translated = AppError(PLAIN.get(error.code, error.description or SORRY))
        translated.status = error.code
        return _answer(translated)

    def unexpected(error: Exception) -> ResponseReturnValue:
        if foreseen := meant_by(error):
            log.warning("%s", foreseen.message)
            return _answer(foreseen)
        request_id = secrets.token_hex(4)
        log.exception("request %s failed", request_id)
        translated = AppError(SORRY)
        translated.status = 500
        return _answer(translated, request_id)

    app.register_error_handler(AppError, known)
    app.register_error_handler(HTTPException, from_http)
    app.register_error_handler(Exception, unexpected)


def wants_json() -> bool:
    """True for the API, and for a page's script that asks for JSON."""
    from flask import request

    best = request.accept_mimetypes.best_match(["text/html", "application/json"], "text/html")
    return request.path.startswith("/api/") or best == "application/json"


def _answer(error: AppError, request_id: str | None = None) -> ResponseReturnValue:
    from flask import jsonify, make_response, render_template

    if wants_json():
        body = {"error": error.message, "problems": error.problems, "request_id": request_id}
        response = jsonify({name: value for name, value in body.items() if value})
    else:
        response = make_response(render_template("error.html", error=error, request_id=request_id))
    response.status_code = error.status
    response.headers["Cache-Control"] = "no-store"
    if error.retry_after is not None:
        response.headers["Retry-After"] = str(error.retry_after)
    return response
