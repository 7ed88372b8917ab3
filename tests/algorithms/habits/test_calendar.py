"""Calendar files, read back by a parser of their own that unfolds and unescapes as RFC 5545 says."""

from __future__ import annotations

import pytest

from app.algorithms import habits
from app.algorithms.habits.calendar import escaped, folded

STAMP = "20260301T120000Z"
NAMES = ["Write", "Read, run; rest \\ repeat", "Zwei Zeilen\nund mehr", "é" * 200, "🏃‍♀️ laufen " * 20, "a\x07b\tc"]


def events(text: str) -> list[dict[str, str]]:
    """The events of a file by property name, parameters left on the name."""
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    lines = text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    found: list[dict[str, str]] = []
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and name != "END":
            assert name not in found[-1]
            found[-1][name] = value
    return found


def unescaped(value: str) -> str:
    text, letters = "", iter(value)
    for letter in letters:
        following = next(letters) if letter == "\\" else ""
        text += {"n": "\n", "": letter}.get(following, following)
    return text


@pytest.mark.parametrize("name", NAMES)
def test_names_come_back(name: str) -> None:
    (event,) = events(habits.calendar(name, ["2026-03-01"], key="k", stamp=STAMP))
    assert unescaped(event["SUMMARY"]) == "✓ " + name.replace("\x07", "").replace("\t", "")


@pytest.mark.parametrize("name", NAMES)
def test_no_line_is_wider_than_75_octets_and_no_letter_is_cut(name: str) -> None:
    for line in habits.calendar(name, ["2026-03-01"], key="k" * 90, stamp=STAMP).encode().split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # raises where a letter was cut


def test_folding_is_undone_by_unfolding() -> None:
    for size in (1, 74, 75, 76, 149, 150, 151, 500):
        assert folded("x" * size).replace("\r\n ", "") == "x" * size
    assert "\r\n" not in folded("x" * 75)


def test_a_name_cannot_add_lines() -> None:
    text = habits.calendar("x\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR", ["2026-03-01"], key="k", stamp=STAMP)
    assert text.count("END:VCALENDAR\r\n") == 1
    assert escaped("a\rb") == "a\\nb"


def test_done_days_are_whole_days_once_each_with_lasting_names() -> None:
    days = ["2024-02-29", "2024-02-28", "2024-02-29"]
    found = events(habits.calendar("Write", days, key="k", stamp=STAMP))
    assert [event["DTSTART;VALUE=DATE"] for event in found] == ["20240228", "20240229"]
    assert [event["DTEND;VALUE=DATE"] for event in found] == ["20240229", "20240301"]
    assert len({event["UID"] for event in found}) == 2
    assert found == events(habits.calendar("Write", days, key="k", stamp=STAMP))


@pytest.mark.parametrize(
    ("weekdays", "start", "rule"),
    [
        ([], "20260301T070000", "FREQ=DAILY"),
        ([0, 1, 2, 3, 4, 5, 6], "20260301T070000", "FREQ=DAILY"),
        ([2, 0, 2], "20260302T070000", "FREQ=WEEKLY;BYDAY=MO,WE"),
        ([6], "20260301T070000", "FREQ=WEEKLY;BYDAY=SU"),
    ],
)
def test_the_plan_repeats_from_its_first_such_day(weekdays: list[int], start: str, rule: str) -> None:
    (event,) = events(habits.calendar("Write", [], key="k", stamp=STAMP, plan=("2026-03-01", "07:00", weekdays)))
    assert (event["DTSTART"], event["RRULE"]) == (start, rule)
    assert event["DTSTAMP"] == STAMP
