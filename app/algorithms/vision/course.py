"""The course of one style transfer: how it begins, what each step is shown as, how it is steered and where it goes on.

Invariant: what is not shown is not lost: an iterate's state has the steering in it too.
"""

import hashlib
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import torch
from PIL import Image
from torch import Tensor

from app.algorithms.vision.catalogue import STYLE_ENCODER
from app.algorithms.vision.colours import Colours
from app.algorithms.vision.descent import Iterate, descend, numbers
from app.algorithms.vision.detail import Detail
from app.algorithms.vision.encoders import Network
from app.algorithms.vision.images import fit
from app.algorithms.vision.ladder import SMALLEST, Rungs, gentle, ladder, usual
from app.algorithms.vision.objective import Transfer, transfer
from app.algorithms.vision.opening import begin, noisy, one_pass
from app.algorithms.vision.options import EVEN, Options
from app.algorithms.vision.patch import Patch
from app.algorithms.vision.pixels import resized, tensor
from app.algorithms.vision.scene import Scene
from app.algorithms.vision.snapshot import Snapshot

# A run that goes on from a finished picture takes a third of its steps again, all at full size.
FEWEST, AGAIN = 20, 3


@dataclass(frozen=True)
class Once:
    """What one pass made of the scene, how far that is from what the optimisation wants, and how long it took."""

    picture: Image.Image
    losses: dict[str, float]
    seconds: float


@dataclass(frozen=True)
class Stylised(Iterate):
    """An iterate in the colours asked for. `painted` has its own; `options` are those in force when it was made."""

    painted: Image.Image = field(kw_only=True)
    once: Once | None = field(kw_only=True)
    options: Options = field(kw_only=True)


Run = Generator[Stylised, Options | None, None]


class Course:
    """One run on a network; `options` may be steered while it lasts."""

    def __init__(self, network: Network, scene: Scene, options: Options, device: torch.device) -> None:
        self.network, self.scene, self.device = network, scene, device
        self.begun = self.given = self.options = options
        self.gentle = False  # a picture that is painted already is changed so
        self.colours = Colours(scene.content, options.colours)
        self.patch = Patch(scene.content, scene.mask) if scene.mask and not scene.inside else None
        self.kept: dict[int, Transfer] = {}

    def run(self, saved: Snapshot | None = None, smallest: int = SMALLEST) -> Run:
        """The iterates, from the start or from where an earlier run was saved."""
        same = self._taken_up(saved) if saved else None
        once = self._once() if self._begins_with_one_pass else None
        if once and not saved:
            self._steer((yield self._shown(self._zeroth(once), once)))
        rungs = same.rungs if same else self._rungs(saved, smallest)
        self.gentle = same.about["gentle"] if same else bool(once or saved)
        detail = Detail(once.picture, self.device) if once else None
        iterates = descend(
            rungs,
            saved.x if saved else self._first(once, rungs[0][0]),
            self._objective,
            optimiser=self.given.optimiser,
            rate=gentle if self.gentle else usual,
            enlarge=detail.enlarge if detail else resized,
            full=detail.shape if detail else None,
            snapshot=same,
            about=self._about,
            seconds=once.seconds if once else 0.0,
        )
        for iterate in iterates:
            self._steer((yield self._shown(iterate, once)))

    def _taken_up(self, saved: Snapshot) -> Snapshot | None:
        """The snapshot if it is of this very run and there are steps left, with the steering it had; or else none."""
        if saved.finished or saved.about["run"] != self._identity:
            return None
        self.begun = self._with_live(saved.about["begun"])
        if saved.about["given"] == list(self.given.live):
            self.options = self._with_live(saved.about["now"])
        return saved

    @property
    def _begins_with_one_pass(self) -> bool:
        # One pass is the style encoder's own answer: another network's run that began with it would show little else.
        return (self.given.start, self.given.goal, self.given.network) == ("once", "both", STYLE_ENCODER.name)

    def _rungs(self, saved: Snapshot | None, smallest: int) -> Rungs:
        size, steps = self.given.size, self.given.steps
        if saved:
            return [(size, max(FEWEST, steps // AGAIN))]
        return ladder(size, steps, smallest)

    def _once(self) -> Once:
        began = time.perf_counter()
        made = one_pass(self.scene, self.begun, self.device)
        seconds = time.perf_counter() - began
        with torch.no_grad():
            losses = self._objective(self.given.size).losses(tensor(made, self.device))
        return Once(made, numbers(losses), seconds)

    def _zeroth(self, once: Once) -> Iterate:
        return Iterate(0, self.given.steps, self.given.size, once.picture, once.losses, 0.0, once.seconds)

    def _first(self, once: Once | None, size: int) -> Tensor:
        if not once:
            return begin(self.scene, self.given, size, self.device)
        return noisy(fit(once.picture, size), self.given.seed, self.device)

    def _objective(self, size: int) -> Transfer:
        if size not in self.kept:
            # Full size is kept, since one pass is measured by it first of all; of the others the one in use.
            self.kept = {whole: made for whole, made in self.kept.items() if whole == self.given.size}
            self.kept[size] = transfer(self.network, self.scene, size, lambda: self.options, self.device)
        return self.kept[size]

    def _shown(self, iterate: Iterate, once: Once | None) -> Stylised:
        painted = self.patch.over(iterate.picture) if self.patch else iterate.picture
        result = self.colours.given_to(painted)
        told = {name: value for name, value in vars(iterate).items() if name != "picture"}
        return Stylised(picture=result, painted=painted, once=once, options=self.options, **told)

    def _steer(self, changed: Options | None) -> None:
        if changed:
            self.options = self._with_live(changed.live)

    def _with_live(self, live: Sequence[float]) -> Options:
        strength, smoothness, *layers = live
        return replace(self.given, strength=strength, smoothness=smoothness, layers=tuple(layers))

    def _about(self) -> dict[str, Any]:
        live = {"begun": self.begun.live, "given": self.given.live, "now": self.options.live}
        return {"run": self._identity, "gentle": self.gentle, **live}

    @cached_property
    def _identity(self) -> str:
        """A hash that two runs share only if the same comes of both, their steering aside."""
        fixed = replace(self.given, strength=0.5, smoothness=1.0, layers=EVEN)
        return hashlib.sha256(f"{fixed} {self.scene.identity}".encode()).hexdigest()
