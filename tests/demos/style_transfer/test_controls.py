"""Every control changes the result: two settings of each input give two pictures, whatever else stays."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from app import demos
from app.demos.kinds import Upload
from app.demos.style_transfer import run as style_run

# What all runs have where nothing else is said: as small and short as the inputs allow.
SMALL = {"content": "cat", "style": "woodcut", "size": "256", "steps": "20", "start": "photograph"}
MIX = {"style_2": "swirls", "style_3": "mosaic"}


def drawn(side: str) -> Upload:
    """A mask whose left or right half is white, as a form would bring it."""
    mask, file = Image.new("L", (64, 48), "black"), io.BytesIO()
    mask.paste(255, (0, 0, 32, 48) if side == "left" else (32, 0, 64, 48))
    mask.save(file, "PNG")
    return _File(file.getvalue())


class _File(io.BytesIO):
    filename = "mask.png"


# An input's two settings, and what else must be said for it to matter.
CASES: dict[str, tuple[Any, Any, dict[str, Any]]] = {
    "content": ("cat", "dahlia", {}),
    "style": ("woodcut", "swirls", {}),
    "strength": ("0.2", "0.8", {}),
    "size": ("256", "384", {}),
    "steps": ("20", "30", {}),
    "content_layer": ("relu4_1", "relu1_1", {}),
    **{f"layer_{number}": ("1", "0", {}) for number in range(1, 6)},
    "scale": ("1", "0.5", {}),
    "smoothness": ("1", "4", {}),
    "pooling": ("average", "max", {}),
    "colours": ("painted", "histogram", {}),
    "style_2": (None, "swirls", {}),
    "style_3": (None, "mosaic", {}),
    **{f"weight_{number}": ("1", "0.1", MIX) for number in range(1, 4)},
    "mask": (None, drawn("left"), {"style_2": "swirls"}),
    "goal": ("both", "style", {}),
    "start": ("once", "photograph", {}),
    "optimiser": ("adam", "lbfgs", {}),
    "network": ("trained", "random", {}),
    "seed": ("0", "1", {}),
}
# Further settings of the same inputs, each of which must differ from the first.
MORE = [
    ("colours", "luminance", {}),
    ("mask", drawn("left"), {}),  # without a second style it stays the photograph
    ("mask", drawn("right"), {"style_2": "swirls"}),
    ("goal", "content", {"start": "noise"}),
    ("start", "noise", {}),
    ("start", "style", {}),
    ("network", "residual", {}),
    ("network", "smoothed", {}),
    ("style", "starry-night", {}),
    ("weight_2", "0", {**MIX, "style": "starry-night"}),  # numbers and pictures in one mix
]


def made(given: dict[str, Any]) -> bytes:
    """The pixels that the inputs end with."""
    all_given = {name: value for name, value in (SMALL | given).items() if value is not None}
    texts = {name: value for name, value in all_given.items() if isinstance(value, str)}
    files = {name: value for name, value in all_given.items() if not isinstance(value, str)}
    for file in files.values():
        file.seek(0)
    *_, last = style_run.run(demos.get("style-transfer").parse(texts, files))
    picture = last.pictures["result"]
    return repr(picture.size).encode() + picture.tobytes()


def test_every_input_has_a_case() -> None:
    assert set(CASES) == {field.name for field in demos.get("style-transfer").fields}


@pytest.mark.parametrize("name", CASES)
def test_two_settings_give_two_pictures(name: str) -> None:
    one, other, around = CASES[name]
    assert made(around | {name: one}) != made(around | {name: other})


@pytest.mark.parametrize(("name", "value", "around"), MORE, ids=lambda value: value if isinstance(value, str) else "")
def test_every_other_setting_gives_another_picture(name: str, value: Any, around: dict[str, Any]) -> None:
    assert made(around | {name: CASES[name][0]}) != made(around | {name: value})


def test_the_same_inputs_give_the_same_picture() -> None:
    """Or else no difference above would mean anything."""
    given = {"start": "once", "style_2": "starry-night", "mask": drawn("left"), "colours": "histogram"}
    assert made(given) == made(given)
