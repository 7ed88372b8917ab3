// Days that were done, as streaks, and as a calendar file. A day is an ISO date, “2026-03-01”.
// @ts-check

const DAY = 86400000;
const WIDEST = 75; // octets of a line
const WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

const number = (day) => Date.parse(`${day}T00:00:00Z`) / DAY;
const named = (count) => new Date(count * DAY).toISOString().slice(0, 10);
const compact = (day) => day.replaceAll("-", "");
const weekday = (count) => (((count + 3) % 7) + 7) % 7; // day 0 was a Thursday; 0 is Monday

/** All runs of done days, the longest, and the one that still lives; `grace` missed days in a row do not end a run. */
export function streaks(done, today, grace = 0) {
  const end = number(today);
  const days = [...new Set(done.map(number))].filter((day) => day <= end).sort((a, b) => a - b);
  const runs = /** @type {number[][]} */ ([]);
  for (const day of days) {
    const run = runs[runs.length - 1];
    if (run && day - run[run.length - 1] <= grace + 1) run.push(day);
    else runs.push([day]);
  }
  const last = runs[runs.length - 1];
  const lives = last && end - last[last.length - 1] <= grace + 1;
  return {
    runs: runs.map((run) => ({ first: named(run[0]), last: named(run[run.length - 1]), days: run.length })),
    longest: Math.max(0, ...runs.map((run) => run.length)),
    current: lives ? last.length : 0,
  };
}

/** The last weeks as rows of seven days, Monday first; `done` is null for days that have not come. */
export function grid(done, today, weeks = 12) {
  const [end, kept] = [number(today), new Set(done)];
  const monday = end - weekday(end) - 7 * (weeks - 1);
  return Array.from({ length: weeks }, (_, week) => Array.from({ length: 7 }, (_, i) => {
    const day = monday + 7 * week + i;
    return { day: named(day), done: day > end ? null : kept.has(named(day)) };
  }));
}

/** The whole file (RFC 5545), lines ended by CR LF. @param {[string, string, number[]] | null} plan */
export function calendar(habit, done, key, stamp, plan = null) {
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Playpress//Habits//EN", "CALSCALE:GREGORIAN"];
  if (plan) lines.push(...planned(habit, `plan-${key}`, stamp, ...plan));
  for (const day of [...new Set(done)].sort()) lines.push(...event(`✓ ${habit}`, `${day}-${key}`, stamp, [`DTSTART;VALUE=DATE:${compact(day)}`, `DTEND;VALUE=DATE:${compact(named(number(day) + 1))}`, "TRANSP:TRANSPARENT"]));
  return [...lines, "END:VCALENDAR"].map((line) => `${folded(line)}\r\n`).join("");
}

function planned(habit, key, stamp, first, time, weekdays) {
  const chosen = [...new Set(weekdays)].sort();
  const some = chosen.length && chosen.length < 7 ? chosen : [];
  let start = number(first);
  while (some.length && !some.includes(weekday(start))) start += 1;
  const by = some.length ? `;BYDAY=${some.map((day) => WEEKDAYS[day]).join()}` : "";
  return event(habit, key, stamp, [`DTSTART:${compact(named(start))}T${time.replaceAll(":", "")}00`, "DURATION:PT15M", `RRULE:FREQ=${some.length ? "WEEKLY" : "DAILY"}${by}`]);
}

const event = (habit, key, stamp, dates) => ["BEGIN:VEVENT", `UID:${escaped(key)}@habits.playpress`, `DTSTAMP:${stamp}`, ...dates, `SUMMARY:${escaped(habit)}`, "END:VEVENT"];

function folded(line) {
  const [size, pieces] = [new TextEncoder(), [""]];
  let room = WIDEST;
  for (const letter of line) {
    const octets = size.encode(letter).length;
    if (octets > room) {
      pieces.push("");
      room = WIDEST - 1;
    }
    pieces[pieces.length - 1] += letter;
    room -= octets;
  }
  return pieces.join("\r\n ");
}

function escaped(text) {
  const lines = text.replaceAll("\r\n", "\n").replaceAll("\r", "\n").replaceAll("\\", "\\\\").replaceAll(";", "\\;").replaceAll(",", "\\,").replaceAll("\n", "\\n");
  return [...lines].filter((letter) => letter >= " " && letter !== "\x7f").join("");
}
