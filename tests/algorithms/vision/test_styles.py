"""Statistics without pictures: what is stored comes back, and serves as well as the picture it was counted from."""

import pytest
import torch

from app.algorithms.vision.images import fit
from app.algorithms.vision.losses import STYLE_LAYERS, gram
from app.algorithms.vision.moments import moments
from app.algorithms.vision.paintings import PAINTINGS
from app.algorithms.vision.pixels import tensor
from app.algorithms.vision.style_transfer import Options, stylise
from app.algorithms.vision.styles import SIZES, Style, load, measure, read, write
from tests.algorithms.vision.test_style_transfer import CPU, painted, run, tiny

ROUNDING = 2.0**-10  # of float16, with room for the scale's


@pytest.fixture(scope="module")
def network():
    return tiny()


@pytest.fixture(scope="module")
def stored(network, tmp_path_factory) -> Style:
    """The second of two styles, through a file."""
    file = tmp_path_factory.mktemp("styles") / "styles.safetensors"
    write([measure(network, painted(seed), f"noise-{seed}", (32, 64)) for seed in (4, 5)], file)
    return read(file, "noise-5")


def test_the_file_gives_what_the_picture_gives(network, stored):
    for size in stored.sizes:
        features = network(tensor(fit(painted(5), size), CPU), STYLE_LAYERS)
        counted = moments(features, STYLE_LAYERS)
        for layer in STYLE_LAYERS:
            expected = gram(features[layer])
            assert (stored.grams(size)[layer] - expected).abs().max() <= ROUNDING * expected.abs().max()
            for kept, own in zip(
                (stored.moments(size).means, stored.moments(size).deviations),
                (counted.means, counted.deviations),
                strict=True,
            ):
                torch.testing.assert_close(kept[layer], own[layer][0], rtol=ROUNDING, atol=1e-6)


def test_numbers_far_beyond_float16_are_stored(tmp_path):
    huge = measure(
        lambda x, layers: {name: f * 1e4 for name, f in tiny()(x, layers).items()}, painted(1), "huge", (32,)
    )
    assert max(matrix.max() for matrix in huge.all_grams.values()) > torch.finfo(torch.half).max
    write([huge], tmp_path / "file")
    for layer, matrix in read(tmp_path / "file", "huge").grams(32).items():
        torch.testing.assert_close(matrix, huge.grams(32)[layer], rtol=ROUNDING, atol=ROUNDING * float(matrix.max()))


def test_between_two_sizes_lies_their_mean_in_octaves(network):
    style = measure(network, painted(3), "noise", (32, 128))
    for layer in STYLE_LAYERS:
        small, middle, large = (style.grams(size)[layer] for size in (32, 64, 128))
        assert torch.equal(small, style.all_grams[layer][0])
        assert torch.equal(large, style.all_grams[layer][1])
        torch.testing.assert_close(middle, (small + large) / 2)
        means = [style.moments(size).means[layer] for size in (32, 64, 128)]
        torch.testing.assert_close(means[1], (means[0] + means[2]) / 2)


def test_beyond_the_stored_sizes_the_nearest_is_taken(stored):
    for layer in STYLE_LAYERS:
        assert torch.equal(stored.grams(8)[layer], stored.grams(32)[layer])
        assert torch.equal(stored.grams(2000)[layer], stored.grams(64)[layer])


def test_the_same_styles_give_the_same_file(network, tmp_path):
    style = measure(network, painted(3), "noise", (32,))
    for name in ("one", "other"):
        write([style], tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


def test_statistics_pull_as_their_picture_does(network):
    sizes = (34, 48)  # the rungs of this ladder
    style = measure(network, painted(2), "noise", sizes)
    options = {"size": 48, "steps": 30, "strength": 0.7, "smallest": 32}
    by_picture, by_numbers = (run(network, painted(1), each, **options) for each in (painted(2), style))
    assert {iterate.size for iterate in by_picture} == set(sizes)
    for one, other in zip(by_picture, by_numbers, strict=True):
        assert other.losses == pytest.approx(one.losses, rel=1e-3)


@pytest.mark.parametrize("name", PAINTINGS)
def test_every_listed_painting_ships(name):
    style = load(name)
    assert style.sizes == SIZES
    for size in SIZES:
        for layer, matrix in style.grams(size).items():
            means, deviations = (part[layer] for part in (style.moments(size).means, style.moments(size).deviations))
            assert matrix.shape == (len(means), len(means))
            assert torch.linalg.eigvalsh(matrix.double()).min() > -ROUNDING * matrix.max()
            # The mean square is the diagonal, and it is also the squared mean and the squared deviation.
            square = means.square() + deviations.square()
            torch.testing.assert_close(matrix.diagonal(), square, rtol=0.01, atol=ROUNDING * float(matrix.max()))


def test_a_painting_is_taken_on_by_the_shipped_encoder():
    iterates = list(stylise(painted(1), load("starry-night"), Options(size=64, steps=20, start="photograph")))
    assert iterates[-1].losses["style"] < 0.8 * iterates[0].losses["style"]


def test_paintings_differ_more_than_their_sizes_do():
    one, other = load("starry-night"), load("udnie")
    for layer in STYLE_LAYERS:
        near, far = one.grams(256)[layer] - one.grams(512)[layer], one.grams(512)[layer] - other.grams(512)[layer]
        assert near.norm() < far.norm()


def test_another_style_is_a_sentence():
    with pytest.raises(ValueError, match="There is no style “mona-lisa”; there are starry-night, wheat-field"):
        load("mona-lisa")


def test_another_networks_statistics_are_a_sentence():
    with pytest.raises(
        ValueError, match="This style's statistics are those of style-encoder; vgg19 has other features"
    ):
        stylise(painted(1), load("udnie"), Options(network="vgg19"))
