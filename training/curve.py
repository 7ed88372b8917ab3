"""The log of a training run: a row of a CSV file and a line on the terminal every few steps."""

import time
from collections.abc import Sequence
from pathlib import Path


class Curve:
    """Mean losses of the steps since the row before; a resumed run goes on where its checkpoint was."""

    EVERY = 25

    def __init__(self, file: Path, names: Sequence[str], start: int, steps: int) -> None:
        self.file, self.start, self.steps, self.began = file, start, steps, time.monotonic()
        self.sums = [0.0] * len(names)
        rows = file.read_text().splitlines()[1:] if start else []
        kept = [row for row in rows if int(row.split(",")[0]) <= start]
        self.before = float(kept[-1].split(",")[1]) if kept else 0.0
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join([",".join(["step", "seconds", *names]), *kept, ""]))

    def write(self, step: int, losses: Sequence[float]) -> None:
        self.sums = [total + loss for total, loss in zip(self.sums, losses, strict=True)]
        if step % self.EVERY:
            return
        seconds = time.monotonic() - self.began
        row = [f"{total / self.EVERY:.4f}" for total in self.sums]
        with self.file.open("a") as log:
            log.write(",".join([str(step), f"{self.before + seconds:.0f}", *row]) + "\n")
        left = seconds / (step - self.start) * (self.steps - step) / 60
        print(f"{step:6}/{self.steps}  {' '.join(row)}  {left:.0f} min left", flush=True)
        self.sums = [0.0] * len(self.sums)
