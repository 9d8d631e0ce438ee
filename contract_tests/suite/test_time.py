"""What is right at first stays right: valid starts, again and again, as long as the budget says."""

from __future__ import annotations

import time

import pytest

from contract_tests.suite.notebooks import Notebooks
from contract_tests.suite.options import Budget
from contract_tests.suite.probes import HOUR
from contract_tests.suite.recorder import Recorder
from contract_tests.suite.test_start import start_one, valid

TURN = 60


def test_starts_stay_right_over_time(
    recorder: Recorder, notebooks: Notebooks, budget: Budget
) -> None:
    """Starts with ever other durations until the time of the budget has passed."""
    if not budget.seconds:
        pytest.skip(recorder.unproven("operation.time", "faults that time brings", "--budget"))
    end, count = time.monotonic() + budget.seconds, 0
    while time.monotonic() < end:
        count += 1
        query = f"duration={HOUR * (1 + count % 72)}&type={('timing', 'idle')[count % 2]}"
        start_one(notebooks, valid("a start after a while", query))
    assert recorder.news() == []
