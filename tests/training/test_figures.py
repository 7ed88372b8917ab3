"""The pictures of the posts: all there, small, and drawn by the code that is kept."""

import itertools
import re
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
import torch
from PIL import Image

from app.algorithms.vision.detection.anchors import SIZES, anchors
from training.average_precision import Found, Truth, average_precision
from training.figures import covers, detection, diagrams
from training.figures.pen import Pen
from training.figures.pipeline import HEIGHT, WIDTH, pipeline

APP = Path(__file__).parents[2] / "app"
POSTS = sorted((APP / "blog/posts").glob("*.md"))
FIGURES = APP / "static/figures"


@pytest.mark.parametrize("post", POSTS, ids=lambda post: post.stem)
def test_a_post_finds_its_pictures(post: Path):
    text = post.read_text(encoding="utf-8")
    named = re.findall(r"/static/figures/([\w.-]+)", text)
    assert f"{post.stem}.webp" in named or "\npage: true\n" in text, "every post has a cover of its own"
    assert not [name for name in named if not (FIGURES / name).exists()]


def test_all_figures_together_are_small():
    assert sum(file.stat().st_size for file in FIGURES.iterdir()) <= 900_000


def test_every_figure_is_used():
    text = "".join(post.read_text(encoding="utf-8") for post in POSTS)
    assert not [file.name for file in FIGURES.iterdir() if file.name not in text]


@pytest.mark.parametrize("draw", [covers.bayes, covers.habits, diagrams.service_accounts])
def test_a_cover_is_square_and_drawn_the_same_again(draw):
    cover = draw()
    assert cover.size == (640, 640)
    assert np.asarray(cover).std() > 20
    assert draw().tobytes() == cover.tobytes()


def test_the_path_on_the_cover_of_a_star_is_a_shortest_one():
    cost, path = covers._searched({(8, y) for y in range(3, 13)}, (4, 11), (13, 3))
    steps = [abs(one[0] - other[0]) + abs(one[1] - other[1]) for one, other in itertools.pairwise(path)]
    assert set(steps) == {1}
    # Over the wall's upper end, one row above the goal: two steps more than the straight way.
    assert len(path) - 1 == cost[13, 3] == 9 + 8 + 2


def test_the_pipeline_is_plain_svg():
    drawing = ElementTree.fromstring(pipeline())
    assert drawing.get("viewBox") == f"0 0 {WIDTH} {HEIGHT}"
    assert not [
        part.tag for part in drawing.iter() if part.get("style") or part.tag.endswith(("script", "style", "image"))
    ]
    assert (FIGURES / "style-pipeline.svg").read_text(encoding="utf-8") == pipeline()


def test_a_pasted_picture_fills_its_box_and_nothing_else():
    pen = Pen(40, 30, "white")
    pen.paste(Image.new("RGB", (7, 50), "black"), (10, 5, 30, 25))
    pixels = np.asarray(pen.finished(0))[..., 0]
    assert (pixels[6:24, 11:29] < 8).all()
    assert (pixels[:, :9] > 247).all() and (pixels[:3] > 247).all()


def test_the_columns_of_the_ranking_are_an_average_precision():
    whole = np.array([[0, 0, 1, 1]], np.float32)
    found = [Found(whole, np.array([score]), np.zeros(1, np.int64)) for score in detection.RANKED]
    none = Truth(np.empty((0, 4)), np.empty(0, np.int64))
    truth = [Truth(whole, np.zeros(1, np.int64)) if place in detection.CUPS else none for place in range(10)]
    # Between two cups COCO takes the best precision still to come; here they only fall, so both means are alike.
    exact = np.mean(detection.precisions())
    assert average_precision(found, truth, 0.5).ap == pytest.approx(exact, abs=0.01)
    assert exact == pytest.approx(0.775)


@pytest.mark.parametrize("shift", detection.SHIFTS.values())
def test_shifted_squares_share_what_is_counted_on_a_grid(shift):
    fine = np.zeros((2, 800, 800), bool)
    fine[0, :400, :400] = True
    step = round(400 * shift)
    fine[1, step : step + 400, step : step + 400] = True
    assert detection.shifted(shift) == pytest.approx(fine.all(0).sum() / fine.any(0).sum(), abs=0.005)


def test_anchors_reach_what_is_told_of_them():
    every, few, single = anchors(480, 480), detection.spread(), detection.grid()
    assert [len(each) for each in (every, few, single)] == [28_350, 189, 16]
    for size in itertools.chain(*SIZES):
        between = detection.best(every, size * 1.7**0.5)
        if size < max(SIZES[-1]):
            assert between == pytest.approx(1 / 1.7, abs=0.03), "the valleys"
            assert detection.best(every, size) > between
    assert detection.best(every, 10) <= 0.25
    assert [detection.best(single, side) >= 0.4 for side in (60, 120, 240)] == [False, True, False]
    assert detection.best(few, 400) > detection.best(every, 400)


def test_the_anchors_of_the_figure_are_those_of_the_post():
    text = (APP / "blog/posts/object-detection-4.md").read_text(encoding="utf-8")
    names: dict = {}
    exec(re.search(r"^```python\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)[1], names)
    assert torch.allclose(names["anchors"]() * 480, detection.spread())


@pytest.mark.parametrize("draw", [detection.ranking, detection.overlaps, detection.learning])
def test_a_figure_of_detection_is_twice_as_wide_as_the_text_and_drawn_the_same_again(draw):
    figure = draw()
    assert figure.width == 1280
    assert draw().tobytes() == figure.tobytes()
    kept = next(FIGURES / f"{name}.webp" for name, drawn in detection.FIGURES.items() if drawn is draw)
    assert np.abs(np.asarray(Image.open(kept).convert("RGB"), float) - np.asarray(figure)).mean() < 6
