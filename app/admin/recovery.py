"""Recovery codes: ten numbers to keep on paper, each of which stands in for the second factor once."""

from __future__ import annotations

import hashlib
import secrets

from sqlalchemy import delete, func, select

from app.admin.models import RecoveryCode
from app.admin.passwords import HASHING
from app.db import db, writing

COUNT = 10
DIGITS, GROUP = 16, 4
COST = 2**12  # of a hash, which takes a kilobyte for each


def renew(account_id: int) -> list[str]:
    """New codes in place of those there were, to be shown once."""
    codes = [f"{secrets.randbelow(10**DIGITS):0{DIGITS}}" for _ in range(COUNT)]
    salt = secrets.token_hex(16)
    rows = [RecoveryCode(account_id=account_id, salt=salt, code_hash=_hash(code, salt)) for code in codes]
    with writing() as session:
        session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
        session.add_all(rows)
    return ["-".join(code[at : at + GROUP] for at in range(0, DIGITS, GROUP)) for code in codes]


def use(account_id: int, digits: str) -> bool:
    """Whether these are the digits of a code that had not been used; now it has."""
    salt = db.session.scalar(select(RecoveryCode.salt).where(RecoveryCode.account_id == account_id).limit(1))
    if salt is None:
        return False
    code_hash = _hash(digits, salt)
    with writing() as session:
        mine = RecoveryCode.account_id == account_id, RecoveryCode.code_hash == code_hash
        used = session.execute(delete(RecoveryCode).where(*mine))
    return bool(used.rowcount == 1)  # type: ignore[attr-defined]  # of two at once, one has taken it away


def left(account_id: int) -> int:
    """How many codes have not been used."""
    return db.session.scalar(select(func.count(RecoveryCode.id)).where(RecoveryCode.account_id == account_id)) or 0


def _hash(digits: str, salt: str) -> str:
    """One salt a set, so that a guess costs one hash and not ten; and as a code is 53 random bits, an eighth of the
    memory of a password's hash, and a twentieth of its time, are beyond guessing."""
    with HASHING:
        return hashlib.scrypt(digits.encode(), salt=salt.encode(), n=COST, r=8, p=1, maxmem=2048 * COST).hex()
