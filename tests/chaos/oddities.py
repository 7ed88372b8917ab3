"""Texts that trip programs up: numbers, languages of queries and templates, paths, terminals, Unicode."""

from __future__ import annotations

from itertools import product

NUMBERS = (
    "0", "-0", "-1", "+1", "1.5", "1e3", "1e400", "-1e400", "NaN", "nan", "Infinity", "-inf", "0x10", "0b1", "1_000",
    "٣", "１２", "½", "²", "1,000", "1 000", "2147483648", "9223372036854775808", "-9223372036854775809", "9" * 5_000,
    "0." + "0" * 500 + "1", "1e", "--1", "1/0", "true", "True", "null", "None", "undefined", "[]", "{}",
    "[object Object]",
)  # fmt: skip
QUERIES = (
    "' OR '1'='1", "'; DROP TABLE posts;--", "\" OR \"\"=\"", "1; SELECT * FROM accounts", "' UNION SELECT password--",
    "%' AND 1=0 --", "_%_%", "x') OR 1=1 --", "admin'--", "1 OR SLEEP(5)", "\\'", "\\", "*", "\"", "NEAR(a b, 3)",
    "a AND", "OR", "NOT", "title:x", "^x", "x*y*", "(((", "\"unclosed", "{x y}", "- -x", "col:", "x NEAR/0 y",
)  # fmt: skip
TEMPLATES = (
    "{{7*7}}", "{{ config }}", "{% raw %}", "{%", "{#", "${7*7}", "#{7*7}", "<%= 7*7 %>", "{0}", "{}", "{0.__class__}",
    "{x!r:^{width}}", "%s%s%s%s", "%(x)s", "%d", "%n", "%", "%%", "$(id)", "`id`", "|id", ";id", "&& id", "$IFS", "!!",
    "__import__('os')", "lambda: 0", "{{''.__class__.__mro__}}", "@{7*7}", "[[7*7]]", "{{= 7*7}}", "*{7*7}", "~{x}",
)  # fmt: skip
TERMINAL = (
    "\x1b[31mred", "\x1b]0;title\x07", "\x1b[2J", "\x07", "\x08\x08", "\x7f", "\x00", "a\x00b", "\r", "\n", "\r\n",
    "x\r\nSet-Cookie: evil=1", "x\nX-Evil: 1", "%0d%0aX-Evil:1", "\u2028", "\u2029", "\x0b", "\x0c", "\x85", "\x1f",
    "\t",
)  # fmt: skip
UNICODE = (
    "é", "e\u0301", "ß", "İ", "ı", "ſ", "ﬀ", "Å", "\u202e", "\u200f", "\u200b", "\ufeff", "\ufffd", "\ufffe", "\uffff",
    "👩‍👩‍👧‍👦", "🏳️‍🌈", "\U0010ffff", "a" + "\u0300" * 300, "田中さん", "העברית", "العربية", "ﷺ", "𝕬", "ｆｕｌｌ",
    "\udc80".encode("utf-16", "surrogatepass").decode("utf-16", "replace"), "ⅷ", "Ω≈ç√", "\u1160", "\u3164", "\u00ad",
)  # fmt: skip
SIZES = ("", " ", " " * 300, "x" * 300, "x" * 70_000, "é" * 5_000, "x " * 9_000, "[" * 4_000, "(" * 4_000)
NAMES = ("con.png", "nul", "aux.txt", ".htaccess", ".env", "~root", "a" * 5_000, "-rf", "--help", "*", "?", "a/",
         "a\\b", "id", "constructor", "__proto__", "hasOwnProperty", "self", "http://[", "admin", "new")  # fmt: skip

UP = (
    "..",
    "....//",
    "..;",
    "%2e%2e",
    "%252e%252e",
    "..%c0%af",
    "%u002e%u002e",
    "..%00",
    ".%2e",
    "..\\",
    "..%5c",
    "%c0%ae%c0%ae",
)
TARGETS = ("etc/passwd", "etc%2fpasswd", "proc/self/environ", "windows/win.ini", "secret_key", "playpress.db")
ABSOLUTE = ("/etc/passwd", "//etc/passwd", "\\\\host\\share", "C:\\Windows\\win.ini", "file:///etc/passwd",
            "//[::1", "/dev/zero", "/proc/self/fd/0", "%2fetc%2fpasswd", "%252fetc%252fpasswd",
            "https://evil.example/x")  # fmt: skip
LEAKS = ("root:x:", "[fonts]", "SQLite format 3", "SECRET_KEY=", "PATH=/")  # what a file of the machine would show


def every() -> tuple[str, ...]:
    return NUMBERS + QUERIES + TEMPLATES + TERMINAL + UNICODE + SIZES + NAMES


def paths() -> tuple[str, ...]:
    """Ways out of a folder, some already encoded, as they stand in an address."""
    return ABSOLUTE + tuple("/".join([up] * deep) + "/" + to for up, deep, to in product(UP, (1, 3, 8), TARGETS))
