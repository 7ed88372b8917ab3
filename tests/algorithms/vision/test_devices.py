"""Where networks run."""

import pytest
import torch

from app.algorithms.vision import devices


def test_pick_takes_what_is_asked_for():
    assert devices.pick("cpu") == torch.device("cpu")
    assert devices.pick().type == ("cuda" if torch.cuda.is_available() else "cpu")


@pytest.mark.parametrize("name", ["toaster", "mps", "cpu cuda"])
def test_pick_refuses_other_devices(name):
    with pytest.raises(ValueError, match="is no device"):
        devices.pick(name)


@pytest.mark.skipif(torch.cuda.is_available(), reason="this machine has the GPU that is asked for in vain")
def test_pick_says_that_there_is_no_gpu():
    with pytest.raises(ValueError, match="has no GPU"):
        devices.pick("cuda")


@pytest.mark.parametrize(
    ("flags", "expected"),
    [("fma avx512_bf16 sse", torch.bfloat16), ("amx_bf16", torch.bfloat16), ("fma avx2", torch.float32)],
)
def test_precision_follows_the_processor(flags, expected, tmp_path, monkeypatch):
    monkeypatch.setattr(devices, "CPU_FLAGS", tmp_path / "cpuinfo")
    assert devices.precision(torch.device("cpu")) is torch.float32
    (tmp_path / "cpuinfo").write_text(f"flags: {flags}")
    assert devices.precision(torch.device("cpu")) is expected


@pytest.mark.parametrize(
    ("cores", "quota", "expected"),
    [(8, None, 7), (8, "max 100000", 7), (8, "400000 100000", 3), (8, "50000 100000", 1), (1, None, 1)],
)
def test_threads_leave_one_core(cores, quota, expected, tmp_path, monkeypatch):
    monkeypatch.setattr(devices.os, "sched_getaffinity", lambda _: set(range(cores)), raising=False)
    monkeypatch.setattr(devices, "CPU_QUOTA", tmp_path / "cpu.max")
    if quota:
        (tmp_path / "cpu.max").write_text(quota)
    assert devices.threads() == expected


def test_label_counts_cores(monkeypatch):
    monkeypatch.setattr(devices, "_cores", lambda: 4)
    assert devices.label(torch.device("cpu")) == "3 of 4 CPU cores"
    monkeypatch.setattr(devices, "_cores", lambda: 1)
    assert devices.label(torch.device("cpu")) == "1 CPU core"
