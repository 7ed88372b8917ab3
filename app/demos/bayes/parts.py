"""What can be on the bench, one at a time: names and titles."""

from __future__ import annotations

PARTS = {
    "test": "One test",
    "row": "Tests in a row",
    "base-rate": "By base rate",
    "robot": "A lost robot",
    "coin": "A coin",
    "measurement": "A measurement",
    "comparison": "A against B",
}
