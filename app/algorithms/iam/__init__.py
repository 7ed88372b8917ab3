"""Service accounts on Google’s Kubernetes: may this pod read that bucket, and what could whoever steals it reach?

A sandbox is plain data, every answer is a pure function of it, and nothing is asked of Google: a browser can hold the
same in JavaScript, and what a reader pastes stays there.
"""

from app.algorithms.iam.edit import changed
from app.algorithms.iam.examples import compared, four_ways, shop
from app.algorithms.iam.golf import course, score
from app.algorithms.iam.pasted import judge, read_policy
from app.algorithms.iam.rbac import can
from app.algorithms.iam.reach import reach
from app.algorithms.iam.sandbox import Sandbox
from app.algorithms.iam.symptoms import ERRORS, broken, checked, symptom
from app.algorithms.iam.verdict import may

__all__ = [
    "ERRORS",
    "Sandbox",
    "broken",
    "can",
    "changed",
    "checked",
    "compared",
    "course",
    "four_ways",
    "judge",
    "may",
    "reach",
    "read_policy",
    "score",
    "shop",
    "symptom",
]
