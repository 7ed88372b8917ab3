"""An author's own account: the password, the second factor, where it is signed in, and tokens for programs."""

from __future__ import annotations

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import site
from app.admin import accounts, qr, recovery, second_factor, signins, tokens, totp
from app.admin.door import answer, bp
from app.admin.models import Account
from app.errors import AppError, InvalidInput

DONE = {
    "password": "Your password is changed, and every other session has ended.",
    "codes": "Your second factor is on, and every other session has ended.",
    "off": "Your second factor is off. Signing in asks for the password alone.",
    "ended": "Ended.",
    "revoked": "Revoked: nothing comes in with that token any more.",
}


@bp.get("/account")
def account() -> ResponseReturnValue:
    return _page()


@bp.post("/account/password")
def change_password() -> ResponseReturnValue:
    try:
        if _given("chosen") != _given("again"):
            raise InvalidInput({"again": "This is not the same as the new password above."})
        accounts.change_password(g.sign_in, _given("current"), _given("chosen"), _address())
    except AppError as error:
        return _page("password", error)
    return _done("password")


@bp.post("/account/second-factor")
def offer_second_factor() -> ResponseReturnValue:
    """A new secret for who knows the password; nothing is asked for until a code of it has been seen."""
    try:
        accounts.confirm(_me(), _given("current"), _address())
        second_factor.offer(_me().id)
    except AppError as error:
        return _page("offer", error)
    return redirect(url_for("admin.set_up_second_factor"), 303)


@bp.get("/account/second-factor")
def set_up_second_factor() -> ResponseReturnValue:
    return _set_up()


@bp.post("/account/second-factor/on")
def switch_on_second_factor() -> ResponseReturnValue:
    try:
        codes = second_factor.switch_on(_me(), _given("code"), _address())
    except AppError as error:
        return _set_up(error)
    signins.end_all(_me().id, but=g.sign_in.id)  # they were opened with the password alone
    return render_template("admin/recovery_codes.html", codes=codes, done=DONE["codes"])


@bp.post("/account/second-factor/off")
def switch_off_second_factor() -> ResponseReturnValue:
    try:
        accounts.confirm(_me(), _given("current"), _address())
        second_factor.prove(_me(), _given("code"), _address())
    except AppError as error:
        return _page("off", error)
    second_factor.switch_off(_me().id)
    return _done("off")


@bp.post("/account/recovery-codes")
def renew_recovery_codes() -> ResponseReturnValue:
    try:
        second_factor.prove(_me(), _given("code"), _address())
    except AppError as error:
        return _page("renew", error)
    return render_template("admin/recovery_codes.html", codes=recovery.renew(_me().id), done="")


@bp.post("/account/sessions/<int:sign_in_id>/end")
def end_session(sign_in_id: int) -> ResponseReturnValue:
    signins.end(_me().id, sign_in_id)
    return _done("ended")


@bp.post("/account/sessions/end-others")
def end_other_sessions() -> ResponseReturnValue:
    signins.end_all(_me().id, but=g.sign_in.id)
    return _done("ended")


@bp.post("/account/tokens")
def make_token() -> ResponseReturnValue:
    """A new token for who knows the password; this answer is the only one that shows it."""
    try:
        made = tokens.make_for(_me(), _given("name"), _given("current"), _address())
    except AppError as error:
        return _page("token", error)
    return _page(made={"name": _given("name"), "token": made})


@bp.post("/account/tokens/<int:token_id>/revoke")
def revoke_token(token_id: int) -> ResponseReturnValue:
    tokens.revoke(_me().id, token_id)
    return _done("revoked")


def _page(form: str = "", error: AppError | None = None, made: dict[str, str] | None = None) -> ResponseReturnValue:
    """The account; with what is wrong in one of its forms, or a token that was just made."""
    shown = {
        "account": _me(),
        "left": recovery.left(_me().id),
        "sessions": signins.open_ones(_me().id),
        "tokens": tokens.of(_me().id),
        "made": made,
        "token_name": _given("name") if form == "token" else "",
        "done": DONE.get(request.args.get("done", "")),
        "form": form,
        "error": error,
        "problems": {form: error.problems} if error else {},
    }
    return answer(render_template("admin/account.html", **shown), error)


def _set_up(error: AppError | None = None) -> ResponseReturnValue:
    """The secret that was offered, to be read by an app, and a field for the first code."""
    secret = _me().totp_secret
    if secret is None or _me().has_second_factor:
        return redirect(url_for("admin.account"), 303)
    address = totp.address(secret, _me().name, site.present().NAME)
    groups = [secret[at : at + 4] for at in range(0, len(secret), 4)]
    shown = {"address": address, "groups": groups, "drawn": qr.drawn(address), "error": error}
    return answer(render_template("admin/second_factor.html", **shown), error)


def _done(what: str) -> ResponseReturnValue:
    return redirect(url_for("admin.account", done=what), 303)


def _me() -> Account:
    mine: Account = g.sign_in.account
    return mine


def _given(name: str) -> str:
    return request.form.get(name, "")


def _address() -> str:
    return request.remote_addr or ""
