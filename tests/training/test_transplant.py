"""The start: every layer of ours gets the teacher's numbers, in order, and then sees what the teacher sees."""

import copy
from types import SimpleNamespace

import pytest
import torch
from torch import nn

from app.algorithms.vision.detection.anchors import PER_CELL
from app.algorithms.vision.detection.detector import stored
from app.algorithms.vision.networks.detector import DEVIATION, LEVEL_WIDTHS, MEAN, SingleShot
from tests.material import material as material
from training.detector import export
from training.transplant import take_over, transplant
from training.yolox import Yolox

CLASSES = 80
LEVELS = ("956", "990", "1024")  # what the teacher's graph calls the three levels of its pyramid


def fresh():
    torch.manual_seed(0)
    return SingleShot(3, PER_CELL).requires_grad_(False)


def convolutions(module):
    return [layer for layer in module.modules() if isinstance(layer, nn.Conv2d)]


def numbered(shapes):
    """Layers as a graph lists them, all values of the first 0, of the second 1 …; others between them."""
    layers = []
    for number, (before, *rest) in enumerate(shapes):
        kind = "ConvolutionDepthWise" if number % 2 else "Convolution"
        weight, bias = torch.full((before, *rest), float(number)), torch.full((before,), number + 0.5)
        layers += [(kind, [], [], {}, weight, bias), ("Swish", [], [], {}, None, None)]
    return SimpleNamespace(layers=layers)


def shapes(network):
    """The shapes of a graph that fits: the trunk's, then of each head those of ours and of the three left out."""
    found = [tuple(layer.weight.shape) for layer in convolutions(network.trunk)]
    for head in network.heads:
        tower = [tuple(layer.weight.shape) for layer in convolutions(head.where)]
        found += [tuple(head.enter[0].weight.shape), *tower, (CLASSES, 64, 1, 1), *tower, (4, 64, 1, 1), (1, 64, 1, 1)]
    return found


def test_every_layer_gets_the_numbers_of_its_place():
    network, before = fresh(), fresh()
    transplant(network, numbered(shapes(network)))
    trunk = convolutions(network.trunk)
    assert [layer.weight.unique().tolist() for layer in trunk] == [[number] for number in range(len(trunk))]
    assert [layer.bias.unique().tolist() for layer in trunk] == [[number + 0.5] for number in range(len(trunk))]
    for place, (head, untouched) in enumerate(zip(network.heads, before.heads, strict=True)):
        start = len(trunk) + 12 * place
        values = [layer.weight.unique().item() - start for layer in convolutions(nn.Sequential(head.enter, head.what))]
        assert values == [0, 1, 2, 3, 4]
        assert [layer.weight.unique().item() - start for layer in convolutions(head.where)] == [6, 7, 8, 9]
        assert torch.equal(head.logits.weight, untouched.logits.weight)
        assert torch.equal(head.offsets.weight, untouched.offsets.weight)


@pytest.mark.parametrize("place", [0, 30, -3])
def test_a_layer_of_another_shape_is_a_sentence(place):
    network = fresh()
    wrong = shapes(network)
    ours = wrong[place]
    wrong[place] = (7, 7, 1, 1)
    with pytest.raises(ValueError, match=r"has a layer of \(7, 7, 1, 1\) where ours is") as error:
        transplant(network, numbered(wrong))
    assert str(ours) in str(error.value)


def test_a_start_with_too_few_layers_is_a_sentence():
    network = fresh()
    with pytest.raises(ValueError, match="has 4 layers where ours has 5"):
        transplant(network, numbered(shapes(network)[:-8]))


def test_of_our_own_file_all_that_fits_is_taken_over(tmp_path):
    network, before = fresh(), fresh().state_dict()
    torch.manual_seed(1)
    other, file = SingleShot(7, PER_CELL), tmp_path / "detector.safetensors"
    other.extra = nn.Linear(2, 2)  # what ours has no place for
    export(other, [str(number) for number in range(7)], file)
    take_over(network, file)
    given, _ = stored(file)
    for name, value in network.state_dict().items():
        assert torch.equal(value, before[name] if ".logits." in name else given[name]), name


def read(graph, x, wanted):
    """What the graph computes up to the layer that gives `wanted`."""
    last = next(place for place, layer in enumerate(graph.layers) if wanted in layer[2])
    cut = copy.copy(graph)
    cut.layers = graph.layers[: last + 1]
    return cut(x)


def normalised(x):
    return (x - torch.tensor(MEAN).view(1, 3, 1, 1)) / torch.tensor(DEVIATION).view(1, 3, 1, 1)


@pytest.mark.parametrize(("h", "w"), [(64, 64), (96, 160)])
def test_the_trunk_sees_what_the_teacher_sees(material, h, w):
    network, graph, x = fresh(), Yolox(material).graph, torch.rand(2, 3, h, w)
    transplant(network, graph)
    for level, name, width in zip(network.trunk(x), LEVELS, LEVEL_WIDTHS, strict=True):
        assert level.shape[1] == width and level.std() > 0.1
        torch.testing.assert_close(level, read(graph, normalised(x), name), rtol=1e-4, atol=1e-4)


def test_the_towers_see_what_the_teacher_reads_classes_and_boxes_from(material):
    network, graph, x = fresh(), Yolox(material).graph, torch.rand(1, 3, 64, 96)
    transplant(network, graph)
    readers = {count: [layer[1][0] for layer in graph.layers if layer[3].get(0) == str(count)] for count in (80, 4)}
    for place, (head, level) in enumerate(zip(network.heads, network.trunk(x), strict=True)):
        entered = head.enter(level)
        for tower, count in ((head.what, CLASSES), (head.where, 4)):
            there = read(graph, normalised(x), readers[count][place])
            torch.testing.assert_close(tower(entered), there, rtol=1e-4, atol=1e-4)
