"""The judgement: nothing done leaves everything, the style itself leaves nothing."""

import pytest
import torch
from PIL import Image

from app.algorithms.vision.networks.style_encoder import Vgg
from training.evaluate_style import evaluate, judged, table


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


def test_table_compares_every_pair(judge, pair, tmp_path, capsys):
    files = [tmp_path / "content.png", tmp_path / "style.png", tmp_path / "other.png"]
    for image, file in zip([*pair, Image.linear_gradient("L").convert("RGB")], files, strict=True):
        image.save(file)
    torch.manual_seed(1)
    networks = {name: Vgg((4, 4, 4, 4, 4)).requires_grad_(False) for name in ("ours", "teacher")}
    styles = {files[1]: True, files[2]: False}
    results = evaluate(networks, judge, files[:1], styles, size=32, steps=2, strength=0.5)
    assert [row.held_out for row in results["ours"]] == [True, False]
    assert capsys.readouterr().out.startswith("1/2 ours ")
    lines = table(results).splitlines()
    assert [line.split(" | ")[0] for line in lines[2:]] == ["| ours", "| teacher", "| ratio"]
    assert {line.count("|") for line in lines} == {6}
