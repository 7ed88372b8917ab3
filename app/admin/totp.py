"""Codes of six digits that change every half minute, as authenticator apps make them (RFC 6238 with RFC 4226)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote, urlencode

DIGITS = 6
PERIOD = 30  # seconds
DRIFT = 1  # steps that a clock may be slow or fast (RFC 6238, 5.2)
SECRET_BYTES = 20  # as many as the hash has (RFC 4226, 4)


def new_secret() -> str:
    """A secret in base32, 32 letters and digits."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def step_of(at: datetime) -> int:
    """Which half minute since 1970 it is."""
    return int(at.timestamp()) // PERIOD


def code(secret: str, step: int) -> str:
    """The code of one half minute (RFC 4226, 5.3)."""
    digest = hmac.new(base64.b32decode(secret), step.to_bytes(8, "big"), hashlib.sha1).digest()
    at = digest[-1] & 0x0F
    number = int.from_bytes(digest[at : at + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def matching_step(secret: str, typed: str, at: datetime) -> int | None:
    """The half minute whose code was typed at the time `at`, if it is this one or one beside it."""
    steps = range(step_of(at) - DRIFT, step_of(at) + DRIFT + 1)
    matches = [step for step in steps if hmac.compare_digest(code(secret, step).encode(), typed.encode())]
    return max(matches, default=None)


def address(secret: str, account: str, site: str) -> str:
    """What an app reads from the QR code: an otpauth address."""
    site = site.replace(":", " ")  # the sign between the two names
    asked = {"secret": secret, "issuer": site, "algorithm": "SHA1", "digits": DIGITS, "period": PERIOD}
    return f"otpauth://totp/{quote(site)}:{quote(account)}?{urlencode(asked, quote_via=quote)}"
