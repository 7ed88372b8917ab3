"""The door: signing in, in one step or two, and out, and the guard that lets nobody else past.

A text that comes too late is kept by the pages of both steps, and saved after the last.
"""

from __future__ import annotations

from flask import (
    Blueprint,
    Response,
    current_app,
    g,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from app.admin import accounts, halfway, second_factor, signins
from app.admin.models import Account
from app.errors import AppError, SignInNeeded, wants_json
from app.headers import SAFE

bp = Blueprint("admin", __name__, url_prefix="/admin")

KEPT = {"admin.save", "admin.create"}
LARGEST = {"admin.hand_in": 64 << 20}  # bytes that an author may send there, and a stranger not
MOST_PARTS = 1000
OPEN = {"admin.sign_in", "admin.second_step"}
OWN_FIELDS = {"name", "password", "half", "code", "token", "next", "kept_for"}
TOO_LATE = "You are signed out, so this is not saved yet. Sign in here, and it is."
TOO_SLOW = "That was not within ten minutes of the password, or it has led in already. Sign in again."


@bp.before_request
def guard() -> ResponseReturnValue | None:
    """Every page of the admin is closed but those that sign in; whoever adds one need not think of it."""
    if request.endpoint in OPEN:
        return None
    g.sign_in = signins.current()
    if g.sign_in is None:
        return _refusal()
    if request.endpoint in LARGEST:
        request.max_content_length, request.max_form_parts = LARGEST[request.endpoint], MOST_PARTS
    if request.method not in SAFE and not signins.form_is_ours():
        return _refusal()
    return None


@bp.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    if request.method == "GET":
        return _page()
    try:
        account = accounts.enter(request.form["name"], request.form["password"], request.remote_addr or "")
    except AppError as error:
        return _denied(error)
    if not account.has_second_factor:
        return _enter(account)
    half = halfway.open_for(account)
    return jsonify(half=half) if wants_json() else _page(half=half)


@bp.route("/sign-in/code", methods=["GET", "POST"])
def second_step() -> ResponseReturnValue:
    """The code, from who has just shown the password."""
    if request.method == "GET":  # of a browser that reopens the page
        return redirect(url_for("admin.sign_in"), 303)
    half = request.form.get("half", "")
    account = halfway.account_of(half)
    if account is None:
        return _denied(SignInNeeded(TOO_SLOW))
    try:
        second_factor.prove(account, request.form.get("code", ""), request.remote_addr or "")
    except AppError as error:
        return _denied(error, half)
    halfway.close(half)
    return _enter(account)


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    signins.close(g.sign_in)
    response = make_response(redirect(url_for("blog.home"), 303))
    signins.take_cookie(response)
    return response


@bp.after_request
def keep_out_of_caches(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


def _refusal() -> ResponseReturnValue:
    if wants_json():
        raise SignInNeeded("You are signed out. Your text is still here; sign in to save it.")
    if request.method in SAFE:
        return redirect(url_for("admin.sign_in", next=request.full_path.rstrip("?")), 303)
    return _page(SignInNeeded(TOO_LATE if request.endpoint in KEPT else "You are signed out. Sign in first."))


def answer(page: str, error: AppError | None) -> Response:
    """The page with the status of what went wrong, if anything did, and when to come back."""
    response = make_response(page, error.status if error else 200)
    if error and error.retry_after:
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def _page(error: AppError | None = None, half: str = "") -> ResponseReturnValue:
    """The sign-in page, its second step with `half`; it carries along what was being saved, and saves it in the end."""
    kept_for = request.form.get("kept_for") or (request.path if request.endpoint in KEPT else "")
    kept = [(name, value) for name, value in request.form.items(multi=True) if kept_for and name not in OWN_FIELDS]
    template = "admin/second_step.html" if half else "admin/sign_in.html"
    return answer(render_template(template, error=error, half=half, kept_for=kept_for, kept=kept, next=_next()), error)


def _denied(error: AppError, half: str = "") -> ResponseReturnValue:
    """The form again with what went wrong; an editor that signs in in its place is told in JSON."""
    if wants_json():
        raise error
    return _page(error, half)


def _enter(account: Account) -> Response:
    """In: to where one was going; an editor gets the token that its forms carry from now on."""
    token = signins.open_for(account)
    if wants_json():
        response: Response = jsonify(token=signins.form_token())
    else:
        response = _saved_at_last() or make_response(redirect(_next(), 303))
    signins.give_cookie(response, token)
    return response


def _saved_at_last() -> Response | None:
    """The answer of the view that the text was meant for, if the sign-in page carried one along."""
    path = request.form.get("kept_for")
    adapter = current_app.create_url_adapter(request)
    if not path or adapter is None:
        return None
    try:
        endpoint, arguments = adapter.match(path, method="POST")
    except HTTPException:
        return None
    if endpoint not in KEPT:
        return None
    return make_response(current_app.view_functions[endpoint](**arguments))


def _next() -> str:
    """Where to go after signing in: a page of the admin, never another site."""
    wanted = request.values.get("next", "")
    home = url_for("admin.index")
    return wanted if wanted == home or (wanted.startswith(home + "/") and wanted.isprintable()) else home
