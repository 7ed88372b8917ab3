"""Decisions by hand: what is changed in the shop, who asks for what, the answer, and the step that decides a no.

The shop (`examples.shop`): pod web/frontend reads gs://photos by its annotation as photo-reader, jobs/resize uses
gs://thumbs by direct federation, web/plain has nothing. A row is plain data, so that a browser's own copy can be held
to the same table.
"""

from __future__ import annotations

from tests.algorithms.iam.cases.identity import IDENTITY
from tests.algorithms.iam.cases.policy import POLICY
from tests.algorithms.iam.cases.row import Row

CASES: list[Row] = [*IDENTITY, *POLICY]
