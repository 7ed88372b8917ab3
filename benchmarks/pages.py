"""What readers notice of a run: the time a page takes while nothing runs and while a photograph is being stylised.

    python -m benchmarks.pages            prints a table; nothing has to be running

A site of its own is started on a free port. Eight readers with keep-alive connections each ask for the style post,
think for a tenth of a second, and ask again; by turns without and with a run.
"""

from __future__ import annotations

import http.client
import tempfile
import threading
import time
from pathlib import Path

from benchmarks.site import Site, serve

READERS, THINK, SECONDS, ROUNDS = 8, 0.1, 10.0, 3
POST = "/posts/neural-style-transfer"
ORDER = "/api/v1/demos/style-transfer/jobs"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, serve(Path(folder), UPLOADS_PER_MINUTE="1000") as site:
        stop_run(site, start_run(site, seed=99))  # whoever runs jobs has loaded what they need
        measure(site.port, 1.0)
        idle: list[float] = []
        busy: list[float] = []
        for turn in range(ROUNDS):
            idle += measure(site.port, SECONDS)
            job = start_run(site, seed=turn)
            busy += measure(site.port, SECONDS)
            stop_run(site, job)
    print(table(idle, busy))


def measure(port: int, seconds: float) -> list[float]:
    """Milliseconds of every page that the readers got within `seconds`."""
    times: list[float] = []

    def read() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.monotonic() < end:
            started = time.perf_counter()
            connection.request("GET", POST)
            response = connection.getresponse()
            response.read()
            assert response.status == 200, response.status
            times.append((time.perf_counter() - started) * 1000)
            time.sleep(THINK)
        connection.close()

    end = time.monotonic() + seconds
    readers = [threading.Thread(target=read) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return times


def start_run(site: Site, seed: int) -> str:
    """The id of a run that lasts for the whole measurement, once it computes."""
    order = {"content": "temple", "style": "mosaic", "size": "512", "steps": 500, "seed": seed}
    job = site.json("POST", ORDER, order)
    while site.json("GET", job["urls"]["self"])["phase"] != "running":
        time.sleep(0.1)
    return str(job["id"])


def stop_run(site: Site, job_id: str) -> None:
    site.json("POST", f"/api/v1/jobs/{job_id}/cancel")
    while site.json("GET", f"/api/v1/jobs/{job_id}")["status"] == "running":
        time.sleep(0.1)


def table(idle: list[float], busy: list[float]) -> str:
    rows = [("idle", idle), ("while a run is going", busy)]
    lines = ["| style post, 8 readers | pages | p50 | p95 | p99 |", "| --- | ---: | ---: | ---: | ---: |"]
    for name, times in rows:
        lines.append(f"| {name} | {len(times)} | " + " | ".join(f"{at(times, q):.1f} ms" for q in (50, 95, 99)) + " |")
    lines.append("| times idle | | " + " | ".join(f"{at(busy, q) / at(idle, q):.2f} ×" for q in (50, 95, 99)) + " |")
    return "\n".join(lines)


def at(times: list[float], percent: int) -> float:
    return sorted(times)[min(len(times) - 1, len(times) * percent // 100)]


if __name__ == "__main__":
    main()
