"""The survey: sums that agree with all maps laid side by side; planted dead and double channels are found."""

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from torch.nn import functional

from app.algorithms.vision.feature_maps.excitation import amount, read
from app.algorithms.vision.feature_maps.layers import layers
from app.algorithms.vision.feature_maps.seen import see
from app.algorithms.vision.feature_maps.survey import best_crop, correlations, survey
from tests.algorithms.vision.feature_maps.opened import CPU, network, noise

EXAMPLES = Path(__file__).parents[4] / "app" / "demos" / "style_transfer" / "examples"
NAMES = ("astronaut", "cat", "coffee", "dahlia", "temple")


def gallery():
    return [(name, Image.open(EXAMPLES / f"{name}.webp").convert("RGB")) for name in NAMES]


@pytest.fixture(scope="module")
def found():
    return {name: survey(see(name, CPU), gallery(), size=160) for name in ("style-encoder", "detector")}


@pytest.fixture(scope="module")
def maps():
    """Of each network and layer all pictures' maps."""
    return {
        name: [read(see(name, CPU), image, size=160).maps for _, image in gallery()]
        for name in ("style-encoder", "detector")
    }


LAYERS = [("style-encoder", "relu2_1"), ("style-encoder", "relu4_1"), ("detector", "stage4"), ("detector", "logits")]


@pytest.mark.parametrize(("name", "layer"), LAYERS)
def test_the_sums_are_those_of_all_maps_side_by_side(found, maps, name, layer):
    together = np.concatenate([picture[layer].reshape(layers(name)[layer].channels, -1) for picture in maps[name]], 1)
    told = found[name][layer]
    np.testing.assert_allclose(told.mean, together.mean(1), rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(told.deviation, together.std(1), rtol=1e-3, atol=1e-5)
    np.testing.assert_allclose(told.usual, amount(layer, together[:, None])[:, 0].mean(1), rtol=1e-3, atol=1e-6)
    with np.errstate(invalid="ignore", divide="ignore"):
        wanted = np.nan_to_num(np.corrcoef(together.astype(np.float64)))
    wide = {(a, b) for a, b in np.argwhere(np.triu(wanted, 1) > 0.951).tolist()}
    narrow = {(a, b) for a, b, _ in told.duplicates}
    assert narrow <= {(a, b) for a, b in np.argwhere(np.triu(wanted, 1) > 0.949).tolist()}
    active = (together.astype(np.float64) ** 2).sum(1) ** 2 / (together.astype(np.float64) ** 4).sum(1).clip(1e-300)
    assert {(a, b) for a, b in wide if active[a] > 21 and active[b] > 21} <= narrow
    assert all(r == pytest.approx(wanted[a, b], abs=1e-6) for a, b, r in told.duplicates)


@pytest.mark.parametrize(("name", "layer"), LAYERS)
def test_the_best_places_are_the_best_there_are(found, maps, name, layer):
    told = found[name][layer]
    for channel in range(0, layers(name)[layer].channels, 7):
        tops, peak = told.tops[channel], max(float(picture[layer][channel].max()) for picture in maps[name])
        if not tops:
            assert peak == min(float(picture[layer][channel].min()) for picture in maps[name])
            continue
        assert tops[0][3] == pytest.approx(peak)
        assert [top[3] for top in tops] == sorted((top[3] for top in tops), reverse=True)
        assert len(tops) <= 9 and max([top[0] for top in tops].count(picture) for picture in NAMES) <= 2
        assert told.best[channel] <= tops[0][3] + 1e-5


def test_two_best_places_of_one_picture_are_apart(found):
    pictures = dict(gallery())
    layer = layers("style-encoder")["relu4_1"]
    pairs = 0
    for tops in found["style-encoder"]["relu4_1"].tops:
        for a, b in ((a, b) for i, a in enumerate(tops) for b in tops[:i] if a[0] == b[0]):
            w, h = (160 * pixels / max(pictures[a[0]].size) for pixels in pictures[a[0]].size)
            assert max(abs(a[1] - b[1]) * w, abs(a[2] - b[2]) * h) > layer.window - 2
            pairs += 1
    assert pairs > 20


def test_the_order_of_the_pictures_does_not_matter(found):
    told = survey(see("detector", CPU), gallery()[::-1], size=160)
    for layer, one in found["detector"].items():
        assert one.tops == told[layer].tops and one.best == told[layer].best and one.dead == told[layer].dead
        np.testing.assert_allclose(one.deviation, told[layer].deviation, rtol=1e-6)


def planted(x):
    """16 channels at half size: seven noises of the picture, one of them twice, one that is never on, one constant."""
    filters = torch.randn(16, 3, 2, 2, generator=torch.Generator().manual_seed(7))
    maps = functional.conv2d(x - 0.5, filters, stride=2).relu()
    maps[:, 5] = maps[:, 2] * 3 + 0.01 * maps[:, 3]
    maps[:, 11] = 0
    maps[:, 12] = 0.7
    return maps


def test_planted_dead_and_double_channels_are_found():
    pictures = [(str(seed), noise(64, 64, seed)) for seed in range(3)]
    told = survey(network("style-encoder", relu1_1=planted, **silent("relu1_1")), pictures, size=64)["relu1_1"]
    assert told.dead == (11, 12)
    assert told.tops[11] == () == told.tops[12]
    assert [(a, b) for a, b, _ in told.duplicates] == [(2, 5)] and told.duplicates[0][2] > 0.99


def test_channels_that_are_on_at_one_place_only_are_not_called_doubles():
    def sparse(x):
        maps = planted(x)
        maps[:, 5] = 0
        maps[:, 8:10] = 0
        maps[:, 8:10, 3, 3] = 5
        return maps

    told = survey(network("style-encoder", relu1_1=sparse, **silent("relu1_1")), [("one", noise(64, 64))], size=64)
    assert told["relu1_1"].duplicates == () and 8 not in told["relu1_1"].dead


def silent(but):
    """Every other layer of the style encoder, with nothing in it."""
    return {
        layer.name: lambda x, layer=layer: torch.zeros(len(x), layer.channels, 2, 2)
        for layer in layers("style-encoder").values()
        if layer.name != but
    }


def test_correlations_are_numpys():
    values = np.random.default_rng(1).random((6, 400)) + 3
    values[4] = values[1] * -2 + 9
    values[5] = 1.25
    told = correlations(values @ values.T / 400, values.mean(1))
    np.testing.assert_allclose(told[:5, :5], np.corrcoef(values[:5]), atol=1e-9)
    assert not told[5].any()


@pytest.mark.parametrize("places", [1, 3, 6, 50])
def test_the_best_crop_is_found_by_looking_at_every_one(places):
    maps = np.random.default_rng(places).random((4, 9, 13), np.float32)
    h, w = min(places, 9), min(places, 13)
    every = [maps[:, y : y + h, x : x + w].mean((1, 2)) for y in range(10 - h) for x in range(14 - w)]
    np.testing.assert_allclose(best_crop(maps, places), np.max(every, 0), rtol=1e-5)


def test_a_survey_of_nothing_is_refused():
    with pytest.raises(ValueError, match="at least one picture"):
        survey(see("style-encoder", CPU), [])
