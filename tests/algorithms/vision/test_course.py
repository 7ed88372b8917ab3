"""The course of a run: one pass first, steering, and going on from a state."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import torch
from PIL import Image

from app.algorithms.vision import snapshot
from app.algorithms.vision.catalogue import load_style_encoder
from app.algorithms.vision.course import Course, Stylised
from app.algorithms.vision.losses import STYLE_LAYERS
from app.algorithms.vision.style_transfer import Options, Scene
from app.algorithms.vision.stylise import stylise_once
from tests.algorithms.vision.test_style_transfer import CPU, painted, tiny

SCENE = Scene(painted(1), [(painted(2), 1.0)])
SHORT = Options(size=64, steps=12, start="photograph")
RUNGS = 20  # steps 1 to 11 of SHORT on this smallest size are on several rungs


def course(options: Options, scene: Scene = SCENE) -> Course:
    network = load_style_encoder("style-encoder", CPU) if options.start == "once" else tiny()
    return Course(network, scene, options, CPU)


def run(options: Options, state: bytes | None = None, scene: Scene = SCENE) -> list[Stylised]:
    return list(course(options, scene).run(snapshot.read(state, CPU) if state else None, RUNGS))


def state_at(options: Options, step: int, scene: Scene = SCENE) -> bytes:
    for iterate in course(options, scene).run(smallest=RUNGS):
        if iterate.step == step:
            assert iterate.state
            return iterate.state()
    raise AssertionError(step)


def told(iterates: list[Stylised]) -> list[tuple[int, int, bytes, dict[str, float], float]]:
    return [(each.step, each.size, each.picture.tobytes(), each.losses, each.progress) for each in iterates]


@pytest.mark.parametrize("start", ["photograph", "once"])
@pytest.mark.parametrize("colours", ["painted", "histogram"])
def test_stopping_changes_no_bit(start: str, colours: str) -> None:
    options = replace(SHORT, start=start, colours=colours, steps=24)
    whole = run(options)
    sizes = {iterate.size for iterate in whole}
    assert start == "once" or len(sizes) > 2
    for step in [
        each.step for each in whole if 0 < each.step < each.of
    ]:  # the last of a rung, and its first, among them
        assert told(run(options, state_at(options, step))) == told(whole[-(whole[-1].of - step) :])


def test_stopping_twice_changes_no_bit() -> None:
    whole = run(SHORT)
    once = state_at(SHORT, 3)
    on = Course(tiny(), SCENE, SHORT, CPU).run(snapshot.read(once, CPU), RUNGS)
    again = next(iterate.state() for iterate in on if iterate.step == 8 and iterate.state)
    assert told(run(SHORT, again)) == told(whole[8:])


def test_a_steered_run_is_still_steered_after_a_pause() -> None:
    wild = replace(SHORT, strength=1.0, layers=(0.0, 1.0, 2.0, 1.0, 1.0), smoothness=0.0)

    def steered() -> tuple[list[Stylised], bytes]:
        iterates = course(SHORT).run(smallest=RUNGS)
        seen = [next(iterates) for _ in range(4)]
        seen += [iterates.send(wild)]
        state = seen[-1].state
        assert state
        kept = state()
        return seen + list(iterates), kept

    whole, state = steered()
    assert whole[4].options == wild
    assert whole[3].options == SHORT
    assert told(run(SHORT, state)) == told(whole[5:])  # as the run was asked for
    assert run(replace(SHORT, strength=0.0), state)[0].options.strength == 0.0  # as another one is
    assert told(whole)[4:] != told(run(SHORT))[4:]


def test_only_what_is_live_can_be_steered() -> None:
    iterates = course(SHORT).run(smallest=RUNGS)
    next(iterates)
    assert iterates.send(replace(SHORT, goal="style", strength=0.9)).options == replace(SHORT, strength=0.9)


@pytest.mark.parametrize(
    "changed", [{"size": 48}, {"steps": 90}, {"seed": 3}, {"content_layer": "relu2_1"}, {"goal": "style"}]
)
def test_with_other_options_it_goes_on_from_the_picture(changed: dict[str, object]) -> None:
    other = replace(SHORT, **changed)  # type: ignore[arg-type]
    made = run(other, state_at(SHORT, 8))
    assert len(made) == max(20, other.steps // 3) == made[-1].of
    assert {iterate.size for iterate in made} == {other.size}


def test_a_finished_run_goes_on_from_its_picture_gently() -> None:
    first = run(SHORT)
    state = first[-1].state
    assert state
    more = run(SHORT, state())
    assert len(more) == 20
    assert more[-1].losses["total"] < more[0].losses["total"] < 1.5 * first[-1].losses["total"]
    paused = next(iterate.state() for iterate in course(SHORT).run(snapshot.read(state(), CPU), RUNGS) if iterate.state)
    assert told(run(SHORT, paused)) == told(more[1:])  # and it can be stopped as well


def test_another_photograph_may_go_on_too() -> None:
    other = Scene(painted(5, 40, 60), SCENE.styles)
    made = run(SHORT, state_at(SHORT, 8), other)
    assert made[-1].picture.size == (43, 64)


@pytest.mark.parametrize("data", [b"", b"nothing", bytes(64)])
def test_what_is_no_state_is_a_sentence(data: bytes) -> None:
    with pytest.raises(ValueError, match="This is no state of a run that can go on"):
        snapshot.read(data, CPU)


def test_lbfgs_goes_on_with_a_new_history() -> None:
    options = replace(SHORT, optimiser="lbfgs")
    whole, on = run(options), run(options, state_at(options, 5))
    assert [each.step for each in on] == [each.step for each in whole[5:]]
    assert on[0].losses == whole[5].losses  # of the same picture


def test_one_pass_comes_first_at_full_size_with_its_losses() -> None:
    options = Options(size=64, steps=30)
    first, *others = run(options)
    assert first.once
    assert (first.step, first.size, first.progress) == (0, 64, 0.0)
    assert first.picture.tobytes() == stylise_once(painted(1), painted(2), size=64, device="cpu").tobytes()
    assert first.losses == first.once.losses
    assert set(first.losses) == {*STYLE_LAYERS, "style", "content", "smoothness", "total"}
    assert [each.step for each in others] == list(range(1, 31))


def test_one_pass_is_refined_in_place_from_coarse_to_fine() -> None:
    first, *others = run(Options(size=96, steps=60))
    assert {each.picture.size for each in others} == {first.picture.size}
    assert others[0].size < others[-1].size == 96
    early, late = (
        np.abs(np.subtract(*(np.asarray(each.picture, float) for each in pair))).mean()
        for pair in ((first, others[0]), (first, others[-1]))
    )
    assert early < 3 < late  # grey levels
    assert others[-1].losses["total"] < 0.7 * first.losses["total"]


@pytest.mark.parametrize("changed", [{"goal": "style"}, {"goal": "content"}, {"network": "random"}])
def test_one_pass_is_no_start_of_half_a_goal_or_of_another_network(changed: dict[str, str]) -> None:
    made = list(Course(tiny(), SCENE, Options(size=64, steps=4, **changed), CPU).run())  # type: ignore[arg-type]
    assert [each.step for each in made] == [1, 2, 3, 4]
    assert not any(each.once for each in made)


OPENINGS = [
    (start, goal) for start in ("photograph", "noise", "style", "once") for goal in ("both", "content", "style")
]
NOTHING_LEFT = [("photograph", "content"), ("style", "style")]  # begins with what it wants


@pytest.mark.parametrize("optimiser", ["adam", "lbfgs"])
@pytest.mark.parametrize(("start", "goal"), [each for each in OPENINGS if each not in NOTHING_LEFT])
def test_the_loss_falls_on_every_rung(optimiser: str, goal: str, start: str) -> None:
    """In trend: the last third of a rung's steps has a lower loss than the first, and none is far above its beginning.

    Adam's step is as long in every pixel, however flat the loss is there, so single steps may rise: the first one from
    a photograph, which has all of its content, by a fifth; and one from a style picture up to what a photograph has of
    style, ten. Half as much again is more than any does, and far less than a run that goes astray.
    """
    options = Options(size=96, steps=60, optimiser=optimiser, goal=goal, start=start)
    network = load_style_encoder("style-encoder", CPU)
    iterates = [each for each in Course(network, SCENE, options, CPU).run(smallest=48) if each.step]
    assert len({each.size for each in iterates}) == 3
    for size in {each.size for each in iterates}:
        totals = [each.losses["total"] for each in iterates if each.size == size]
        third = len(totals) // 3
        assert np.mean(totals[-third:]) < np.mean(totals[:third])
        assert max(totals) <= 1.5 * max(totals[0], 10.0 if start == "style" else 0.0)


def test_what_is_painted_over_stays_the_photograph() -> None:
    mask = Image.new("L", (60, 40), "black")
    mask.paste(255, (0, 0, 30, 40))
    for start in ("once", "photograph"):
        made = run(Options(size=60, steps=20, start=start), scene=replace(SCENE, mask=mask))
        result, photograph = (np.asarray(picture, float) for picture in (made[-1].picture, painted(1)))
        assert np.abs(result[:, :28] - photograph[:, :28]).max() == 0
        assert np.abs(result[:, 32:] - photograph[:, 32:]).mean() > 2


def test_each_region_comes_nearer_to_its_own_style() -> None:
    red, blue = Image.new("RGB", (32, 32), (200, 40, 30)), Image.new("RGB", (32, 32), (30, 40, 200))
    mask = Image.new("L", (60, 40), "black")
    mask.paste(255, (0, 0, 30, 40))
    scene = Scene(painted(1), [(red, 1.0)], [(blue, 1.0)], mask)
    for start in ("once", "photograph"):
        made = np.asarray(run(Options(size=60, steps=40, strength=0.9, start=start), scene=scene)[-1].picture, float)
        inside, outside = made[:, :26].mean((0, 1)), made[:, 34:].mean((0, 1))
        assert (inside[2] - inside[0]) - (outside[2] - outside[0]) > 60


@pytest.mark.parametrize("shade", ["white", "black"])
def test_a_mask_of_one_shade_is_no_region(shade: str) -> None:
    mask = Image.new("L", (60, 40), shade)
    made = run(replace(SHORT, steps=4), scene=replace(SCENE, mask=mask))[-1]
    assert all(np.isfinite(loss) for loss in made.losses.values())
    whole = run(replace(SHORT, steps=4))[-1]
    same = made.picture.tobytes() == whole.picture.tobytes()
    assert same == (shade == "black")


def test_colours_are_kept_and_the_painted_ones_shown_apart() -> None:
    painted_one, kept = (run(replace(SHORT, colours=kind))[-1] for kind in ("painted", "luminance"))
    assert kept.painted.tobytes() == painted_one.picture.tobytes() != kept.picture.tobytes()


def test_seconds_never_fall() -> None:
    assert all(one.seconds <= other.seconds for one, other in pairwise(run(Options(size=64, steps=30))))


def test_a_style_of_numbers_alone_is_no_start() -> None:
    from app.algorithms.vision.styles import load

    with pytest.raises(ValueError, match="no picture to start with"):
        run(replace(SHORT, start="style"), scene=Scene(painted(1), [(load("udnie"), 1.0)]))


def test_the_state_holds_no_graph() -> None:
    assert not snapshot.read(state_at(SHORT, 2), CPU).x.requires_grad
    assert torch.is_grad_enabled()
