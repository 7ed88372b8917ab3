"""Attribution: Grad-CAM is CAM where that is known, classes lie in the detector's boxes, covering takes away."""

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from app.algorithms.vision.detection.classes import COCO
from app.algorithms.vision.detection.detector import Detector
from app.algorithms.vision.feature_maps.attribution import GREY, class_activation, grad_cam, occlusion
from app.algorithms.vision.feature_maps.excitation import read
from app.algorithms.vision.feature_maps.layers import Address, address
from app.algorithms.vision.feature_maps.objectives import Channel
from app.algorithms.vision.feature_maps.seen import see
from app.algorithms.vision.images import fit
from app.algorithms.vision.pixels import tensor
from tests.algorithms.vision.feature_maps.opened import CPU, network, noise

EXAMPLES = Path(__file__).parents[4] / "app" / "demos" / "detection" / "examples"


def example(name: str) -> Image.Image:
    return Image.open(EXAMPLES / f"{name}.webp").convert("RGB")


def pooled(chance):
    """A network of random 32 px filters whose classes are read from the mean of each map, and its last weights."""
    filters = torch.randn(6, 3, 32, 32, generator=chance) / 50
    weights = torch.randn(4, 6, generator=chance)

    def maps(x):
        return torch.nn.functional.conv2d(x, filters, stride=32).relu()

    def classes(x):
        raise AssertionError("replaced below")

    def opened(x, _leak):
        found = maps(x)
        yield "layer4.2", found
        yield "logits", (found.mean((2, 3)) @ weights.T)[:, :, None, None]

    seen = network("resnet34", logits=classes)
    seen._opened = opened
    return seen, weights


@pytest.mark.parametrize("label", range(4))
def test_where_a_mean_of_maps_is_read_grad_cam_is_the_class_activation_map(label):
    seen, weights = pooled(torch.Generator().manual_seed(5))
    photograph = noise(320, 256)
    maps = read(seen, photograph, only=("layer4.2",)).maps["layer4.2"]
    wanted = np.maximum(np.tensordot(weights[label].numpy(), maps, 1), 0)  # Zhou et al., 2016
    found = grad_cam(seen, photograph, "layer4.2", Channel("logits", label))
    assert found.shape == (10, 8)
    np.testing.assert_allclose(found, wanted / wanted.max(), atol=1e-5)


def test_of_a_channels_own_layer_the_map_is_its_own():
    photograph = noise(96, 96)
    found = grad_cam(see("style-encoder", CPU), photograph, "relu4_1", Channel("relu4_1", 9), size=96)
    own = read(see("style-encoder", CPU), photograph, size=96).maps["relu4_1"][9]
    np.testing.assert_allclose(found, own / own.max(), atol=1e-5)


@pytest.mark.parametrize(
    ("name", "layer", "objective"),
    [
        ("resnet34", "layer4.2", Channel("logits", 281)),
        ("detector", "stage5", Channel("logits", 15)),
        ("style-encoder", "relu3_1", Channel("relu5_1", 3)),
    ],
)
def test_any_networks_answer_can_be_traced_to_a_layer_below(name, layer, objective):
    found = grad_cam(see(name, CPU, untrained=name == "resnet34"), example("cat"), layer, objective, size=160)
    assert found.ndim == 2 and found.min() >= 0
    assert found.max() in (0, pytest.approx(1))


def test_nothing_is_traced_to_a_layer_above_or_unknown():
    for layer in ("relu5_1", "relu7_1"):
        with pytest.raises(ValueError, match="does not come from"):
            grad_cam(see("style-encoder", CPU), noise(64, 64), layer, Channel("relu4_1", 9), size=64)


@pytest.mark.parametrize(
    ("name", "label"),
    [("astronaut", "person"), ("cat", "cat"), ("coffee", "cup"), ("photographer", "person"), ("contact-sheet", "cat")],
)
def test_a_class_is_seen_inside_the_detectors_boxes(name, label):
    photograph = example(name)
    (found,) = class_activation(photograph, [label])
    lit = np.asarray(Image.fromarray(found.map).resize(photograph.size, Image.Resampling.BILINEAR))
    inside = np.zeros(lit.shape, bool)
    for seen in Detector.load("cpu").detect(photograph, size=320):
        x0, y0, x1, y1 = (round(number) for number in seen.box)
        inside[y0:y1, x0:x1] |= seen.label == label
    assert inside.any() and lit[inside].sum() > 0.75 * lit.sum()
    assert lit[inside].mean() > 4 * lit[~inside].mean()


def test_the_surest_classes_come_first_with_the_detectors_own_scores():
    photograph = example("coffee")
    scores = Detector.load("cpu").raw(photograph, size=320).scores.amax(0)
    found = class_activation(photograph, 4)
    assert [one.score for one in found] == pytest.approx(scores.sort(descending=True).values[:4].tolist(), abs=1e-3)
    assert {one.label for one in found[:2]} == {"cup", "dining table"}
    assert all(one.map.shape == (27, 40) and one.map.max() == pytest.approx(1) for one in found)


def test_classes_are_asked_for_by_name():
    found = class_activation(example("contact-sheet"), ["cup", "cat"])
    assert [one.label for one in found] == ["cup", "cat"]
    with pytest.raises(ValueError, match="no class “unicorn”"):
        class_activation(example("cat"), ["unicorn"])


def corner(x):
    """One channel at every pixel: the brightness there, but only in the upper left quarter."""
    bright = x.mean(1, keepdim=True).clone()
    bright[..., x.shape[-2] // 2 :, :] = 0
    bright[..., x.shape[-1] // 2 :] = 0
    return bright


def test_covering_takes_away_what_it_covers_and_nothing_elsewhere():
    photograph = Image.new("RGB", (160, 160), "white")
    found = occlusion(
        network("style-encoder", relu1_1=corner), photograph, Address("style-encoder", "relu1_1", 0), 40, 40
    )
    assert found.falls.shape == (8, 8) and found.seen == (320, 320) and found.side == 40
    assert found.score == pytest.approx(0.25)
    assert found.falls[:4, :4] == pytest.approx(np.full((4, 4), 20 * 20 * (1 - GREY) / 160**2), abs=1e-6)
    assert not found.falls[4:].any() and not found.falls[:, 4:].any()


def test_covering_is_what_a_covered_photograph_scores():
    photograph, asked = fit(example("cat"), 160), address("style-encoder/relu4_1/56")
    found = occlusion(see("style-encoder", CPU), photograph, asked, 64, 64)
    maps = read(see("style-encoder", CPU), photograph, size=160).maps["relu4_1"][56]
    assert found.score == pytest.approx(maps.mean(), rel=1e-4)
    rows, columns = found.falls.shape
    covered = np.asarray(photograph).astype(np.float32) / 255
    h, w = covered.shape[:2]
    y, x = (1.5 * h / rows, 2.5 * w / columns)  # the second row's third square
    covered[round(y - 16) : round(y + 16), round(x - 16) : round(x + 16)] = GREY
    with torch.no_grad():
        again = see("style-encoder", CPU).features(torch.from_numpy(covered).permute(2, 0, 1)[None], "relu4_1")
    assert found.falls[1, 2] == pytest.approx(found.score - float(again[0, 56].mean()), abs=1e-4)


@pytest.mark.parametrize(("name", "label"), [("astronaut", "person"), ("cat", "cat"), ("coffee", "cup")])
def test_covering_the_thing_takes_away_its_class(name, label):
    photograph = example(name)
    asked, middle = address(f"detector/logits/{label}"), fit(photograph, 320).size
    found = occlusion(see("detector", CPU), photograph, asked, 96, 27)
    box = next(
        seen.box for seen in Detector.load("cpu").detect(photograph, size=224, threshold=0.1) if seen.label == label
    )
    rows, columns = found.falls.shape
    y, x = np.indices((rows, columns)) + 0.5
    x0, y0, x1, y1 = (number * 320 / max(photograph.size) for number in box)
    x, y = x * middle[0] / columns, y * middle[1] / rows
    inside = (x0 < x) & (x < x1) & (y0 < y) & (y < y1)
    assert inside.any() and inside[np.unravel_index(found.falls.argmax(), inside.shape)]
    assert found.falls[inside].mean() > found.falls[~inside].mean()


def test_a_class_is_answered_for_by_all_grids():
    photograph = fit(example("coffee"), 224)
    found = occlusion(see("detector", CPU), photograph, address("detector/logits/cup"), 64, 64)
    raw = Detector.load("cpu").raw(photograph, size=224).logits.amax(0)
    assert found.score == pytest.approx(float(raw[COCO.index("cup")]), abs=0.5), "but for what each fills up with"
    with torch.no_grad():
        coarsest = see("detector", CPU).features(tensor(photograph, CPU), "logits")[0].amax((1, 2))
    assert found.score > float(coarsest[COCO.index("cup")]) + 0.5


def test_squares_are_never_too_many_nor_empty():
    photograph, seen = noise(20, 320), network("style-encoder", relu1_1=corner)
    found = occlusion(seen, photograph, Address("style-encoder", "relu1_1", 0), 1, 1)
    assert max(found.falls.shape) <= 20 and found.falls[0, 0] != 0
    for wrong in ((0, 8), (8, 0)):
        with pytest.raises(ValueError, match="at least one pixel"):
            occlusion(seen, photograph, Address("style-encoder", "relu1_1", 0), *wrong)
