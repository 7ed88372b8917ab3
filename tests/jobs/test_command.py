from __future__ import annotations

from app.db import db
from app.jobs.models import Job
from tests.jobs.conftest import Lab


def test_a_run_is_erased_from_the_command_line(lab: Lab) -> None:
    mine, other = lab.submit("ann", photo=b"mine").id, lab.submit("ann", n=2).id
    told = lab.app.test_cli_runner().invoke(args=["erase", "run", f"https://press.example/jobs/{mine}", "--yes"])
    assert (told.exit_code, told.output.startswith("Erased: 1 run, 1 file")) == (0, True), told.output
    db.session.rollback()
    assert set(db.session.scalars(db.select(Job.id))) == {other}


def test_a_reader_is_erased_only_when_that_is_meant(lab: Lab) -> None:
    jobs = [lab.submit("ann", n=n).id for n in range(3)]
    runner = lab.app.test_cli_runner()
    assert runner.invoke(args=["erase", "reader", jobs[0]], input="n\n").exit_code == 1
    assert "Erased: 3 runs" in runner.invoke(args=["erase", "reader", jobs[0]], input="y\n").output
    again = runner.invoke(args=["erase", "reader", jobs[0], "--yes"])
    assert (again.exit_code, "no such run" in again.output) == (1, True)
