"""The Python in the posts runs, block after block, as a reader would type it in."""

import re
from pathlib import Path

import pytest
import torch

from app.algorithms.vision.detection import boxes
from app.algorithms.vision.networks.stages import sixteen_anchors
from app.algorithms.vision.networks.style_encoder import Vgg

POSTS = sorted((Path(__file__).parents[2] / "app/blog/posts").glob("*.md"))
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)
WITH_CODE = [post for post in POSTS if BLOCK.search(post.read_text(encoding="utf-8"))]


def run(post: Path) -> dict:
    names: dict = {"__name__": post.stem}
    for block in BLOCK.findall(post.read_text(encoding="utf-8")):
        exec(compile(block, post.name, "exec"), names)
    return names


@pytest.mark.parametrize("post", WITH_CODE, ids=lambda post: post.stem)
def test_the_code_of_a_post_runs_and_prints_what_it_says(post: Path, capsys: pytest.CaptureFixture[str]):
    run(post)
    printed = words(capsys.readouterr().out)
    promised = re.findall(r"print\(.*\)  # (.*)", post.read_text(encoding="utf-8"))
    assert [word for line in promised for word in words(line)] in ([], printed)


def words(text: str) -> list[str]:
    return text.replace(",", " ").split()


def names_of(slug: str) -> dict:
    return run(next(post for post in POSTS if post.stem == slug))


def test_a_star_is_as_good_as_blind_search():
    search, walls = (names_of("a-star")[name] for name in ("search", "WALL"))
    for goal in [(29, 19), (19, 10), (0, 0), (17, 5)]:
        informed, cells = search((8, 12), goal, lambda cell, goal=goal: abs(cell[0] - goal[0]) + abs(cell[1] - goal[1]))
        blind, all_cells = search((8, 12), goal, lambda cell: 0)
        assert len(informed) == len(blind)
        assert cells <= all_cells
        assert not walls.intersection(informed)


def test_anchors_overlap_themselves_wholly():
    names = names_of("object-detection-4")
    centres = names["anchors"]()
    corners = torch.cat([centres[:, :2] - centres[:, 2:] / 2, centres[:, :2] + centres[:, 2:] / 2], dim=1)
    overlap = names["iou"](corners, corners)
    assert torch.allclose(overlap.diagonal(), torch.ones(189))
    assert torch.allclose(overlap, overlap.T)


def test_presence_is_asked_of_every_class_by_itself():
    names = names_of("object-detection-1")
    logits = names["Presence"](8, 5)(torch.rand(3, 8, 7, 7))
    assert logits.shape == (3, 5)
    present = torch.tensor([[1.0, 0, 1, 0, 0]]).expand(3, 5)
    each = [names["loss"](logits[:, [one]], present[:, [one]]) for one in range(5)]
    assert torch.allclose(names["loss"](logits, present), torch.stack(each).mean())


def test_sixteen_cells_are_the_shipped_ones_and_move_as_they_do():
    names = names_of("object-detection-3")
    assert torch.allclose(names["anchors"]() * 416, sixteen_anchors(416))
    offsets = torch.randn(16, 4) / 4
    shipped = boxes.moved(names["anchors"](), offsets / offsets.new_tensor(boxes.VARIANCES))
    assert torch.allclose(boxes.corners(names["moved"](names["anchors"](), offsets)), shipped, atol=1e-6)


def test_the_largest_object_has_a_box_and_classes():
    names = names_of("object-detection-2")
    boxes, scores = names["LargestObject"](8, 20)(torch.rand(3, 8, 7, 7))
    assert (boxes.shape, scores.shape) == ((3, 4), (3, 20))
    assert names["loss"](boxes, scores, torch.rand(3, 4), torch.tensor([0, 5, 19])) > 0


def test_maximise_climbs():
    torch.manual_seed(0)
    maps = torch.nn.Sequential(torch.nn.Conv2d(3, 4, 5), torch.nn.Softplus())
    maximise = names_of("what-a-convnet-looks-for")["maximise"]
    before, after = (maximise(maps, 2, size=24, rounds=2, steps=steps) for steps in (0, 10))
    assert maps(after)[:, 2].mean() > 1.1 * maps(before)[:, 2].mean()


def test_the_loop_of_the_style_post_paints():
    names = names_of("neural-style-transfer")
    torch.manual_seed(0)
    network, content, style = Vgg().requires_grad_(False), torch.rand(1, 3, 48, 32), torch.rand(1, 3, 32, 32) ** 3
    wanted = names["gram"](network(style)["relu2_1"])

    def distance(x: torch.Tensor) -> float:
        return (names["gram"](network(x)["relu2_1"]) - wanted).norm().item()

    *_, painted = names["paint"](network, content, style, steps=12, weight=10.0)
    assert painted.shape == content.shape
    assert distance(painted) < 0.7 * distance(content)
