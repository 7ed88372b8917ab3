"""Where a network runs: the processor or a GPU, in which precision, on how many threads."""

import os
from pathlib import Path

import torch

CPU_FLAGS = Path("/proc/cpuinfo")
CPU_QUOTA = Path("/sys/fs/cgroup/cpu.max")


def pick(device: str | None = None) -> torch.device:
    """The device asked for, or a GPU where there is one, or the processor; ValueError where it cannot be had."""
    if device is None:
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    try:
        picked = torch.device(device)
    except RuntimeError:
        raise ValueError(f"“{device}” is no device; write cpu or cuda.") from None
    if picked.type not in ("cpu", "cuda"):
        raise ValueError(f"“{device}” is no device; write cpu or cuda.")
    if picked.type == "cuda" and not torch.cuda.is_available():
        raise ValueError("This server has no GPU that PyTorch can use.")
    return picked


def precision(device: torch.device) -> torch.dtype:
    """bfloat16 where the hardware multiplies it, at twice the speed here; float32 elsewhere, where it would crawl."""
    if device.type == "cuda":
        return torch.bfloat16 if torch.cuda.is_bf16_supported(including_emulation=False) else torch.float32
    flags = CPU_FLAGS.read_text() if CPU_FLAGS.exists() else ""
    return torch.bfloat16 if "avx512_bf16" in flags or "amx_bf16" in flags else torch.float32


def threads() -> int:
    """One thread fewer than the cores this process may use: a step waits for its slowest thread, and pages need one."""
    return max(1, _cores() - 1)


def leave_one() -> None:
    """Compute on `threads()` from here on: with another number of them, sums differ in their last bits."""
    torch.set_num_threads(threads())


def label(device: torch.device) -> str:
    """The device in words, such as “1 of 2 CPU cores” or the name of the GPU."""
    if device.type == "cuda":
        return torch.cuda.get_device_name(device)
    return f"{threads()} of {_cores()} CPU cores" if _cores() > 1 else "1 CPU core"


def _cores() -> int:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if not CPU_QUOTA.exists():
        return cores
    quota, period = CPU_QUOTA.read_text().split()
    return cores if quota == "max" else min(cores, max(1, int(quota) // int(period)))
