"""An answer that is lost on its way says nothing of the service."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest

from contract_tests.exchange import Expectation
from contract_tests.suite.bench import set_up
from contract_tests.suite.notebooks import Notebooks
from contract_tests.suite.options import Options
from contract_tests.suite.probes import Probe
from contract_tests.suite.recorder import Recorder
from contract_tests.targets.mock.fault import Fault, Turn
from contract_tests.targets.mock.wire import Answer, refusal


def losing(operation: str) -> Fault:
    """Does what it is asked, and loses the first answer."""
    lost: list[str] = []

    def alter(turn: Turn, answer: Answer) -> Answer:
        if turn.operation != operation or lost or not answer.is_success:
            return answer
        lost.append(operation)
        return refusal(503, "0500", "The service is busy.")

    return Fault(id="losing", klass="rare", description="", detects=(), alter=alter)


@pytest.mark.parametrize("operation", ["StartNotebook", "StopNotebook"])
def test_a_request_that_was_heard_twice_may_be_refused(tmp_path: Path, operation: str) -> None:
    """The second time the notebook is on its way already: no violation, whatever is answered."""
    faults = patch("contract_tests.suite.bench.pick_faults", lambda _v, _i: (losing(operation),))
    with faults, set_up(Options(reports=str(tmp_path))) as bench:
        observed = bench.contract.view("observed")
        recorder = Recorder(bench.view, bench.session, bench.contract.ledger, observed=observed)
        notebooks = Notebooks(recorder, bench.session.target.notebook_ids, bench.patience)
        notebook = notebooks.stopped()
        assert notebook is not None
        due = Expectation("accepted", "valid", "operation.StartNotebook", "a start")
        notebooks.change(notebook, Probe("StartNotebook", due))
        assert notebooks.restore(notebook)
        assert bench.session.transients
        assert recorder.news() == []
