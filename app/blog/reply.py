"""Where a reader's reply goes: to the address of the setting REPLY, with the post's title as its subject."""

from __future__ import annotations

from urllib.parse import quote

from app import site


def reply_address(title: str) -> str | None:
    """The link for a reply to the post with this title; None where the site takes none."""
    address = site.present().REPLY
    if address.startswith("https://"):
        return address
    return f"mailto:{quote(address, safe='@+')}?subject={quote(f'Re: {title}', safe='')}" if address else None
