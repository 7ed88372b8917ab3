"""Small runs of the bench, on one thread, so that bits agree."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import torch

from app.demos.base import Update
from app.demos.feature_maps import run as bench
from app.demos.feature_maps.demo import DEMO

Run = Callable[..., list[Update]]
QUICK = {"channel": "detector/stage2/4", "size": "128", "steps": "10"}


@pytest.fixture(scope="module", autouse=True)
def one_thread_from_the_start() -> Iterator[None]:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture
def ran() -> Run:
    """The updates of a quick run with these inputs."""

    def updates(**given: str) -> list[Update]:
        return list(bench.run(DEMO.parse(QUICK | given)))

    return updates
