"""H-39: what a reader sends makes no line of its own in a log, and nothing secret is written there."""

from __future__ import annotations

from tests.chaos import multipart, uploads
from tests.chaos.multipart import form, part, request
from tests.chaos.server import NAME, PASSWORD, SETTINGS, Server
from tests.chaos.test_bodies import sent

FORGED = "[2026-01-01 00:00:00 +0000] [1] [INFO] forged"


def test_nothing_forges_a_line_or_tells_a_secret(server: Server) -> None:
    for odd in (
        f"x\r\n{FORGED}",
        f"x%0d%0a{FORGED}",
        f"\x1b[31m{FORGED}",
        f"x\n{FORGED}",
        f"\u2028{FORGED}",
        f"\0{FORGED}",
    ):
        quoted = odd.replace(" ", "%20")
        sent(server, request(f"/{quoted}", method="GET", User_Agent=odd, Referer=odd, Cookie=f"session={odd}"))
        sent(server, request("/api/v1/demos/detection/jobs", form(part("photo", uploads.photographs()["PNG"], odd))))
        sent(server, request("/api/v1/posts", b"{}", Authorization=f"Bearer {odd}", Content_Type="application/json"))
    fields = f"name={NAME}&password={PASSWORD.replace(' ', '+')}-wrong".encode()
    sent(server, request("/admin/sign-in", fields, Content_Type="application/x-www-form-urlencoded"))
    written = server.log.read_text(errors="replace")
    assert not any(line.lstrip("\x1b[31m\0\u2028").startswith(FORGED) for line in written.splitlines())
    for secret in (PASSWORD, "correct+horse", SETTINGS["SECRET_KEY"], "PNG\r\n", "photo"):
        assert secret not in written
    assert "\x1b" not in written
    assert multipart.BOUNDARY not in written
