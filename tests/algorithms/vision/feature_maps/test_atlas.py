"""The atlas: components by another algorithm, cells evenly filled, vectors that are means, places that are typical."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.algorithms.vision.feature_maps.atlas import atlas, principal, ranked
from app.algorithms.vision.feature_maps.excitation import read
from app.algorithms.vision.feature_maps.seen import see
from tests.algorithms.vision.feature_maps.opened import CPU, network

EXAMPLES = Path(__file__).parents[4] / "app" / "demos" / "style_transfer" / "examples"


def gallery():
    names = ("astronaut", "cat", "coffee", "dahlia")
    return [(name, Image.open(EXAMPLES / f"{name}.webp").convert("RGB")) for name in names]


def test_components_are_the_eigenvectors_of_the_covariance():
    vectors = np.random.default_rng(4).standard_normal((500, 12)) * np.linspace(3, 0.2, 12)
    coordinates, explained = principal(vectors)
    values, directions = np.linalg.eigh(np.cov(vectors.T))
    assert explained == pytest.approx((values[-1] / values.sum(), values[-2] / values.sum()))
    for axis in (0, 1):
        wanted = (vectors - vectors.mean(0)) @ directions[:, -1 - axis]
        cosine = coordinates[:, axis] @ wanted / np.linalg.norm(wanted) / np.linalg.norm(coordinates[:, axis])
        assert abs(cosine) == pytest.approx(1)


def test_a_components_sign_does_not_depend_on_the_order():
    vectors = np.random.default_rng(4).standard_normal((50, 5))
    order = np.random.default_rng(5).permutation(50)
    np.testing.assert_allclose(principal(vectors[order])[0], principal(vectors)[0][order], atol=1e-9)


def test_ranks_fill_cells_evenly_and_keep_the_order():
    values = np.random.default_rng(6).standard_normal(1003) ** 3
    cells = ranked(values, 8)
    assert np.ptp(np.bincount(cells, minlength=8)) <= 1
    assert (np.diff(cells[values.argsort()]) >= 0).all()


@pytest.fixture(scope="module")
def made():
    return atlas(see("style-encoder", CPU), gallery(), "relu4_1", samples=100, size=160)


def test_every_place_is_in_one_cell_of_each_grid(made):
    assert set(made.grids) == {8, 16}
    for cells, grid in made.grids.items():
        assert sum(cell.count for cell in grid) == 400
        assert len({(cell.column, cell.row) for cell in grid}) == len(grid)
        for axis in ("column", "row"):
            counts = np.bincount([getattr(cell, axis) for cell in grid], [cell.count for cell in grid], cells)
            assert np.ptp(counts) <= 1
    assert 0 < made.explained[1] <= made.explained[0] < 1


def test_vectors_are_means_of_what_was_drawn(made):
    means = [sum(cell.count * np.array(cell.vector) for cell in grid) / 400 for grid in made.grids.values()]
    np.testing.assert_allclose(means[0], means[1], rtol=1e-9)
    maps = [read(see("style-encoder", CPU), image, size=160).maps["relu4_1"] for _, image in gallery()]
    every = np.mean([one.mean((1, 2)) for one in maps], 0)
    assert np.corrcoef(means[0], every)[0, 1] > 0.9


def test_an_example_is_more_like_its_own_cell_than_like_most_others(made):
    pictures = dict(gallery())
    readings = {name: read(see("style-encoder", CPU), image, size=160) for name, image in pictures.items()}
    vectors = np.array([cell.vector for cell in made.grids[8]])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    ranks = []
    for number, cell in enumerate(made.grids[8]):
        assert 1 <= len(cell.where) <= min(3, cell.count)
        picture, x, y = cell.where[0]
        maps = readings[picture].maps["relu4_1"]
        likeness = vectors @ maps[:, min(maps.shape[1] - 1, int(y * maps.shape[1])), int(x * maps.shape[2])]
        ranks.append((likeness > likeness[number]).mean())
    assert np.median(ranks) < 0.1


def test_the_same_seed_gives_the_same_atlas_and_another_another():
    seen, some = see("detector", CPU), gallery()[:2]
    first, second, other = (
        atlas(seen, some, "stage3", grids=(4,), samples=40, size=96, seed=seed) for seed in (1, 1, 2)
    )
    assert first == second and first != other


def test_colours_are_laid_out_by_brightness_first():
    greys = [(str(grey), Image.new("RGB", (32, 32), (grey, grey, grey))) for grey in range(0, 256, 16)]
    made = atlas(network("style-encoder", relu1_1=lambda x: x), greys, "relu1_1", grids=(4,), samples=10, size=32)
    assert made.explained[0] == pytest.approx(1)
    by_column = {}
    for cell in made.grids[4]:
        by_column.setdefault(cell.column, []).append(cell.vector[0])
    assert [np.mean(by_column[column]) for column in range(4)] == sorted(np.mean(by_column[c]) for c in range(4))


@pytest.mark.parametrize(
    ("pictures", "layer", "says"), [(1, "relu9_9", "no layer relu9_9"), (0, "relu1_1", "three places")]
)
def test_what_cannot_be_laid_out_is_refused(pictures, layer, says):
    with pytest.raises(ValueError, match=says):
        atlas(see("style-encoder", CPU), gallery()[:pictures], layer, size=64)
