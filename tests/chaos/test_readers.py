"""The readers who measure waits are themselves held against a server whose every wait is known."""

from __future__ import annotations

import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import pytest

from tests.chaos.readers import Reading, whole
from tests.chaos.waits import Waits, slower

STALL = 0.3  # seconds
ANSWER = b"HTTP/1.1 %d Sent\r\nContent-Length: 5\r\n%s\r\nhello"


@contextmanager
def answering(answer: Callable[[int], bytes | None]) -> Iterator[tuple[int, list[int]]]:
    """A server that sends `answer(n)` to its n-th question, or hangs up; its port and the questions it answered."""
    heard: list[int] = []

    def serve(connection: socket.socket) -> None:
        with closing(connection):
            while connection.recv(1 << 16):
                heard.append(len(heard))
                if (sent := answer(heard[-1])) is None:
                    return
                connection.sendall(sent)

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=serve, args=(connection,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        accepting = threading.Thread(target=accept, daemon=True)
        accepting.start()
        yield listener.getsockname()[1], heard
        listener.shutdown(socket.SHUT_RDWR)
    accepting.join()


def read(port: int, every: float = 0.0, count: int = 1) -> Reading:
    reading = Reading(port, "/", count, every)
    reading.last(1.0)
    reading.leave()
    return reading


def test_every_wait_is_told_and_no_wait_is_shorter_than_it_was() -> None:
    stalled = {5, 9}

    def answer(number: int) -> bytes:
        time.sleep(STALL if number in stalled else 0.002)
        return ANSWER % (200, b"")

    with answering(answer) as (port, heard):
        reading = read(port)
    assert len(heard) - len(reading.waits) in (0, 1)  # the last may be answered to nobody
    assert reading.statuses == {200: len(reading.waits)}
    assert min(reading.waits) >= 0.002
    assert all(reading.waits[number] >= STALL for number in stalled)


def test_whoever_asks_at_a_pace_waits_from_when_it_was_due() -> None:
    def answer(number: int) -> bytes:
        time.sleep(STALL if number == 2 else 0)
        return ANSWER % (200, b"")

    with answering(answer) as (port, _):
        reading = read(port, every=0.05)
    late = [STALL - 0.05 * number for number in range(6)]
    assert all(wait >= least for wait, least in zip(reading.waits[2:], late, strict=False))


def test_what_is_no_page_is_counted_by_its_status_and_what_breaks_off_too() -> None:
    kinds: list[bytes | None] = [ANSWER % (200, b""), ANSWER % (503, b"Connection: close\r\n"), None]
    sent: Counter[int] = Counter()

    def answer(number: int) -> bytes | None:
        time.sleep(0.001)
        sent[(200, 503, 0)[number % 3]] += 1
        return kinds[number % 3]

    with answering(answer) as (port, _):
        reading = read(port)
    assert sent.total() > 9
    assert all(sent[status] - reading.statuses[status] in (0, 1) for status in (200, 503, 0))
    assert sent.total() - reading.statuses.total() in (0, 1)


def test_nobody_at_the_door_is_an_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    reading = read(port, count=2)
    assert (reading.waits, set(reading.statuses)) == ([], {0})


@pytest.mark.parametrize("cut", range(len(ANSWER % (200, b""))))
def test_an_answer_is_whole_when_its_last_byte_has_come(cut: int) -> None:
    assert whole((ANSWER % (200, b""))[:cut]) == 0


def test_it_is_whole_with_it() -> None:
    assert whole(ANSWER % (404, b"")) == 404


def waits(*milliseconds: float, status: int = 200) -> Waits:
    return Waits([number / 1000 for number in milliseconds], Counter({status: len(milliseconds)}), 1.0)


def test_waits_are_compared_by_what_one_in_a_hundred_exceeds() -> None:
    idle = waits(*range(1, 101))
    assert (idle.within(0.5), idle.within(0.99)) == (0.051, 0.1)
    assert slower("then", waits(*range(3, 301, 3)), idle, 3) == []
    assert len(slower("then", waits(*range(4, 401, 4)), idle, 3)) == 1
    assert len(slower("then", waits(*range(3, 301, 3)), idle, 3, most=0.25)) == 1
    assert len(slower("then", waits(1, 2, status=503), idle, 3)) == 1
    assert len(slower("then", waits(), idle, 3)) == 2
    both = idle + waits(1, 1)
    assert (len(both.waits), both.statuses, both.seconds) == (102, {200: 102}, 2.0)
