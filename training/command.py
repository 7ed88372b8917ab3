"""What the commands that train have in common: their options, and the line they end with."""

import argparse
import hashlib
from pathlib import Path

WEIGHTS = Path("app/algorithms/vision/weights")


def parser(about: str, *, out: str, steps: int, device: bool = True) -> argparse.ArgumentParser:
    """Options of a run: where its file and its checkpoints go, how long it is, and, if it can be chosen, its device."""
    made = argparse.ArgumentParser(description=about)
    made.add_argument("--out", type=Path, default=WEIGHTS / out)
    made.add_argument("--work", type=Path, default=Path("instance/training"), help="checkpoints and the curve")
    made.add_argument("--steps", type=int, default=steps)
    made.add_argument("--stop-after", type=int, help="stop early; the same command without it goes on")
    made.add_argument("--seed", type=int, default=0)
    made.add_argument("--threads", type=int, default=1)
    if device:
        made.add_argument("--device", help="cpu or cuda; without it a GPU where there is one")
    return made


def report(file: Path) -> None:
    """Say what the catalogue wants to know of the file."""
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    print(f"{file}: size {file.stat().st_size}, sha256 {digest}; the catalogue wants both")
