"""The pool of half-way pictures: made once, of the promised shape, moving towards the style."""

import numpy as np

from app.algorithms.vision.networks.style_encoder import Vgg
from training import pool
from training.teacher import LAYERS


def test_pool_is_made_once_and_moves(tmp_path):
    random = np.random.default_rng(0)
    photographs, paintings = ([random.integers(0, 256, (100, 100, 3), dtype=np.uint8)] for _ in range(2))
    encoder = Vgg((2, 3, 4, 4, 4)).requires_grad_(False)

    def make():
        return pool.make(
            lambda x: encoder(x, LAYERS), photographs, paintings, batches=1, seed=0, side=32, steps=4, keep_every=2
        )

    made = pool.cached(tmp_path / "new" / "pool.npy", make)
    assert (made.shape, made.dtype) == ((16, 32, 32, 3), np.uint8)
    assert not np.array_equal(made[:8], made[8:])
    assert np.array_equal(pool.cached(tmp_path / "new" / "pool.npy", lambda: np.zeros(1)), made)
