"""Tokens with which programs write for an author: shown once, kept as a hash, listed with their last use, revoked.

A token is 256 random bits, so nobody guesses one; that wrong ones are slowed down keeps noise out of the log.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.admin import accounts, throttle
from app.admin.models import Account
from app.admin.signins import hash_of
from app.db import Base, UtcTime, db, now, writing
from app.errors import InvalidInput, SignInNeeded

PREFIX = "pp_"  # by which a leaked one is recognised
LONGEST_NAME, MOST = 100, 50
NOTED_EVERY = timedelta(minutes=5)
NEEDED = "Send a token of an author: Authorization: Bearer pp_…. One is made at /admin/account."
WRONG = "This token is not known here; it may have been revoked."


class ApiToken(Base):
    """What a program shows instead of a password. It opens the posts and nothing else of the account."""

    __tablename__ = "api_tokens"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcTime, default=now)
    used_at: Mapped[datetime | None] = mapped_column(UtcTime)

    account: Mapped[Account] = relationship(lazy="joined")


def make(account: Account, name: str) -> str:
    """A new token of `account`, to be shown once. Raises InvalidInput."""
    plain, account_id, token = " ".join(name.split()), account.id, PREFIX + secrets.token_urlsafe(32)
    if not plain or len(plain) > LONGEST_NAME:
        raise InvalidInput({"name": f"Say what uses it, in {LONGEST_NAME} characters at most."})
    with writing() as session:
        if len(of(account_id)) >= MOST:
            raise InvalidInput({"name": f"There are {MOST} tokens; revoke one that nothing uses."})
        session.add(ApiToken(account_id=account_id, name=plain, token_hash=hash_of(token)))
    return token


def make_for(account: Account, name: str, password: str, address: str) -> str:
    """The same for who is signed in and knows the password. Raises InvalidInput and TooMany."""
    account_id = account.id
    accounts.confirm(account, password, address)
    return make(db.session.get_one(Account, account_id), name)


def of(account_id: int) -> list[ApiToken]:
    """Every token of the account, the newest first."""
    theirs = select(ApiToken).where(ApiToken.account_id == account_id)
    return list(db.session.scalars(theirs.order_by(ApiToken.created_at.desc(), ApiToken.id.desc())))


def revoke(account_id: int, token_id: int) -> None:
    """Takes a token of the account away; one of somebody else is left alone."""
    with writing() as session:
        session.execute(delete(ApiToken).where(ApiToken.id == token_id, ApiToken.account_id == account_id))


def holder(header: str, address: str, at: datetime | None = None) -> str:
    """The name of the account whose token an Authorization header carries.

    Raises SignInNeeded, and TooMany for an address from which many wrong ones came. A right one is let in from there.
    """
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise SignInNeeded(NEEDED)
    found = db.session.scalar(select(ApiToken).where(ApiToken.token_hash == hash_of(token.strip())))
    if found is None:
        throttle.knock([f"token:{address}"], at or now())
        raise SignInNeeded(WRONG)
    name = found.account.name
    _note(found, at or now())
    return name


def _note(token: ApiToken, at: datetime) -> None:
    """That it was used, every few minutes: a program that pushes all day need not write each time."""
    if token.used_at is None or at - token.used_at > NOTED_EVERY:
        with writing() as session:
            session.execute(update(ApiToken).where(ApiToken.id == token.id).values(used_at=at))
