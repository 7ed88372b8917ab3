"""H-07, H-26: many uploads at once, and clients that send slowly, half or nothing, keep nobody else from the site."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.chaos import multipart, uploads
from tests.chaos.multipart import form, part, request
from tests.chaos.server import Server, furnish

pytestmark = pytest.mark.full

PATH = "/api/v1/demos/detection/jobs"
BODY = form(part("photo", uploads.photographs()["PNG"], "a.png"))
CROWD = 24  # of the 32 that a process serves at once
MEGABYTE = 1 << 20


def silent(_connection: socket.socket) -> None:
    pass


def half_a_head(connection: socket.socket) -> None:
    connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX: ")


def half_a_body(connection: socket.socket) -> None:
    connection.sendall(request(PATH, BODY[:-40], Content_Length=str(len(BODY))))


def deaf(connection: socket.socket) -> None:
    """Asks for a page again and again and reads none."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.sendall(b"GET /static/css/site.css HTTP/1.1\r\nHost: x\r\n\r\n" * 40)


@contextlib.contextmanager
def crowd(server: Server, deed: Callable[[socket.socket], None], number: int) -> Iterator[list[socket.socket]]:
    with contextlib.ExitStack() as stack:
        connections = [stack.enter_context(server.connect(60)) for _ in range(number)]
        for connection in connections:
            deed(connection)
        time.sleep(0.3)  # until each has been given a thread, where it is
        yield connections


@pytest.mark.parametrize("deed", [silent, half_a_head, half_a_body, deaf])
def test_a_reader_is_served_beside_them_and_all_is_well_when_they_leave(
    server: Server, deed: Callable[[socket.socket], None]
) -> None:
    with crowd(server, deed, CROWD):
        for _ in range(3):
            assert server.get("/", seconds=5).status == 200
    for _ in range(10):
        assert server.get("/", seconds=5).status == 200


def test_a_body_that_trickles_in_is_taken(server: Server) -> None:
    with server.connect(60) as connection:
        data = request(PATH, BODY)
        for start in range(0, len(data), 200):
            connection.sendall(data[start : start + 200])
            time.sleep(0.01)
        assert multipart.told(connection, b"").status in (200, 202)


def test_two_hundred_large_uploads_at_once_meet_the_quota_and_nobody_else_does(tmp_path: Path) -> None:
    furnish(tmp_path)
    server = Server(tmp_path, JOBS_PER_READER="3", UPLOADS_PER_MINUTE="10", QUEUE_LIMIT="50")
    pictures = [uploads.saved(uploads.noise(2300, 2200, seed), "PNG", compress_level=0) for seed in range(8)]
    assert all(14 * MEGABYTE < len(picture) < 16 * MEGABYTE for picture in pictures)
    sent = [request(PATH, form(part("photo", picture, "a.png"))) for picture in pictures]

    def send(number: int) -> multipart.Told:
        with server.connect(120) as connection:
            return multipart.told(connection, sent[number % len(sent)])

    try:
        with ThreadPoolExecutor(24) as pool:  # fewer than the server has threads
            answers = [pool.submit(send, number) for number in range(200)]
            largest = pages = 0
            while not all(answer.done() for answer in answers):
                largest = max(largest, server.memory())
                pages += server.get("/", seconds=30).status == 200
                time.sleep(0.5)
        told = [answer.result() for answer in answers]
        # Who is refused before all was sent may find the connection closed: 0 is no answer that was read.
        assert {answer.status for answer in told} <= {0, 200, 202, 429, 503}
        assert 1 <= sum(answer.status == 202 for answer in told) <= 10
        assert all("Retry-After" in answer.text for answer in told if answer.status >= 400)
        assert pages > 0
        assert largest < 1200 * MEGABYTE
        assert server.unharmed() == []
    finally:
        server.stop()
