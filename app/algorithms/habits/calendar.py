"""A habit as a calendar file: done days as all-day events, the plan as one that repeats.

Source: RFC 5545, Internet Calendaring and Scheduling: lines of at most 75 octets, folded (3.1), text escaped (3.3.11).
"""

from __future__ import annotations

from datetime import date, timedelta

WIDEST = 75  # octets
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def calendar(
    habit: str,
    done: list[str],
    *,
    key: str,
    stamp: str,
    plan: tuple[str, str, list[int]] | None = None,
) -> str:
    """The whole file, lines ended by CR LF. `key` is the reader’s own and makes the events’ names unique and stable,
    so that a second import moves nothing; `stamp` is now in UTC, “20260301T120000Z”.

    `plan` is its first day (ISO), its time (“07:00”, in whatever zone the reader is) and its weekdays from 0, Monday;
    all or none of them is daily. A first day that is no such weekday moves to the next that is.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Playpress//Habits//EN", "CALSCALE:GREGORIAN"]
    if plan:
        lines += _planned(habit, f"plan-{key}", stamp, *plan)
    for day in sorted(set(done)):
        lines += _done(habit, f"{day}-{key}", stamp, date.fromisoformat(day))
    lines.append("END:VCALENDAR")
    return "".join(folded(line) + "\r\n" for line in lines)


def folded(line: str) -> str:
    """One content line in pieces of at most 75 octets, each but the first after CR LF and a space; no letter is cut."""
    pieces, room = [""], WIDEST
    for letter in line:
        size = len(letter.encode())
        if size > room:
            pieces.append("")
            room = WIDEST - 1
        pieces[-1] += letter
        room -= size
    return "\r\n ".join(pieces)


def escaped(text: str) -> str:
    """Text as a value: backslash, semicolon and comma escaped, a new line as \\n, no other control characters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    for plain, kept in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        lines = lines.replace(plain, kept)
    return "".join(letter for letter in lines if letter >= " " and letter != "\x7f")


def _planned(habit: str, key: str, stamp: str, first: str, time: str, weekdays: list[int]) -> list[str]:
    some = sorted(set(weekdays)) if 0 < len(set(weekdays)) < len(WEEKDAYS) else []
    start = date.fromisoformat(first)
    while some and start.weekday() not in some:
        start += timedelta(days=1)
    days = ";BYDAY=" + ",".join(WEEKDAYS[day] for day in some) if some else ""
    when = f"{start:%Y%m%d}T{time.replace(':', '')}00"
    rule = f"RRULE:FREQ={'WEEKLY' if some else 'DAILY'}{days}"
    return _event(habit, key, stamp, [f"DTSTART:{when}", "DURATION:PT15M", rule])


def _done(habit: str, key: str, stamp: str, day: date) -> list[str]:
    after = day + timedelta(days=1)  # the end of an all-day event is the first day that is not in it
    dates = [f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}", "TRANSP:TRANSPARENT"]
    return _event(f"✓ {habit}", key, stamp, dates)


def _event(habit: str, key: str, stamp: str, dates: list[str]) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{escaped(key)}@habits.playpress",
        f"DTSTAMP:{stamp}",
        *dates,
        f"SUMMARY:{escaped(habit)}",
        "END:VEVENT",
    ]
