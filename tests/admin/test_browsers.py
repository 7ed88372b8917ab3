import pytest

from app.admin.browsers import in_words

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
LINUX, WINDOWS, MAC = "X11; Linux x86_64", "Windows NT 10.0; Win64; x64", "Macintosh; Intel Mac OS X 10_15_7"
PHONE = "iPhone; CPU iPhone OS 18_0 like Mac OS X"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (f"Mozilla/5.0 ({LINUX}; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        (f"Mozilla/5.0 ({WINDOWS}) {WEBKIT} Chrome/140.0.0.0 Safari/537.36", "Chrome on Windows"),
        (f"Mozilla/5.0 ({WINDOWS}) {WEBKIT} Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0", "Edge on Windows"),
        (
            f"Mozilla/5.0 ({MAC}) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15",
            "Safari on a Mac",
        ),
        (f"Mozilla/5.0 ({PHONE}) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1", "Safari on an iPhone"),
        (f"Mozilla/5.0 ({PHONE}) AppleWebKit/605.1.15 CriOS/140.0 Mobile Safari/604.1", "Chrome on an iPhone"),
        (f"Mozilla/5.0 (Linux; Android 10; K) {WEBKIT} Chrome/140.0.0.0 Mobile Safari/537.36", "Chrome on Android"),
        ("curl/8.0", "An unknown browser"),
        ("", "An unknown browser"),
        ("<script>alert(1)</script> (Linux)", "An unknown browser on Linux"),
    ],
)
def test_a_browser_is_told_in_words(user_agent: str, words: str) -> None:
    assert in_words(user_agent) == words
