"""The pictures of the posts: all there, small, and drawn by the code that is kept."""

import itertools
import re
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from training.figures import covers, diagrams
from training.figures.pen import Pen
from training.figures.pipeline import HEIGHT, WIDTH, pipeline

APP = Path(__file__).parents[2] / "app"
POSTS = sorted((APP / "blog/posts").glob("*.md"))
FIGURES = APP / "static/figures"


@pytest.mark.parametrize("post", POSTS, ids=lambda post: post.stem)
def test_a_post_finds_its_pictures(post: Path):
    named = re.findall(r"/static/figures/([\w.-]+)", post.read_text(encoding="utf-8"))
    assert f"{post.stem}.webp" in named, "every post has a cover of its own"
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
