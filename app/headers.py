"""What every answer carries, and what every unsafe request must prove: that it comes from this site."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, current_app, redirect, request
from flask.typing import ResponseReturnValue

from app.errors import Forbidden

SAFE = {"GET", "HEAD", "OPTIONS"}
PICTURED = {"static", "demos.asset"}  # pictures there are shown by feed readers and where somebody links to a page
UNFRAMED = "frame-ancestors 'none'"
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types server",  # the policy of js/markup.js, the one door for HTML
        UNFRAMED,
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=(), usb=()",
}
INSIST_ON_HTTPS = "max-age=31536000; includeSubDomains"


def init_app(app: Flask) -> None:
    app.before_request(insist_on_https)
    app.before_request(refuse_other_sites)
    app.after_request(add_headers)


def insist_on_https() -> ResponseReturnValue | None:
    """Who comes to a site of https without it is sent there; only a proxy can tell, and only when it does."""
    insecure = not request.is_secure and request.headers.get("X-Forwarded-Proto") == "http"
    if current_app.config["SETTINGS"].HTTPS and current_app.config["SETTINGS"].PROXY_HOPS and insecure:
        return redirect(request.url.replace("http:", "https:", 1), 308)
    return None


def refuse_other_sites() -> None:
    """Unsafe requests from another site's page are refused; programs, which send neither header, are not."""
    if request.method in SAFE:
        return
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    foreign = site not in ("same-origin", "none") if site else origin and _host_of(origin) != request.host
    if foreign:
        raise Forbidden("This form was sent from another site. Open it here and send it again.")


def _host_of(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None


def embeddable(response: Response) -> Response:
    """The response as a page that any other site may show in a frame."""
    response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY.replace(UNFRAMED, "frame-ancestors *")
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def add_headers(response: Response) -> Response:
    if request.endpoint in PICTURED and (response.mimetype or "").startswith("image/"):
        response.headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin")
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if UNFRAMED not in response.headers["Content-Security-Policy"]:
        del response.headers["X-Frame-Options"]  # the older header knows only one answer, and browsers heed both
    if current_app.config["SETTINGS"].HTTPS:
        response.headers.setdefault("Strict-Transport-Security", INSIST_ON_HTTPS)
    return response
