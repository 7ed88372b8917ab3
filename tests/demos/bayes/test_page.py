"""The bench of Bayes' rule by address, by body and on its page, as the server answers it without any script."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from app.algorithms import bayes
from app.demos.bayes.demo import DEMO
from app.demos.bayes.parts import PARTS
from app.demos.bayes.problems import PROBLEMS
from app.errors import InvalidInput

API, PAGE = "/api/v1/demos/bayes", "/demos/bayes"
KNOWN = {"mammography": 0.0776, "rare-disease": 0.0902, "court": 1 / 11, "monty-hall": 2 / 3, "two-children": 1 / 3}


@pytest.mark.parametrize(("problem", "posterior"), KNOWN.items())
def test_a_problem_has_its_known_answer(client: FlaskClient, problem: str, posterior: float) -> None:
    told = client.get(API, query_string={"problem": problem}).get_json()
    assert told["posterior"] == pytest.approx(posterior, abs=5e-5)
    for view in told["views"].values():
        assert view["posterior"] == pytest.approx(told["posterior"], abs=1e-12)
    assert told["problem"]["question"] and told["problem"]["source"]


def test_every_preset_is_a_problem_and_there_is_one_of_ones_own() -> None:
    assert len(PROBLEMS) == len(bayes.PRESETS) + 1
    assert "own" in PROBLEMS and not any(" " in name for name in PROBLEMS)


def test_numbers_are_in_percent_and_the_problems_where_none_are_given(client: FlaskClient) -> None:
    told = client.get(API, query_string={"prior": "10", "people": "10000"}).get_json()
    assert told["test"] == {"prior": 0.1, "sensitivity": 0.8, "false_positive": 0.096}
    assert told["sentence"] == "Of 1,664 women with a positive mammogram, 800 have cancer."


def test_a_row_in_an_address_and_as_a_list(client: FlaskClient) -> None:
    address = client.get(f"{API}?part=row&results=++-").get_json()  # whose pluses are read as spaces
    body = client.post(API, json={"part": "row", "results": ["+", "+", "-"]}).get_json()
    assert address == body
    assert [round(step["posterior"], 3) for step in body["sequence"]["steps"]] == [0.078, 0.412, 0.134]
    assert body["sequence"]["posterior"] == body["sequence"]["steps"][-1]["posterior"]


def test_worlds_and_tosses_as_lists(client: FlaskClient) -> None:
    told = client.post(API, json={"part": "robot", "world": ["rgg", "bby"], "drive": ["r", ">", "g"]}).get_json()
    assert [len(row) for row in told["belief"]] == [3, 3]
    assert len(told["steps"]) == 4
    coin = client.post(API, json={"part": "coin", "tosses": ["H", "T", "T"]}).get_json()
    assert (coin["heads"], coin["tails"]) == (1, 2)


@pytest.mark.parametrize(
    ("asked", "field", "words"),
    [
        ({"prior": "150"}, "prior", "Base rate must be from 0 to 100."),
        ({"results": "++?"}, "results", "write + and −"),
        ({"world": "rg/rgg"}, "world", "all as long"),
        ({"world": "r"}, "world", "from 2 cells"),
        ({"world": "r" * 13}, "world", "from 2 cells"),
        ({"drive": "r>x"}, "drive", "the letters r, b, g, y"),
        ({"tosses": "11 of 10"}, "tosses", "more heads than tosses"),
        ({"tosses": "1 of 2000000"}, "tosses", "1,000,000 at most"),
        ({"part": "comparison", "imagined": "3"}, "heads", "whole number"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    client: FlaskClient, asked: dict[str, str], field: str, words: str
) -> None:
    answer = client.get(API, query_string=asked)
    assert answer.status_code == 422
    assert words in answer.get_json()["problems"][field]
    page = client.get(PAGE, query_string=asked)
    assert page.status_code == 422 and words in page.text
    assert 'data-part="test" data-place="stage"' in page.text  # the bench is whole all the same


@pytest.mark.parametrize("part", PARTS)
def test_each_part_is_drawn_by_the_server_and_no_other(client: FlaskClient, part: str) -> None:
    page = client.get(PAGE, query_string={"part": part}).text
    for name in PARTS:
        empty = f'data-part="{name}" data-place="stage" aria-label="{PARTS[name]}" hidden></section>'
        assert (empty in page) == (name != part)


def test_the_page_says_the_answer_in_words_and_pictures(client: FlaskClient) -> None:
    page = client.get(PAGE).text
    assert "Of 103 women with a positive mammogram, 8 have cancer." in page
    assert "7.8\xa0%" in page and "1 : 99 × 8.33 = 1 : 11.9" in page
    assert page.count('data-group="true_positive"') == 3  # square, people, table


def test_a_page_is_named_after_what_its_address_asks_for(client: FlaskClient) -> None:
    assert "<h1>The prosecutor’s fallacy</h1>" in client.get(f"{PAGE}?problem=court").text
    assert "<h1>A lost robot</h1>" in client.get(f"{PAGE}?part=robot").text
    assert "<h1>Bayes’ rule</h1>" in client.get(f"{PAGE}?prior=3").text


def test_an_answer_of_a_test_that_is_never_positive_is_one_too(client: FlaskClient) -> None:
    for asked in ({"sensitivity": "0", "false_positive": "0"}, {"prior": "0"}, {"prior": "100", "sensitivity": "0"}):
        assert client.get(PAGE, query_string=asked).status_code == 200
        assert client.get(PAGE, query_string=asked | {"part": "base-rate"}).status_code == 200


def test_inputs_that_nobody_gave_are_those_of_the_defaults() -> None:
    with pytest.raises(InvalidInput):
        DEMO.parse({"problem": "no such problem"})
    assert DEMO.parse({}).problem == "mammography"
