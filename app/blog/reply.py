"""Where a reader's reply goes: to the address of the setting REPLY, with the post's title as its subject."""

from __future__ import annotations

import re
from urllib.parse import quote

from flask import current_app

from app.errors import BadSetting

MAIL = re.compile(r"[^@\s<>?&]+@[^@\s<>?&]+")


def check(address: str) -> None:
    """Raises BadSetting for a REPLY that is no address."""
    if address and not MAIL.fullmatch(address) and not address.startswith("https://"):
        raise BadSetting(f"REPLY is {address!r}; it can be an e-mail address or one that begins with https://.")


def reply_address(title: str) -> str | None:
    """The link for a reply to the post with this title; None where the site takes none."""
    address: str = current_app.config["SETTINGS"].REPLY
    if address.startswith("https://"):
        return address
    return f"mailto:{quote(address, safe='@+')}?subject={quote(f'Re: {title}', safe='')}" if address else None
