"""What the parts compute in the browser is what the server answers: numbers, drawings and sentences."""

from __future__ import annotations

from typing import Any

import pytest

from app.algorithms.bayes import beta, comparison, sequence
from app.algorithms.bayes.beta import Beta
from app.demos.bayes import drawing, telling
from app.demos.bayes.answer import answer
from app.demos.bayes.demo import DEMO
from app.errors import InvalidInput
from tests.algorithms.bayes.cases import INTEGRALS, PAIRS
from tests.demos.bayes.node import answers, assert_close, needs_node

pytestmark = needs_node
# the course's five cells: what each step leaves
COURSE = [
    ("r", [0.1111, 0.3333, 0.3333, 0.1111, 0.1111]),
    ("r>", [0.1111, 0.1333, 0.3111, 0.3111, 0.1333]),
    ("r>r>", [0.0788, 0.0753, 0.2247, 0.4329, 0.1882]),
]
ROOM = "rggrr/rrgrr/rrggr/rrrrr"
DRIVES: list[dict[str, str]] = [
    {},
    {"drive": "r>r>"},
    {"drive": "g<g^v>>b", "world": "grgbbrbygrgb", "cyclic": "0", "doubt": "0.05"},
    {"drive": "g>gvgv>g", "world": ROOM, "hit": "0.9", "miss": "0.05", "slip": "0.2"},
    {"drive": "g>g", "world": ROOM, "hit": "0", "miss": "0"},
]
ROWS = [("", 0.0), ("+", 0.0), ("++-", 0.0), ("++-", 0.5), ("-+-+--+", 0.3), ("+-", 1.0), ("++++++++", 0.9)]
TOSSES = ["7 of 10", "HTTH", "0 0 1 1 1", "7/10", "3 4", "0 of 0", "12 of 4000"]


def answered(**given: str) -> dict[str, Any]:
    return answer(DEMO.parse(given))


def test_a_row_of_results() -> None:
    nows = [answered(part="row", results=results, correlation=str(correlation)) for results, correlation in ROWS]
    cases = [{"test": now["test"], "row": row, "correlation": c} for now, (row, c) in zip(nows, ROWS, strict=True)]
    expression = """cases.map(({ test, row, correlation }) => {
        const ends = it.ends(test, row, correlation);
        return [it.inSequence(test, row, correlation), it.inSequence(test, row), ends, ends && it.ordered(ends)];
    })"""
    for now, told in zip(nows, answers(["sequence.js", "row.js"], expression, cases), strict=True):
        dependent, alone, ends, words = told
        steps = [{**step, "alone": other["posterior"]} for step, other in zip(dependent, alone, strict=True)]
        assert_close(now["sequence"]["steps"], steps)
        assert_close(now["sequence"]["orders"], ends)
        assert words == (telling.orders(now["sequence"]["orders"]) if ends else None)


def test_a_row_without_memory_tells_the_same_in_any_order() -> None:
    low, high = answered(part="row", results="++-")["sequence"]["orders"]
    assert high - low < 1e-12
    low, high = answered(part="row", results="++-", correlation="0.5")["sequence"]["orders"]
    assert high - low > 0.01


def test_the_orders_that_stand_for_all() -> None:
    cases = [[positives, negatives] for positives in range(6) for negatives in range(6)]
    told = answers("sequence.js", "cases.map(([p, n]) => it.orders(p, n))", cases)
    assert told == [sequence.orders(*case) for case in cases]


def test_by_base_rate() -> None:
    given = [{}, {"wanted": "95"}, {"false_positive": "0"}, {"sensitivity": "0"}]
    nows = [answered(part="base-rate", **each) for each in given]
    cases = [{"test": now["test"], "wanted": now["base_rate"]["wanted"]} for now in nows]
    expression = "cases.map(({ test, wanted }) => [it.needed(test, wanted), it.curves(test)])"
    for now, (needed, curves) in zip(nows, answers("base-rate.js", expression, cases), strict=True):
        assert needed == telling.needed(now)
        assert curves == drawing.drawn(now)


def test_the_base_rate_that_is_needed_leads_to_what_was_wanted() -> None:
    for wanted in ("20", "50", "99"):
        needed = answered(part="base-rate", wanted=wanted)["base_rate"]["needed"]
        assert answered(prior=str(100 * needed))["posterior"] == pytest.approx(int(wanted) / 100)


def test_the_robot_has_the_courses_values_here_and_in_the_browser() -> None:
    ways = "{ hit: 0.6, miss: 0.2, slip: 0.1, doubt: 0, cyclic: true }"
    expression = f"""cases.map((drive) => it.trail([[..."grrgg"]], drive, {ways}).at(-1)[0])"""
    told = answers("histogram.js", expression, [drive for drive, _ in COURSE])
    for (drive, expected), belief in zip(COURSE, told, strict=True):
        assert [round(p, 4) for p in answered(part="robot", drive=drive)["belief"][0]] == expected
        assert [round(p, 4) for p in belief] == expected


def test_a_lost_robot() -> None:
    asked = [DEMO.parse({"part": "robot"} | given) for given in DRIVES]
    nows = [answer(inputs) for inputs in asked]
    names = ("hit", "miss", "slip", "doubt", "cyclic")
    cases = [
        {"world": inputs.world, "drive": inputs.drive or "", "ways": {name: getattr(inputs, name) for name in names}}
        for inputs in asked
    ]
    expression = """cases.map(({ world, drive, ways }) => {
        const cells = it.readWorld(world);
        const trail = it.trail(cells, drive, ways);
        const told = { entropies: trail.map(it.entropy), likeliest: trail.map(it.likeliest) };
        return { belief: trail.at(-1), cells, words: it.lost(cells, trail), ...told };
    })"""
    for now, told in zip(nows, answers(["histogram.js", "robot.js"], expression, cases), strict=True):
        assert now["world"] == told["cells"]
        assert telling.lost(now) == told["words"]
        assert_close(now["belief"], told["belief"])
        assert_close([step["entropy"] for step in now["steps"]], told["entropies"])
        assert [step["likeliest"] for step in now["steps"]] == told["likeliest"]


def test_the_true_robot_slips_and_sees_as_the_filter_reckons() -> None:
    draws = [(place + 0.5) / 1000 for place in range(1000)]
    expression = """cases.map((chance) => {
        const [world, ways, draw] = [[[..."grrgg"]], { slip: 0.1, cyclic: true, hit: 0.6, miss: 0.2 }, () => chance];
        return [it.driven([0, 1], [0, 1], world, ways, draw)[1], it.glimpsed([0, 1], world, ways, draw)];
    })"""
    told = answers("histogram.js", expression, draws)
    assert [sum(place == at for place, _ in told) for at in (1, 2, 3)] == [100, 800, 100]
    assert sum(seen == "r" for _, seen in told) == 750


def test_the_incomplete_beta_function() -> None:
    cases = [{"a": a, "b": b, "x": x} for a, b, x in INTEGRALS]
    expression = """cases.map((one) => [it.below(one, one.x), it.density(one, one.x), it.interval(one, 0.9),
        it.predictive(one, 5)])"""
    for (a, b, x), told in zip(INTEGRALS, answers("beta.js", expression, cases), strict=True):
        belief = Beta(a, b)
        mine = [beta.below(belief, x), beta.density(belief, x), beta.interval(belief, 0.9), beta.predictive(belief, 5)]
        assert_close(mine, told, within=1e-10)


def test_b_better_than_a() -> None:
    cases = [[dict(zip("ab", one, strict=True)) for one in pair] for pair in PAIRS]
    expression = "cases.map((pair) => [it.better(...pair), it.expectedGain(...pair)])"
    for (a, b), told in zip(PAIRS, answers("beta.js", expression, cases), strict=True):
        one, other = Beta(*a), Beta(*b)
        assert_close([comparison.better(one, other), comparison.expected_gain(one, other)], told, within=1e-9)


def test_a_coin() -> None:
    given = [(text, *prior) for text in TOSSES for prior in ((2, 50), (20, 30))]
    expression = """cases.map(([text, imagined, heads]) => {
        const [prior, counts] = [it.imagined(imagined, heads), it.tossed(text)];
        const now = it.told(prior, counts, 0.89);
        const drawn = it.densities({ prior, posterior: now.after }, { posterior: now.interval });
        return { now, counts, drawn, words: it.words(now, counts, 0.89) };
    })"""
    told = answers(["beta.js", "coin.js", "densities.js"], expression, given)
    for (text, imagined, heads), one in zip(given, told, strict=True):
        now = answered(part="coin", tosses=text, imagined=str(imagined), heads=str(heads), mass="89")
        after = now["posterior"]
        assert one["counts"] == [now["heads"], now["tails"]]
        mine = {name: after[name] for name in ("mean", "mode", "deviation", "interval")}
        mine["weight"] = after["weight_of_prior"]
        assert_close(mine, {name: one["now"][name] for name in mine}, within=1e-9)
        assert one["words"] == telling.coin(now)
        lines, areas = one["drawn"]
        assert_alike(drawing.drawn(now), lines | {f"{name}_area": path for name, path in areas.items()})


def test_what_is_no_toss_is_refused_in_the_same_words() -> None:
    texts = ["", "heads", "11 of 10", "7 3 2", "1 2 3"]
    for text, told in zip(texts, answers("beta.js", "cases.map(it.tossed)", texts), strict=True):
        with pytest.raises(ValueError) as refused:
            beta.tossed(text)
        assert told == str(refused.value)


def test_a_measurement() -> None:
    given = [{}, {"measured": "80", "error": "0.5"}, {"times": "9", "spread": "20"}]
    asked = [DEMO.parse({"part": "measurement"} | each) for each in given]
    names = ("mean", "spread", "measured", "error", "times")
    cases = [{name: getattr(inputs, name) for name in names} for inputs in asked]
    expression = """cases.map((each) => {
        const curves = it.curves(each);
        return { curves, drawn: it.drawn(curves), words: `Believed now: ${it.about(curves.posterior)}.` };
    })"""
    for inputs, told in zip(asked, answers("measurement.js", expression, cases), strict=True):
        now = answer(inputs)
        for name, curve in told["curves"].items():
            mine = [now[name]["mean"], now[name]["deviation"] ** 2]
            assert_close(mine, [curve["mean"], curve["variance"]], within=1e-9)
        assert told["words"] == telling.measurement(now)
        mine, drawn = drawing.drawn(now), told["drawn"]
        assert_close([mine.pop("low"), mine.pop("high")], [drawn["low"], drawn["high"]])
        assert_alike(mine, drawn["lines"] | {f"{name}_area": path for name, path in drawn["areas"].items()})


def test_a_against_b() -> None:
    given = [("12 of 100", "18 of 100"), ("0 of 5", "5 of 5"), ("900 of 4000", "40 of 210")]
    expression = """cases.map(([a, b]) => {
        const { beliefs, ...told } = it.compare(it.imagined(2, 50), { a: it.tossed(a), b: it.tossed(b) }, 0.95);
        return told;
    })"""
    for (a, b), told in zip(given, answers(["beta.js", "comparison.js"], expression, given), strict=True):
        now = answered(part="comparison", a=a, b=b)
        mine = {name: {key: now[name][key] for key in ("mean", "interval")} for name in ("a", "b")}
        assert_close(mine | {name: now[name] for name in ("b_better", "gain", "loss")}, told, within=1e-9)


def test_a_comparison_that_has_no_sum_is_refused_with_the_field() -> None:
    with pytest.raises(InvalidInput) as refused:
        answered(part="comparison", imagined="3", heads="50")
    assert list(refused.value.problems) == ["heads"]
    with pytest.raises(InvalidInput) as refused:
        answered(part="comparison", a="400000 of 900000", b="400000 of 900000")
    assert list(refused.value.problems) == ["b"]


def assert_alike(mine: dict[str, str], theirs: dict[str, str]) -> None:
    """Paths whose coordinates differ by a tenth at most: roundings of what differs in its last digit."""
    assert mine.keys() == theirs.keys()
    for name, path in mine.items():
        one, other = (numbers(each) for each in (path, theirs[name]))
        assert len(one) == len(other) and max(abs(a - b) for a, b in zip(one, other, strict=True)) < 0.11


def numbers(path: str) -> list[float]:
    return [float(at) for at in path.replace("M", " ").replace("L", " ").strip("Z ").split()]
