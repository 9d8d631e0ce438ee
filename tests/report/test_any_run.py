"""Whatever a run holds, every format renders it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from contract_tests.report import formats, render
from contract_tests.report.terminal import summary
from contract_tests.verdicts import Run
from tests.report.any_run import any_run


@pytest.mark.parametrize("name", sorted(formats()))
@given(run=any_run())
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_run_can_be_rendered(name: str, run: Run) -> None:
    """Numbers out of all bounds, empty texts, odd characters: no format stumbles."""
    assert render(run, name).decode()


@given(run=any_run())
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_run_can_be_summarized(run: Run) -> None:
    """So does the terminal not."""
    assert len(list(summary(run))) <= 26
