"""The judgement: nothing done leaves everything, the style itself leaves nothing."""

import pytest
import torch
from PIL import Image

from app.algorithms.vision.networks.style_encoder import Vgg
from training.evaluate_style import Painter, evaluate, judged, table
from training.results import Result, Results


@pytest.fixture
def judge():
    torch.manual_seed(0)
    encoder = Vgg((4, 4, 4, 4, 4)).requires_grad_(False)
    return lambda x: {"fire2": encoder(x)["relu1_2"], "fire5": encoder(x)["relu2_2"]}


@pytest.fixture
def pair():
    return (Image.effect_noise((48, 48), 50 + 60 * number).convert("RGB") for number in range(2))


def test_shares_run_from_the_content_to_the_style(judge, pair):
    content, style = pair
    assert judged(judge, content, content, style) == (1, 0)
    assert judged(judge, style, content, style)[0] == pytest.approx(0, abs=1e-6)


@pytest.fixture
def files(pair, tmp_path):
    named = [tmp_path / "content.png", tmp_path / "style.png", tmp_path / "other.png"]
    for image, file in zip([*pair, Image.linear_gradient("L").convert("RGB")], named, strict=True):
        image.save(file)
    return named


class Counting:
    """A painter that blends the pair, and counts how often it was asked."""

    def __init__(self, key: str, share: float) -> None:
        self.share, self.asked = share, 0
        self.painter = Painter(self.paint, key)

    def paint(self, content, style):
        self.asked += 1
        return Image.blend(content.resize((32, 32)), style.resize((32, 32)), self.share)


def run(judge, files, *painters, kept=None):
    named = dict(zip(("ours", "teacher", "one-pass"), (each.painter for each in painters), strict=False))
    return evaluate(named, judge, files[:1], {files[1]: True, files[2]: False}, size=32, kept=kept or Results())


def test_table_compares_every_pair(judge, files, capsys):
    results = run(judge, files, Counting("a", 0.9), Counting("b", 0.5))
    assert [row.held_out for row in results["ours"]] == [True, False]
    assert [a.style < b.style for a, b in zip(results["ours"], results["teacher"], strict=True)] == [True, True]
    assert capsys.readouterr().out.startswith("1/2 ours ")
    lines = table(results).splitlines()
    assert [line.split(" | ")[0] for line in lines[2:]] == ["| ours", "| teacher", "| ours / teacher"]
    assert {line.count("|") for line in lines} == {6}


def test_ratios_are_of_the_means():
    rows = {"ours": [Result(0.2, 1, 2, True), Result(0.4, 1, 2, False)], "teacher": [Result(0.2, 2, 1, True)] * 2}
    assert table(rows).splitlines()[-1] == "| ours / teacher | 1.50 | 1.00 | 0.50 | 2.00 |"
    assert len(table({"teacher": rows["teacher"]}).splitlines()) == 3
    names = [line.split(" | ")[0] for line in table(rows | {"one-pass": rows["ours"]}).splitlines()]
    assert names[-2:] == ["| ours / teacher", "| one-pass / ours"]


def test_only_a_changed_network_is_measured_again(judge, files, tmp_path):
    first, other, changed = Counting("a", 0.9), Counting("b", 0.5), Counting("c", 0.7)
    before = run(judge, files, first, other, kept=Results(tmp_path / "kept.csv"))
    after = run(judge, files, first, changed, kept=Results(tmp_path / "kept.csv"))
    assert (first.asked, other.asked, changed.asked) == (2, 2, 2)
    for one, same in zip(before["ours"], after["ours"], strict=True):
        assert same.style == pytest.approx(one.style, rel=1e-5)
    assert before["teacher"] != after["teacher"]
