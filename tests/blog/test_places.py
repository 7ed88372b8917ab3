from app.blog.places import Places, fences, without_code

SOURCE = """one
```python title="x"
$x$
```

> ~~~~
> $y$
> ~~~~

`$z$` and $z$
$z$ again"""


def test_fences_are_found_where_they_stand() -> None:
    assert [(fence.first, fence.last, fence.info) for fence in fences(SOURCE)] == [
        (2, 4, 'python title="x"'),
        (6, 8, ""),
    ]


def test_a_fence_that_is_never_closed_is_none() -> None:
    assert list(fences("```python\nx = 1")) == []


def test_code_is_blanked_and_lines_stay() -> None:
    plain = without_code(SOURCE)
    assert plain.count("\n") == SOURCE.count("\n")
    assert "$x$" not in plain
    assert "$y$" not in plain
    assert plain.count("$z$") == 2


def test_places_come_in_their_order() -> None:
    places = Places(SOURCE)
    assert [places.line("$z$"), places.line("$z$")] == [10, 11]


def test_a_piece_of_several_lines_is_found_by_its_first() -> None:
    assert Places("a\n\n$$\nx\n$$").line("\n  x\n") == 4


def test_what_stands_nowhere_is_on_line_one() -> None:
    assert Places(SOURCE).line("nowhere") == 1
