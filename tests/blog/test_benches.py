"""Benches kept for previews are those that would be drawn, and each is drawn once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.blog import benches
from app.errors import NotFound

NAMES = st.sampled_from(["astar", "bayes", "none"])
OPTIONS = st.dictionaries(st.sampled_from(["map", "speed"]), st.sampled_from(["1", "2"]))


class Embed:
    """Draws what it is asked for, and remembers what that was."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.fingerprint = "first"

    def __call__(self, name: str, options: dict[str, str]) -> str:
        if name == "none":
            raise NotFound("There is no such demo.")
        bench = f"{self.fingerprint} {name} {sorted(options.items())}"
        self.asked.append(bench)
        return bench


@given(st.lists(st.tuples(NAMES, OPTIONS), max_size=40))
def test_what_is_kept_is_what_would_be_drawn(wanted: list[tuple[str, dict[str, str]]]) -> None:
    embed, kept, plain = Embed(), benches.KeptBenches(), Embed()
    for name, options in wanted:
        draw = kept.drawer(embed)
        if name == "none":
            with pytest.raises(NotFound):
                draw(name, options)
        else:
            assert draw(name, options) == plain(name, options)
    assert len(embed.asked) == len(set(plain.asked))


def test_a_demo_that_changed_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(benches, "LOOK_SECONDS", -1)
    embed, kept = Embed(), benches.KeptBenches()
    kept.drawer(embed)("astar", {})
    embed.fingerprint = "second"
    assert kept.drawer(embed)("astar", {}).startswith("second")


def test_not_more_is_kept_than_memory_is_meant_for() -> None:
    kept = benches.KeptBenches()
    draw = kept.drawer(Embed())
    for number in range(3 * benches.MOST):
        draw("astar", {"map": str(number)})
    assert len(kept.drawn.values) == benches.MOST
