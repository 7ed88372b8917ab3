"""A form with files as bytes, and requests on a raw socket, for what no library would send."""

from __future__ import annotations

import socket
import time
from contextlib import suppress
from dataclasses import dataclass

BOUNDARY = "----chaos"
TYPE = f"multipart/form-data; boundary={BOUNDARY}"


def part(name: str, data: bytes, filename: str | None = None, kind: str = "application/octet-stream") -> bytes:
    file = f'; filename="{filename}"\r\nContent-Type: {kind}' if filename is not None else ""
    return f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'.encode() + data + b"\r\n"


def form(*parts: bytes) -> bytes:
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def request(path: str, body: bytes = b"", method: str = "POST", **headers: str) -> bytes:
    """A request as it travels; names of headers are written with “_” for “-”. What is None is left out."""
    given = {"Host": "127.0.0.1", "Content_Type": TYPE, "Content_Length": str(len(body)), "Connection": "close"}
    lines = [f"{name.replace('_', '-')}: {text}" for name, text in (given | headers).items() if text is not None]
    return "\r\n".join([f"{method} {path} HTTP/1.1", *lines, "", ""]).encode("utf-8") + body


@dataclass(frozen=True)
class Told:
    """What came back on a socket until it was closed or silent; status 0 is none."""

    status: int
    text: str
    seconds: float


def told(connection: socket.socket, data: bytes) -> Told:
    """Sends `data` as far as it is taken and reads all that comes."""
    began, answer = time.monotonic(), b""
    with suppress(OSError):  # where it was refused before its end, the answer is there to read
        connection.sendall(data)
    with suppress(OSError):  # a reset after the answer, or silence
        while piece := connection.recv(65_536):
            answer += piece
    first = answer.split(b" ", 2)
    status = int(first[1]) if len(first) > 2 and first[1].isdigit() else 0
    return Told(status, answer.decode("utf-8", "replace"), time.monotonic() - began)
