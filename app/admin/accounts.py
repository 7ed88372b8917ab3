"""Accounts of authors: made on the command line, entered with a password, and where it is on a second factor."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app import site
from app.admin import passwords, throttle
from app.admin.models import Account, HalfSignIn, SignIn
from app.db import db, now, writing
from app.errors import InvalidInput, NotFound, SignInNeeded

NAME = re.compile(r"[\w.@-]{1,64}")


def ensure_admin() -> str | None:
    """Makes the account "admin" where there is no account yet: its password, to be shown once; else None."""
    return None if names() else add("admin")


def add(name: str) -> str:
    """Makes an account and gives its password, to be shown once. Raises InvalidInput."""
    if not NAME.fullmatch(name):
        raise InvalidInput({"name": "A name has up to 64 letters, digits, dots, hyphens, at signs."})
    password = passwords.readable()
    hashed = passwords.hashed(password)
    with writing() as session:
        if session.scalar(select(Account).where(Account.name == name)):
            raise InvalidInput({"name": f"There is an account “{name}” already."})
        session.add(Account(name=name, password=hashed))
    return password


def set_password(name: str, password: str | None = None) -> str:
    """Gives the account this password, or a new one, signs it out everywhere, and returns the password."""
    chosen = passwords.readable() if password is None else password
    passwords.check(chosen, _at_hand(name))
    hashed = passwords.hashed(chosen)
    with writing() as session:
        account = get(name)
        account.password = hashed
        _end_sessions(session, account.id)
    return chosen


def change_password(sign_in: SignIn, current: str, chosen: str, address: str) -> None:
    """Another password for who knows the one there is; every other session ends. Raises InvalidInput and TooMany."""
    account, kept = sign_in.account, sign_in.id
    account_id = account.id
    confirm(account, current, address)
    passwords.check(chosen, _at_hand(account.name), "chosen")
    hashed = passwords.hashed(chosen)
    with writing() as session:
        session.get_one(Account, account_id).password = hashed
        _end_sessions(session, account_id, kept)


def names() -> list[str]:
    return list(db.session.scalars(select(Account.name).order_by(Account.name)))


def remove(name: str) -> None:
    """Takes the account away and signs it out. Raises NotFound, and InvalidInput for the last one."""
    with writing() as session:
        account = get(name)
        if session.scalar(select(func.count(Account.id))) == 1:
            raise InvalidInput({"name": "This is the last account; add another one first."})
        session.delete(account)


def enter(name: str, password: str, address: str, at: datetime | None = None) -> Account:
    """The account whose name and password these are. Raises SignInNeeded, and TooMany after many failures."""
    account = db.session.scalar(select(Account).where(Account.name == name))
    if not _proves(password, account.password if account else None, name, address, at) or account is None:
        raise SignInNeeded("The name or the password is not right.")
    return account


def confirm(account: Account, password: str, address: str, at: datetime | None = None) -> None:
    """Asks who is signed in for the password once more. Raises InvalidInput, and TooMany after many failures."""
    if not _proves(password, account.password, account.name, address, at):
        raise InvalidInput({"current": "This is not your password."})


def get(name: str) -> Account:
    """Raises NotFound, with the names there are."""
    account = db.session.scalar(select(Account).where(Account.name == name))
    if account is None:
        raise NotFound(f"There is no account “{name}”. There is: {', '.join(names()) or 'none'}.")
    return account


def _proves(password: str, known: str | None, name: str, address: str, at: datetime | None) -> bool:
    """Whether the password is the known one. The attempt is counted first; an unknown name takes the same time."""
    keys = [f"account:{hashlib.sha256(name.encode()).hexdigest()}", f"address:{address}"]
    throttle.knock(keys, at or now())
    right = passwords.matches(known, password)
    if right:
        throttle.forgive(keys)
    return right


def _end_sessions(session: Session, account_id: int, kept: int | None = None) -> None:
    """All of the account, half ones too, but the one that is kept."""
    session.execute(delete(SignIn).where(SignIn.account_id == account_id, SignIn.id.is_distinct_from(kept)))
    session.execute(delete(HalfSignIn).where(HalfSignIn.account_id == account_id))


def _at_hand(name: str) -> tuple[str, str]:
    """What comes to mind first of whose password it is."""
    return name, site.present().NAME
