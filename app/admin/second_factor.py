"""The second factor: codes of an app, offered, verified, then asked for; each is used once, and guessing is slow."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, update

from app.admin import recovery, throttle, totp
from app.admin.models import Account, HalfSignIn, RecoveryCode
from app.db import now, writing
from app.errors import Conflict, InvalidInput

WRONG = "This code is not right, or it has been used already. A new one comes every half minute."


def offer(account_id: int) -> None:
    """Gives the account a secret to be set up in an app. Raises Conflict where a second factor is on."""
    free = Account.id == account_id, Account.totp_since.is_(None)
    with writing() as session:
        made = session.execute(update(Account).where(*free).values(totp_secret=totp.new_secret()))
        if made.rowcount != 1:  # type: ignore[attr-defined]
            raise Conflict("Your second factor is on already. Switch it off to set it up anew.")


def switch_on(account: Account, typed: str, address: str, at: datetime | None = None) -> list[str]:
    """Asks for codes from now on, if `typed` is one of the secret that was offered; gives the recovery codes.

    Raises InvalidInput, and TooMany after many failures.
    """
    at, account_id = at or now(), account.id
    keys = _keys(account_id, address)
    throttle.knock(keys, at)
    with writing() as session:
        offered = session.get(Account, account_id, populate_existing=True)
        secret = offered.totp_secret if offered and not offered.has_second_factor else None
        step = totp.matching_step(secret, _digits(typed), at) if secret else None
        if offered is None or step is None:
            raise InvalidInput({"code": WRONG})
        offered.totp_since, offered.totp_step = at, step
    throttle.forgive(keys)
    return recovery.renew(account_id)


def prove(account: Account, typed: str, address: str, at: datetime | None = None) -> None:
    """Uses up a code, of the app or for recovery. Raises InvalidInput, and TooMany after many failures."""
    at, account_id, digits = at or now(), account.id, _digits(typed)
    keys = _keys(account_id, address)
    throttle.knock(keys, at)
    right = recovery.use(account_id, digits) if len(digits) == recovery.DIGITS else _use(account_id, digits, at)
    if not right:
        raise InvalidInput({"code": WRONG})
    throttle.forgive(keys)


def switch_off(account_id: int) -> None:
    """Asks for no code any more; the secret, the recovery codes and half sign-ins are gone."""
    forgotten = {"totp_secret": None, "totp_since": None, "totp_step": 0}
    with writing() as session:
        session.execute(update(Account).where(Account.id == account_id).values(**forgotten))
        session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
        session.execute(delete(HalfSignIn).where(HalfSignIn.account_id == account_id))


def _use(account_id: int, digits: str, at: datetime) -> bool:
    """Whether these are the digits of a code later than the last one that was used; now it is the last one."""
    with writing() as session:
        account = session.get(Account, account_id, populate_existing=True)
        secret = account.totp_secret if account and account.has_second_factor else None
        step = totp.matching_step(secret, digits, at) if secret else None
        if step is None:
            return False
        later = Account.id == account_id, Account.totp_step < step
        used = session.execute(update(Account).where(*later).values(totp_step=step))
    return bool(used.rowcount == 1)  # type: ignore[attr-defined]  # of two at once, one finds it used


def _digits(typed: str) -> str:
    return "".join(sign for sign in typed if sign.isdecimal())


def _keys(account_id: int, address: str) -> list[str]:
    """Of their own: who knows the password cannot start the count of guessed codes from nothing."""
    return [f"code:{account_id}", f"code-address:{address}"]
