"""The bench's answers: the contract of its API, what is refused and with which words, and what the server draws."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.algorithms.search import ALGORITHMS, search, state
from app.demos.astar.answer import MOST_STEPS
from app.demos.astar.demo import DEMO
from app.demos.astar.gridmap import encode
from app.demos.astar.question import BUDGET
from app.demos.astar.ready import PUZZLES, ready

API = "/api/v1/demos/astar"
MAP = "type octile\nheight 3\nwidth 5\nmap\n.....\n.@@@.\n.....\n"
ROWS = [[1, 1, 1, 1, 1], [1, 0, 0, 0, 1], [1, 1, 1, 1, 1]]


def ask(client: FlaskClient, **given: Any) -> dict[str, Any]:
    answer = client.post(API, json=given)
    assert answer.status_code == 200, answer.json
    told: dict[str, Any] = answer.json
    return told


@pytest.mark.parametrize("form", [MAP, ROWS, [".....", ".@@@.", "....."]])
def test_the_api_answers_the_contract(client: FlaskClient, form: Any) -> None:
    asked = {"algorithm": "astar", "heuristic": "octile", "weight": 1, "diagonal": "no-corner-cutting"}
    told = ask(client, map=form, start=[0, 1], goal=[4, 1], steps=False, **asked)
    assert {"found", "cost", "path", "expanded", "milliseconds"} <= told.keys()
    assert (told["found"], told["cost"]) == (True, 6)
    assert (told["path"][0], told["path"][-1]) == ([0, 1], [4, 1])
    assert "steps" not in told


def test_of_several_goals_the_nearest_is_found(client: FlaskClient) -> None:
    told = ask(client, map=ROWS, start=[0, 0], goal=[[4, 1], [0, 2]])
    assert (told["cost"], told["path"][-1], told["goals"]) == (2, [0, 2], [[4, 1], [0, 2]])
    for word in ALGORITHMS:
        assert (
            ask(client, map=ROWS, start="0,0", goal="4,1 0,2", algorithm=word)["path"][-1] == [0, 2] or word == "depth"
        )
    assert client.get("/demos/astar?goal=39,23+0,23").text.count('class="goal"') == 2


def test_a_get_can_be_kept(client: FlaskClient) -> None:
    answer = client.get(API, query_string={"map": "jumps", "algorithm": "jps"})
    assert answer.json is not None
    assert answer.json["expanded"] == 2
    assert "public" in answer.headers["Cache-Control"]


def test_that_there_is_no_path_is_an_answer(client: FlaskClient) -> None:
    told = ask(client, map=[[1, 0, 1]], start=[0, 0], goal=[2, 0])
    assert (told["found"], told["cost"], told["path"]) == (False, None, [])


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"start": [1, 1]}, "start", "inside a wall"),
        ({"goal": [5, 0]}, "goal", "outside the map"),
        ({"goal": [[0, 0], [1, 1]]}, "goal", "inside a wall"),
        ({"goal": [[0]]}, "goal", "must be cells"),
        ({"start": "one"}, "start", "must be a cell"),
        ({"start": [[0]]}, "start", "list of whole numbers"),
        ({"heuristic": "1 / (dx - dx)"}, "heuristic", "has no value"),
        ({"heuristic": "import os"}, "heuristic", "no heuristic"),
        ({"landmarks": [[1, 1]], "heuristic": "landmarks"}, "landmarks", "inside a wall"),
        ({"algorithm": "jps", "map": [[1, 2]], "start": [0, 0], "goal": [1, 0]}, "algorithm", "all cost one"),
        ({"algorithm": "dstar", "changes": [[9, 9, 0]]}, "changes", "outside the map"),
        ({"algorithm": "dstar", "changes": [[4, 1, 0]], "goal": [4, 1]}, "goal", "inside a wall"),
        ({"map": [[0, 0]]}, "map", "all walls"),
        ({"algorithm": "dstar", "map": [[1] * 161] * 160}, "algorithm", "25,600 cells at most"),
        ({"heuristic": "landmarks", "map": [[1] * 257] * 256}, "heuristic", "65,536 cells at most"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(
    client: FlaskClient, given: dict[str, Any], field: str, said: str
) -> None:
    body = {"map": ROWS} | given
    answer = client.post(API, json=body)
    assert answer.status_code == 422
    assert answer.json is not None
    assert said in answer.json["problems"][field]


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_all_steps_are_told_as_they_are(client: FlaskClient, algorithm: str) -> None:
    changes = {"changes": [[9, 14, 0]]} if algorithm == "dstar" else {}
    name = "meeting" if algorithm in ("jps", "theta") else "village"
    told = ask(client, map=name, algorithm=algorithm, steps=True, **changes)
    grid, (start, goal) = ready(name)
    options: dict[str, Any] = {"algorithm": algorithm, "weight": 1.5, "budget": BUDGET}
    options |= {"changes": {(9, 14): 0}} if changes else {}
    steps = list(search(grid, start, goal, **options))
    assert [(*step["cell"], step["f"]) for step in told["steps"]] == [(*s.cell, s.f) for s in steps[:MOST_STEPS]]
    assert [len(step["opened"]) for step in told["steps"]] == [len(step.opened) for step in steps[:MOST_STEPS]]
    assert told["steps_left_out"] == max(0, len(steps) - MOST_STEPS)
    assert told["peak"] == (state(steps).peak if len(steps) <= MOST_STEPS else None)


def test_the_cheapest_path_is_told_beside_a_dearer_one(client: FlaskClient) -> None:
    lured = ask(client, map="lure", heuristic="9 * octile")
    assert lured["optimum"] == pytest.approx(ask(client, map="lure")["cost"])
    assert lured["cost"] > lured["optimum"]
    assert lured["bound"] is None


@pytest.mark.parametrize("name", ["village", *PUZZLES, "hills:21x13:3"])
def test_the_page_draws_what_it_answers(client: FlaskClient, name: str) -> None:
    page = client.get(f"/demos/astar?map={name}").text
    told = ask(client, map=name)
    drawing = (
        page.split("<svg", 1)[1].split("</svg>")[0] if "data-board" not in page else page.split("data-board", 1)[1]
    )
    shades = re.findall(r'class="shade shade-\d" d="([^"]*)"', drawing)
    assert sum(d.count("M") for d in shades) == told["expanded"]
    grid, _ = ready(name)
    walls = re.search(r'class="wall" d="([^"]*)"', drawing)
    assert walls
    assert sum(map(int, re.findall(r"h(\d+)v1H", walls[1]))) == grid.width * grid.height - len(list(grid.places()))
    line = re.search(r'class="line" d="([^"]*)"', drawing)
    assert (line[1].count("L") + 1 if line else 0) == len(told["path"])


@pytest.mark.parametrize("word", PUZZLES)
def test_a_puzzle_comes_with_its_map_and_its_answer(client: FlaskClient, word: str) -> None:
    told, puzzle = ask(client, map=word), PUZZLES[word]
    assert told["map"] == encode(ready(word)[0])
    assert told["ends"] == [list(puzzle.start), list(puzzle.goal)]
    assert told["puzzle"]["answer"] == puzzle.found(puzzle), "what is told is what a search bears out"
    assert ask(client, map=word, **told["puzzle"]["options"])["algorithm"] == puzzle.options.get("algorithm", "astar")


def test_every_search_is_an_input() -> None:
    (algorithm,) = (field for field in DEMO.fields if field.name == "algorithm")
    assert list(algorithm.schema["enum"]) == list(ALGORITHMS)
