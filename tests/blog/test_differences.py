from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.blog.differences import Piece, Purse, changes, rows, units, words

TEXTS = st.text(alphabet="ab \n.\r", max_size=60)


def joined(pieces: list[Piece], without: str) -> str:
    return "".join(piece.text for piece in pieces if piece.kind != without)


@given(TEXTS, TEXTS)
def test_the_pieces_are_both_texts(before: str, after: str) -> None:
    pieces = list(words(before, after))
    assert (joined(pieces, "added"), joined(pieces, "removed")) == (before, after)


@given(TEXTS, TEXTS, st.integers(0, 50))
def test_edits_lead_from_one_to_the_other_whatever_may_be_spent(before: str, after: str, pairs: int) -> None:
    old, new = units(before), units(after)
    assert ("".join(old), "".join(new)) == (before, after)
    found, at = [], 0
    for tag, i1, i2, j1, j2 in changes(old, new, Purse(pairs)):
        assert i1 == at
        assert (old[i1:i2] == new[j1:j2]) == (tag == "equal")
        found, at = found + new[j1:j2], i2
    assert (found, at) == (new, len(old))


@given(TEXTS, TEXTS)
def test_rows_tell_of_a_change_where_there_is_one(before: str, after: str) -> None:
    assert any(row.changed for row in rows(before, after)) == (before != after)


def test_only_the_word_that_changed_is_marked() -> None:
    pieces = list(words("The quick brown fox.", "The slow brown fox."))
    assert [(piece.kind, piece.text) for piece in pieces] == [
        ("same", "The"),
        ("removed", " quick"),
        ("added", " slow"),
        ("same", " brown fox."),
    ]


def test_paragraphs_far_from_a_change_are_counted_instead_of_shown() -> None:
    paragraphs = [f"Paragraph {number}.\n\n" for number in range(30)]
    before = "".join(paragraphs)
    found = rows(before, before.replace("Paragraph 15.", "Another."))
    skipped = [row.skipped for row in found if row.skipped]
    assert skipped == [28, 26]
    assert sum(row.changed for row in found) == 1


def test_what_would_cost_too_much_is_shown_whole() -> None:
    before, after = ("".join(f"{sign}{n % 7}\n" for n in range(lines)) for sign, lines in (("a", 5000), ("b", 4999)))
    (row,) = rows(before, after)
    assert [piece.kind for piece in row.pieces] == ["removed", "added", "same"]  # all but the line end in the end
    assert (joined(list(row.pieces), "added"), joined(list(row.pieces), "removed")) == (before, after)
    purse = Purse(10)
    assert not purse.pays(11)
    assert purse.pays(10)
    assert not purse.pays(1)
