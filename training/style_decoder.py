"""Trains the style decoder: `python -m training.style_decoder --data ../shared/ml --out <file>`.

Idea (Huang and Belongie, 2017, on Johnson et al., 2016): the frozen encoder looks at what the decoder paints and says
how far it is from the content and from the style. Content is compared after normalisation, so that no colour of the
photograph is asked for; style by Gram matrices, as a share of what the photograph itself lacks, and by moments. One
picture of each batch is painted in its own style and must come out as it was: that is what strength 0 promises.
Invariant: a run that was stopped and resumed ends with the same weights as one that was not.
"""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from app.algorithms.vision import devices
from app.algorithms.vision.catalogue import load_style_encoder
from app.algorithms.vision.encoders import Network
from app.algorithms.vision.losses import CONTENT_LAYER, STYLE_LAYERS, total_variation
from app.algorithms.vision.moments import Moments, adain, moments
from app.algorithms.vision.networks.style_decoder import StyleDecoder
from training import checkpoint, pictures
from training.command import parser, report
from training.curve import Curve
from training.schedule import schedule
from training.styles import STYLES, style

CPU = torch.device("cpu")
RATE = 2e-3
CHECKPOINT, SAVE_EVERY = "style_decoder.pt", 200
LOSSES = {"content": 1.0, "gram": 10.0, "moments": 2.0, "same": 10.0, "variation": 2.0}
# Once the content stands, more is asked of the style.
LAST_LOSSES = LOSSES | {"content": 0.2, "gram": 20.0}
LAST_FROM = 0.85
# Deep features keep what is where; the layer below keeps its edges.
CONTENT_LAYERS = ("relu3_1", CONTENT_LAYER)
# The last part of a run sees larger squares, fewer at a time: motifs have room there.
LARGE_FROM = 0.7
DRAWN_SEEDS = (2, 3)  # the bench's own pictures are drawn with seed 1


def train(
    encoder: Network,
    contents: Sequence[np.ndarray],
    styles: Sequence[Sequence[np.ndarray]],
    *,
    steps: int,
    folder: Path,
    decoder: StyleDecoder | None = None,
    device: torch.device = CPU,
    seed: int = 0,
    batch: int = 8,
    side: int = 128,
    stop_after: int | None = None,
) -> StyleDecoder:
    """The decoder after `steps` steps, or `stop_after` if that is less; goes on from the checkpoint in `folder`."""
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    decoder = (decoder or StyleDecoder()).to(device)
    decoder.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    adam = torch.optim.AdamW(decoder.parameters(), lr=RATE, weight_decay=1e-4)
    start, end = _resume(folder / CHECKPOINT, decoder, adam, random), min(steps, stop_after or steps)
    curve = Curve(folder / "style_decoder.csv", list(LOSSES), start, steps)
    for step in range(start + 1, end + 1):
        adam.param_groups[0]["lr"] = RATE * schedule(step, steps)
        large = step > LARGE_FROM * steps
        pair = _batch(contents, styles, max(2, batch // (1 + large)), side * (2 + large) // 2, random)
        weights = LAST_LOSSES if step > LAST_FROM * steps else LOSSES
        curve.write(step, _step(decoder, encoder, adam, weights, *(x.to(device) for x in pair)))
        if step % SAVE_EVERY == 0 or step == end:
            state = {"decoder": decoder.state_dict(), "adam": adam.state_dict(), "step": step}
            checkpoint.save(folder / CHECKPOINT, state, random)
    return decoder


def losses(encoder: Network, decoder: StyleDecoder, content: Tensor, painted: Tensor) -> dict[str, Tensor]:
    """How far the decoder's pictures are from what they should be; the first one's style is its own content's.

    `content` and `painted` are pictures (n, 3, h, w) in 0…1, n at least 2.
    """
    layers = STYLE_LAYERS
    with torch.no_grad():
        before, wanted = encoder(content, layers), encoder(torch.cat([content[:1], painted[1:]]), layers)
        style = moments(wanted, layers)
    with torch.autocast(content.device.type, torch.bfloat16, enabled=_fast(content.device)):
        made = decoder(before, style)
    after = encoder(made, layers)
    targets = {layer: adain(before[layer], style.means[layer], style.deviations[layer]) for layer in CONTENT_LAYERS}
    moved = [_share(after[layer].float(), target.float()).mean() for layer, target in targets.items()]
    return {
        "content": torch.stack(moved).mean(),
        "gram": _gram_loss(after, wanted, before),
        "moments": _moments_loss(moments(after, layers), style),
        "same": (made[:1] - content[:1]).abs().mean(),
        "variation": total_variation(made[1:]),
    }


def export(decoder: StyleDecoder, file: Path) -> None:
    """The decoder as float16 safetensors."""
    file.parent.mkdir(parents=True, exist_ok=True)
    save_file({name: value.half().contiguous().cpu() for name, value in decoder.state_dict().items()}, file)


def _step(
    decoder: StyleDecoder,
    encoder: Network,
    adam: torch.optim.Optimizer,
    weights: Mapping[str, float],
    content: Tensor,
    painted: Tensor,
) -> list[float]:
    parts = losses(encoder, decoder, content, painted)
    adam.zero_grad()
    torch.stack([weight * parts[name] for name, weight in weights.items()]).sum().backward()
    nn.utils.clip_grad_norm_(decoder.parameters(), 1.0)
    adam.step()
    return [parts[name].item() for name in LOSSES]


def _gram_loss(after: Mapping[str, Tensor], wanted: Mapping[str, Tensor], before: Mapping[str, Tensor]) -> Tensor:
    # All but the first picture: its style is its own content's, so there is nothing that it lacks.
    total = torch.zeros((), device=next(iter(after.values())).device)
    for layer in STYLE_LAYERS:
        target = _grams(wanted[layer][1:])
        lack = _share(_grams(before[layer][1:]), target).clamp_min(0.1)
        total = total + (_share(_grams(after[layer][1:]), target) / lack).mean() / len(STYLE_LAYERS)
    return total


def _moments_loss(after: Moments, wanted: Moments) -> Tensor:
    pairs = [(_joined(after, layer), _joined(wanted, layer)) for layer in STYLE_LAYERS]
    return torch.stack([_share(mine, target) for mine, target in pairs]).mean()


def _joined(style: Moments, layer: str) -> Tensor:
    return torch.cat([style.means[layer], style.deviations[layer]], 1)  # (n, 2c)


def _share(x: Tensor, target: Tensor) -> Tensor:
    """Of each picture the squared distance as a share of the target's own power: (n)."""
    return (x - target).square().flatten(1).sum(1) / target.square().flatten(1).sum(1).clamp_min(1e-8)


def _grams(x: Tensor) -> Tensor:
    rows = x.flatten(2)  # (n, c, h · w)
    return (rows @ rows.mT).float() / rows.shape[-1]


def _resume(file: Path, decoder: StyleDecoder, adam: torch.optim.Optimizer, random: np.random.Generator) -> int:
    state = checkpoint.load(file, random)
    if state is None:
        return 0
    decoder.load_state_dict(state["decoder"])
    adam.load_state_dict(state["adam"])
    return int(state["step"])


def _batch(
    contents: Sequence[np.ndarray],
    styles: Sequence[Sequence[np.ndarray]],
    count: int,
    side: int,
    random: np.random.Generator,
) -> list[Tensor]:
    photographs = pictures.crops(contents, count, side, random, noisy=0)
    kinds = random.integers(len(styles), size=count)
    painted = torch.cat([pictures.crops(styles[kind], 1, side, random, noisy=0) for kind in kinds])
    # Few paintings, so every second one is seen in other colours.
    channels = [random.permutation(3) if random.random() < 0.5 else np.arange(3) for _ in range(count)]
    painted = torch.stack([x[torch.from_numpy(order)] for x, order in zip(painted, channels, strict=True)])
    return [x.to(memory_format=torch.channels_last) for x in (photographs, painted)]


def _fast(device: torch.device) -> bool:
    return devices.precision(device) is torch.bfloat16


def main() -> None:
    arguments = _arguments()
    torch.set_num_threads(arguments.threads)
    device = devices.pick(arguments.device)
    contents = pictures.load(pictures.learned(pictures.paths(arguments.data / "photos")))
    paintings = pictures.load(pictures.learned(pictures.paths(arguments.data / "paintings")), 512)
    drawn = [np.asarray(style(name, seed=seed)) for name in STYLES for seed in DRAWN_SEEDS]
    decoder = train(
        load_style_encoder("style-encoder", device),
        contents,
        (paintings, paintings, drawn, contents),
        steps=arguments.steps,
        folder=arguments.work,
        device=device,
        seed=arguments.seed,
        stop_after=arguments.stop_after,
    )
    export(decoder, arguments.out)
    report(arguments.out)


def _arguments() -> argparse.Namespace:
    made = parser("Trains the style decoder.", out="style_decoder.safetensors", steps=1400)
    made.add_argument("--data", type=Path, default=Path("../shared/ml"), help="photos and paintings")
    return made.parse_args()


if __name__ == "__main__":
    main()
