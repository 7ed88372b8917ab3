"""Who asks: a reader without an account."""

from __future__ import annotations

import hmac

from flask import current_app, request


def client_of_request() -> str:
    """Who asks, as a keyed hash of the address: enough for fair shares, useless for anything else."""
    secret, address = current_app.config["SECRET_KEY"], request.remote_addr or ""
    return hmac.new(secret.encode(), address.encode(), "sha256").hexdigest()[:16]
