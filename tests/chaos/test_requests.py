"""H-25: what is no request of HTTP is refused or dropped, leaks into no other, and the next one is answered."""

from __future__ import annotations

import random
import socket

import pytest

from tests.chaos.multipart import Told, told
from tests.chaos.server import Server

GET = b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
START = b"POST /api/v1/demos/detection/jobs HTTP/1.1\r\nHost: x\r\n"
LINES = (
    b"",
    b"\r\n",
    b"\0",
    b"x",
    b"GET",
    b"GET /",
    b"GET / ",
    b"GET / HTTP",
    b"GET / HTTP/",
    b"GET / HTTP/1",
    b"GET / HTTP/9.9",
    b"GET / HTTP/2.0",
    b"GET / HTTP/0.9",
    b"GET / http/1.1",
    b"GET / HTTP/1.1 x",
    b"GET  / HTTP/1.1",
    b" GET / HTTP/1.1",
    b"GET\t/\tHTTP/1.1",
    b"G\0T / HTTP/1.1",
    b"GET /\0 HTTP/1.1",
    b"GET /\x7f HTTP/1.1",
    b"GET /\xff HTTP/1.1",
    b"get / HTTP/1.1",
    b"GE T / HTTP/1.1",
    b"G(T / HTTP/1.1",
    b"GET x HTTP/1.1",
    b"GET * HTTP/1.1",
    b"GET // HTTP/1.1",
    b"GET http://[::1 HTTP/1.1",
    b"GET http://evil.example/ HTTP/1.1",
    b"GET //evil.example/ HTTP/1.1",
    b"GET /%zz HTTP/1.1",
    b"GET /%00 HTTP/1.1",
    b"GET /%ff%fe HTTP/1.1",
    b"GET /?%00=%ff HTTP/1.1",
    b"GET /#x HTTP/1.1",
    b"GET /;x HTTP/1.1",
    b"CONNECT x:80 HTTP/1.1",
    b"TRACE / HTTP/1.1",
    b"PRI * HTTP/2.0",
    b"OPTIONS * HTTP/1.1",
    b"DEBUG / HTTP/1.1",
    b"PROPFIND / HTTP/1.1",
    b"X" * 300 + b" / HTTP/1.1",
    b"GET /" + b"a" * 5_000 + b" HTTP/1.1",
    b"GET /?" + b"a=b&" * 1_500 + b" HTTP/1.1",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"PROXY TCP4 1.2.3.4 5.6.7.8 1 2",
    b"SSH-2.0-x",
    b"*1\r\n$4\r\nPING",
    b"{}",
    b"<xml/>",
)
HEADERS = (
    b"Host",
    b"Host x",
    b": x",
    b" : x",
    b"Host : x",
    b"Host\t: x",
    b"Ho st: x",
    b"Host: x\r\nHost: y",
    b"Host: a\0b",
    b"H\0st: x",
    b"X: \x01",
    b"X: \xff",
    b"X: a\rb",
    b"X: a\nY: b",
    b"X: a\r\n b",
    b"X: a\r\n\tb",
    b"X: " + b"a" * 9_000,
    b"X" * 9_000 + b": a",
    b"\r\n".join(b"X%d: y" % number for number in range(200)),
    b"Content-Length: 1\r\nContent-Length: 2",
    b"Content-Length: 5\r\nTransfer-Encoding: chunked",
    b"Content-Length: -5",
    b"Content-Length: 1e3",
    b"Content-Length:",
    b"Content-Length: 99999999999999999999",
    b"Content-Length: 0x5",
    b"Content-Length: 5 5",
    b"Content_Length: 5",
    b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
    b"Transfer-Encoding: chunked, identity",
    b"Transfer-Encoding: xchunked",
    b"Transfer-Encoding : chunked",
    b"Transfer-Encoding:\x0bchunked",
    b"Transfer-Encoding: \xffchunked",
    b"Transfer-Encoding: cHuNkEd",
    b"Transfer-Encoding: chunked\r\n x",
    b"Expect: 100-continue",
    b"Expect: x",
    b"Upgrade: h2c",
    b"Connection: Upgrade\r\nUpgrade: websocket",
    b"Range: bytes=0-0,1-1,2-2",
    b"Range: bytes=" + b"0-," * 2_000,
    b"Range: x=9-1",
    b"If-None-Match: " + b'"x",' * 1_500,
    b"If-Modified-Since: x",
    b"Accept: " + b"a/b," * 1_500,
    b"Accept: ;q=9",
    b"Accept-Encoding: \xff",
    b"Accept-Language: \0",
    b"Cookie: " + b"a=b;" * 1_900,
    b"Cookie: session=\xff\xfe",
    b"Cookie: =;=;;",
    b"Authorization: Basic",
    b"Authorization: Bearer \xff",
    b"Authorization: Basic !!!!",
    b"Content-Type: \xff",
    b"If-Match: *",
    b"X-Forwarded-For: \xff",
    b"Last-Event-ID: -1",
    b"Idempotency-Key: \xff",
    b"Sec-Fetch-Site: x",
    b"Origin: http://[",
    b"Origin: \xff",
    b"Referer: http://[::",
)
CHUNKS = (
    b"x\r\n",
    b"5\r\nab\r\n",
    b"5\r\nabcdefgh\r\n0\r\n\r\n",
    b"-1\r\na\r\n",
    b"+5\r\nabcde\r\n0\r\n\r\n",
    b"0x5\r\nabcde\r\n0\r\n\r\n",
    b"5;x\r\nabcde\r\n0\r\n\r\n",
    b"5;" + b"x" * 9_000 + b"\r\nabcde\r\n0\r\n\r\n",
    b"ffffffffffffffff\r\na",
    b"5\nabcde\n0\n\n",
    b"5 \r\nabcde\r\n0\r\n\r\n",
    b"\r\n5\r\nabcde\r\n0\r\n\r\n",
    b"0\r\nX: y\r\n\r\n",
    b"0\r\n\r\n" + GET,
    b"1_0\r\n" + b"a" * 16 + b"\r\n0\r\n\r\n",
)


def odd() -> list[bytes]:
    chunked = START + b"Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
    lines = [line + b"\r\nHost: x\r\nConnection: close\r\n\r\n" for line in LINES]
    methods = (b"GET / ", b"POST /api/v1/demos/detection/jobs ")
    headers = [m + b"HTTP/1.1\r\nHost: x\r\n" + h + b"\r\nConnection: close\r\n\r\n" for m in methods for h in HEADERS]
    return [*lines, *headers, *(chunked + chunk for chunk in CHUNKS)]


def sent(server: Server, data: bytes, seconds: float = 20) -> Told:
    """The answer to `data` from who sends nothing more."""
    with server.connect(seconds) as connection:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        return told(connection, b"")


def test_there_are_as_many_as_a_server_is_tried_with() -> None:
    assert len(set(odd())) > 180


@pytest.mark.parametrize("part", range(6))
def test_what_is_no_request_is_refused(server: Server, part: int) -> None:
    for data in odd()[part::6]:
        answer = sent(server, data)
        assert answer.status < 500 or answer.status == 501 or answer.status == 505, (data[:200], answer.text[:300])
        assert "Traceback" not in answer.text
        assert answer.text.count("HTTP/1.1 2") + answer.text.count("HTTP/1.0 2") <= 1, (data[:200], answer.text[:500])


def test_two_servers_cannot_be_made_to_count_differently(server: Server) -> None:
    """What follows a body of a doubtful length is never answered as a request of its own."""
    smuggled = b"GET /admin/sign-in HTTP/1.1\r\nHost: x\r\n\r\n"
    for header in HEADERS:
        if header.lower().startswith((b"content-length", b"transfer-encoding")) and b"99999" not in header:
            head = START + header + b"\r\n\r\n"
            answer = sent(server, head + b"0\r\n\r\n" + smuggled)
            twice = answer.text.count("HTTP/1.1 ") > 1 and "200 OK" in answer.text
            assert not twice or header.lower() == b"transfer-encoding: chunked", (header, answer.text[:400])


def test_noise_is_no_request(server: Server) -> None:
    chance = random.Random(1)
    for _ in range(60):
        noise = bytearray(GET)
        for _ in range(chance.choice((1, 2, 5))):
            noise[chance.randrange(len(noise))] = chance.randrange(256)
        assert sent(server, bytes(noise) + b"\r\n\r\n").status < 500
        assert sent(server, chance.randbytes(chance.randrange(1, 500))).status < 500
