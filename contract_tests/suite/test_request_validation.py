"""Invalid requests are refused, without a side effect and with a documented error body."""

from __future__ import annotations

import pytest

from contract_tests.suite.notebooks import Notebooks
from contract_tests.suite.probes import Probe
from contract_tests.suite.recorder import Recorder

TURN = 20


def test_a_wrong_parameter_is_refused(
    recorder: Recorder, notebooks: Notebooks, invalid_start: Probe
) -> None:
    """A wrong value is refused and nothing starts; what no source settles is never a 5xx."""
    notebook = notebooks.stopped()
    if notebook is None:
        pytest.skip("no notebook of the target could be had STOPPED")
    if notebooks.change(notebook, invalid_start) is None:
        pytest.skip("withheld by the safety rules")
    assert recorder.news() == []
