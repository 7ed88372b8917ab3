"""Being signed in: a random token in a cookie, its hash in the database, so that it can be taken back at any time."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from contextlib import suppress
from datetime import datetime, timedelta

from flask import Response, current_app, g, request
from sqlalchemy import delete, or_, select, update

from app.admin import browsers
from app.admin.models import Account, SignIn
from app.db import db, now, writing
from app.errors import Busy, DiskFull

IDLE = timedelta(hours=12)
LONGEST = timedelta(days=7)
NOTED_EVERY = timedelta(minutes=5)


def open_for(account: Account) -> str:
    """Signs `account` in and gives the token for the browser; what has run out is swept away."""
    token, at, account_id = secrets.token_urlsafe(32), now(), account.id
    browser = browsers.in_words(request.user_agent.string)
    with writing() as session:
        session.execute(delete(SignIn).where(or_(SignIn.seen_at < at - IDLE, SignIn.created_at < at - LONGEST)))
        g.sign_in = SignIn(token_hash=hash_of(token), account_id=account_id, created_at=at, seen_at=at, browser=browser)
        session.add(g.sign_in)
    return token


def current() -> SignIn | None:
    """The sign-in of the browser that asks, if it has one that has not run out."""
    token = request.cookies.get(cookie_name(), "")
    found = db.session.scalar(select(SignIn).where(SignIn.token_hash == hash_of(token)))
    at = now()
    if found is None or not _in_time(found.seen_at, at, IDLE) or not _in_time(found.created_at, at, LONGEST):
        return None
    for read in (found.account, found):  # another request may end it while this one goes on
        db.session.expunge(read)
    if at - found.seen_at > NOTED_EVERY:
        # What is only noted is no reason to refuse a page, be the disk full or others writing for long.
        with suppress(Busy, DiskFull), writing() as session:
            session.execute(update(SignIn).where(SignIn.id == found.id).values(seen_at=at))
    return found


def close(sign_in: SignIn) -> None:
    with writing() as session:
        session.execute(delete(SignIn).where(SignIn.id == sign_in.id))


def open_ones(account_id: int) -> list[SignIn]:
    """Every session of the account that has not run out, the last seen first."""
    at = now()
    awake = SignIn.account_id == account_id, SignIn.seen_at >= at - IDLE, SignIn.created_at >= at - LONGEST
    return list(db.session.scalars(select(SignIn).where(*awake).order_by(SignIn.seen_at.desc(), SignIn.id.desc())))


def end(account_id: int, sign_in_id: int) -> None:
    """Ends a session of the account; one of somebody else is left alone."""
    with writing() as session:
        session.execute(delete(SignIn).where(SignIn.id == sign_in_id, SignIn.account_id == account_id))


def end_all(account_id: int, but: int | None = None) -> int:
    """Ends every session of the account but one; says how many."""
    with writing() as session:
        ended = session.execute(delete(SignIn).where(SignIn.account_id == account_id, SignIn.id.is_distinct_from(but)))
    return int(ended.rowcount)  # type: ignore[attr-defined]


def cookie_name() -> str:
    """With https the name itself makes browsers refuse the cookie from anywhere but this host."""
    return "__Host-session" if current_app.config["SETTINGS"].HTTPS else "session"


def give_cookie(response: Response, token: str) -> None:
    secure = current_app.config["SETTINGS"].HTTPS
    response.set_cookie(cookie_name(), token, max_age=LONGEST, secure=secure, httponly=True, samesite="Lax")


def take_cookie(response: Response) -> None:
    secure = current_app.config["SETTINGS"].HTTPS
    response.delete_cookie(cookie_name(), secure=secure, httponly=True, samesite="Lax")


def form_token() -> str:
    """What a form must carry: nobody knows it who is not signed in as this very browser."""
    secret = current_app.config["SECRET_KEY"].encode()
    return hmac.new(secret, f"form {g.sign_in.token_hash}".encode(), hashlib.sha256).hexdigest()


def form_is_ours() -> bool:
    given = request.form.get("token", "") or request.headers.get("X-Form-Token", "")
    return hmac.compare_digest(given.encode(), form_token().encode())


def _in_time(since: datetime, at: datetime, longest: timedelta) -> bool:
    """Not too long ago; nor in what is to come, where a clock that was put back has left it for as long."""
    return -NOTED_EVERY <= at - since <= longest


def hash_of(token: str) -> str:
    """What is kept of a token that only a browser knows."""
    return hashlib.sha256(token.encode()).hexdigest()
