"""Every combination of five switches of a method, drawn for three channels: what each switch does, beside all others.

Combination k has switch i on where bit i of k is set; its drawing is tile k.
"""

from __future__ import annotations

from typing import Any

from app.algorithms.vision.feature_maps.ascent import Iterate, maximise
from app.algorithms.vision.feature_maps.layers import Address, address
from app.algorithms.vision.feature_maps.objectives import Channel
from app.algorithms.vision.feature_maps.seen import Seen
from app.demos.feature_maps import sheets, tiles
from app.demos.feature_maps.channel import title
from app.demos.feature_maps.schedule import own

FOLDER = sheets.HERE / "switches"
CHANNELS = ("style-encoder/relu3_1/5", "style-encoder/relu5_1/1", "detector/level3/6")
SWITCHES = {
    "grow": "Grow",
    "blur": "Blur",
    "fourier": "Fourier",
    "decorrelate": "Decorrelate colours",
    "jitter": "Jitter",
}
SIZE, STEPS, SEED = 128, 96, 0
TILE, COLUMNS = 96, 8
BYTES = 1300  # of a drawing, about


def make(seen: Seen, text: str) -> int:
    """Write the drawings of a channel by every combination; how many bytes they take."""
    channel = address(text)
    ends = [_end(seen, channel, number) for number in range(2 ** len(SWITCHES))]
    file = FOLDER / f"{text.replace('/', '-')}.json"
    page = tiles.page([end.pictures[0] for end in ends], TILE, COLUMNS)
    size = tiles.write(file.with_suffix(".webp"), page, BYTES * len(ends))
    return size + tiles.tell(file, _told(channel, ends))


def _end(seen: Seen, channel: Address, number: int) -> Iterate:
    """What an ascent with this combination comes to."""
    how = own({switch: bool(number >> bit & 1) for bit, switch in enumerate(SWITCHES)})
    objective = Channel(channel.layer, channel.channel)
    *_, last = maximise(objective, network=seen, size=SIZE, steps=STEPS, method=how, seed=SEED)
    return last


def _told(channel: Address, ends: list[Iterate]) -> dict[str, Any]:
    sheet = sheets.find(channel.network, channel.layer)
    return {
        "channel": str(channel),
        "title": title(channel),
        "tile": TILE,
        "columns": COLUMNS,
        "switches": list(SWITCHES),
        "labels": list(SWITCHES.values()),
        "activation": tiles.short(end.activation for end in ends),
        "best": sheet.about["best"][channel.channel] if sheet else None,
    }
