"""Who may write here, with which second factor, where they are signed in, and who has lately failed to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, UtcTime, now


class Account(Base):
    """An author. The password is kept as its scrypt hash.

    A TOTP secret without `totp_since` is only offered: no code of it has been seen yet, and none is asked for.
    """

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    password: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(UtcTime, default=now)
    totp_secret: Mapped[str | None]
    totp_since: Mapped[datetime | None] = mapped_column(UtcTime)
    totp_step: Mapped[int] = mapped_column(default=0)  # of the last code that was used

    @property
    def has_second_factor(self) -> bool:
        return self.totp_since is not None


class RecoveryCode(Base):
    """A code that stands in for the second factor once; using it takes its row away. All of an account share a salt."""

    __tablename__ = "recovery_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    salt: Mapped[str]
    code_hash: Mapped[str]


class SignIn(Base):
    """One browser that is signed in. Its token is only known to that browser: here stands the hash."""

    __tablename__ = "sign_ins"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcTime, default=now)
    seen_at: Mapped[datetime] = mapped_column(UtcTime, default=now)
    browser: Mapped[str] = mapped_column(default="")  # in words

    account: Mapped[Account] = relationship(lazy="joined")


class HalfSignIn(Base):
    """A browser whose password was right and that owes the second factor: a table of its own, so it opens nothing."""

    __tablename__ = "half_sign_ins"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcTime, default=now)

    account: Mapped[Account] = relationship(lazy="joined")


class Failures(Base):
    """How often signing in has failed in a row, for one account or from one address."""

    __tablename__ = "sign_in_failures"

    key: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(UtcTime, index=True)
