"""Inputs as plain data: what these tests try, and what a browser's own copy can be held to as well."""

from __future__ import annotations

# rate, days, missed days, factor of a missed day
CURVES = [
    [0.01, 365, [], 1.0],
    [-0.01, 365, [], 1.0],
    [0.0, 30, [3, 4], 1.0],
    [0.02, 100, [7, 14, 21, 28], 0.98],
    [-0.5, 10, [], 1.0],
    [0.05, 0, [], 1.0],
    [0.01, 40, [1, 2, 3, 38, 39, 40], 0.0],
]

# days, p, q
CHAINS = [
    [1, 0.3, 0.0],
    [5, 0.3, 0.3],
    [12, 0.1, 0.0],
    [12, 0.4, 0.9],
    [10, 1.0, 0.0],
    [10, 0.0, 1.0],
    [365, 0.2, 0.05],
]

# done days, today, grace
STREAKS = [
    [[], "2026-03-10", 0],
    [["2026-03-08", "2026-03-09", "2026-03-10"], "2026-03-10", 0],
    [["2026-03-08", "2026-03-09"], "2026-03-10", 0],
    [["2026-03-07", "2026-03-08"], "2026-03-10", 0],
    [["2026-03-07", "2026-03-08"], "2026-03-10", 1],
    [["2024-02-27", "2024-02-28", "2024-02-29", "2024-03-01"], "2024-03-01", 0],
    [["2026-01-01", "2026-01-03", "2026-01-05", "2026-01-08"], "2026-01-08", 1],
    [["2026-03-10", "2026-03-12"], "2026-03-11", 0],
]

# after, do, where, the card
STACKS = [
    ["I pour my coffee", "write one line", "", "After I pour my coffee, I will write one line."],
    ["After I pour my coffee.", "I will write one line.", "", "After I pour my coffee, I will write one line."],
    ["pour my coffee", "write", "the kitchen table", "After I pour my coffee, I will write at the kitchen table."],
    ["pour  my coffee", "write", "in bed", "After I pour my coffee, I will write in bed."],
    ["when I sit down", "then I will breathe", "On the train!", "After I sit down, I will breathe On the train."],
]
