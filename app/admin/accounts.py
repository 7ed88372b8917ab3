"""Accounts of authors: made on the command line, entered with a password, at most two of which are checked at once."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import datetime
from functools import cache
from threading import BoundedSemaphore

from sqlalchemy import delete, func, select
from werkzeug.security import check_password_hash, generate_password_hash

from app.admin import throttle
from app.admin.models import Account, SignIn
from app.db import db, now, writing
from app.errors import InvalidInput, NotFound, SignInNeeded

METHOD = "scrypt:32768:8:3"
SHORTEST, LONGEST = 15, 1024
NAME = re.compile(r"[\w.@-]{1,64}")
CONSONANTS, VOWELS = "bdfgklmnprstvz", "aeiou"
HASHING = BoundedSemaphore(2)  # each takes 32 MB and a tenth of a second


def ensure_admin() -> str | None:
    """Makes the account "admin" where there is no account yet: its password, to be shown once; else None."""
    return None if names() else add("admin")


def add(name: str) -> str:
    """Makes an account and gives its password, to be shown once. Raises InvalidInput."""
    if not NAME.fullmatch(name):
        raise InvalidInput({"name": "A name has up to 64 letters, digits, dots, hyphens, at signs."})
    password = readable_password()
    hashed = _hashed(password)
    with writing() as session:
        if session.scalar(select(Account).where(Account.name == name)):
            raise InvalidInput({"name": f"There is an account “{name}” already."})
        session.add(Account(name=name, password=hashed))
    return password


def set_password(name: str, password: str | None = None) -> str:
    """Gives the account this password, or a new one, signs it out everywhere, and returns the password."""
    chosen = readable_password() if password is None else password
    if not SHORTEST <= len(chosen) <= LONGEST:
        raise InvalidInput({"password": f"A password has at least {SHORTEST} characters."})
    hashed = _hashed(chosen)
    with writing() as session:
        account = _get(name)
        account.password = hashed
        session.execute(delete(SignIn).where(SignIn.account_id == account.id))
    return chosen


def names() -> list[str]:
    return list(db.session.scalars(select(Account.name).order_by(Account.name)))


def remove(name: str) -> None:
    """Takes the account away and signs it out. Raises NotFound, and InvalidInput for the last one."""
    with writing() as session:
        account = _get(name)
        if session.scalar(select(func.count(Account.id))) == 1:
            raise InvalidInput({"name": "This is the last account; add another one first."})
        session.delete(account)


def enter(name: str, password: str, address: str, at: datetime | None = None) -> Account:
    """The account whose name and password these are. Raises SignInNeeded, and TooMany after many failures."""
    keys = [f"account:{hashlib.sha256(name.encode()).hexdigest()}", f"address:{address}"]
    throttle.knock(keys, at or now())
    account = db.session.scalar(select(Account).where(Account.name == name))
    known = account.password if account else _nobody()  # a name that is not there costs the same time
    with HASHING:
        right = check_password_hash(known, password)
    if account is None or not right:
        raise SignInNeeded("The name or the password is not right.")
    throttle.forgive(keys)
    return account


def readable_password() -> str:
    """Four words that can be said but not guessed: 65 bits."""
    pattern = (CONSONANTS, VOWELS, CONSONANTS, VOWELS, CONSONANTS)
    return "-".join("".join(secrets.choice(letters) for letters in pattern) for _ in range(5))


def _get(name: str) -> Account:
    account = db.session.scalar(select(Account).where(Account.name == name))
    if account is None:
        raise NotFound(f"There is no account “{name}”. There is: {', '.join(names()) or 'none'}.")
    return account


def _hashed(password: str) -> str:
    with HASHING:
        return generate_password_hash(password, METHOD)


@cache
def _nobody() -> str:
    return _hashed(secrets.token_urlsafe())
