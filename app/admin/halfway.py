"""Between the password and the code: a token in the page's own form, good for ten minutes and for nothing else."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from app.admin.models import Account, HalfSignIn
from app.admin.signins import hash_of
from app.db import db, now, writing

LONGEST = timedelta(minutes=10)


def open_for(account: Account) -> str:
    """Remembers that the password of `account` was right, and gives the token; what has run out is swept away."""
    token, at, account_id = secrets.token_urlsafe(32), now(), account.id
    with writing() as session:
        session.execute(delete(HalfSignIn).where(HalfSignIn.created_at < at - LONGEST))
        session.add(HalfSignIn(token_hash=hash_of(token), account_id=account_id, created_at=at))
    return token


def account_of(token: str, at: datetime | None = None) -> Account | None:
    """Whose password was right, if that is not too long ago."""
    found = db.session.scalar(select(HalfSignIn).where(HalfSignIn.token_hash == hash_of(token)))
    if found is None or (at or now()) - found.created_at > LONGEST:
        return None
    return found.account


def close(token: str) -> None:
    with writing() as session:
        session.execute(delete(HalfSignIn).where(HalfSignIn.token_hash == hash_of(token)))
