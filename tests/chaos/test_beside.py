"""L-01 to L-05: what goes on beside readers does go on, and each of them has the page.

How long they wait is told by `make release`: a time that is asserted would fail on a busy machine.
"""

from __future__ import annotations

from collections import Counter

import pytest

from tests.chaos import beside, busy
from tests.chaos.rows.outcome import Outcome
from tests.chaos.waits import Readers

pytestmark = pytest.mark.full


def test_every_reader_has_the_page_beside_runs_events_and_saves() -> None:
    outcome = Outcome()
    with beside.blog(outcome) as (server, _):
        editor = busy.Editor(server)
        with (
            beside.painting(server, 4) as jobs,
            beside.following(server, jobs[:3]) as heard,
            beside.again_and_again(editor.save, 0.5),
        ):
            waits = Readers(server.port, beside.POST, 2.0).told()
        assert beside.painted(server)["output"]["data"]["step"] == 20
    assert set(waits.statuses) == {200}
    assert len(waits.waits) > 8
    assert (len(editor.seconds) > 1, editor.refused) == (True, 0)
    assert heard["state"] > 2
    assert outcome.broken == []


def test_every_reader_has_the_page_beside_uploads_and_sign_ins() -> None:
    outcome, statuses = Outcome(), Counter[int]()
    with beside.blog(outcome, "author-0", "author-1", JOB_ENGINE="none", QUEUE_LIMIT="5") as (server, passwords):
        senders = busy.Uploaders(server)
        with (
            beside.again_and_again(senders.send, 0.1),
            beside.again_and_again(lambda: busy.signing_in(server, passwords, statuses), 0.5),
        ):
            waits = Readers(server.port, beside.POST, 2.0).told()
        senders.pool.shutdown()
    assert set(waits.statuses) == {200}
    assert senders.statuses[202] == 5  # for which there is room in the line
    assert set(senders.statuses) == {202, 503}
    assert set(statuses) <= {200, 303}
    assert statuses.total() >= 2
    assert outcome.broken == []
