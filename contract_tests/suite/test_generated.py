"""Generated requests: queries of schemathesis, and durations from all over their range."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from contract_tests.suite.generated import cases, probe_of
from contract_tests.suite.notebooks import Notebooks
from contract_tests.suite.options import Budget
from contract_tests.suite.probes import HOUR
from contract_tests.suite.recorder import Recorder
from contract_tests.suite.test_start import LONGEST, start_one, valid

TURN = 37


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_a_generated_start_is_answered_as_it_is_due(
    recorder: Recorder, notebooks: Notebooks, budget: Budget, mode: GenerationMode
) -> None:
    """Valid queries start a notebook, wrong ones do not, and none breaks anything."""
    operation = recorder.view.operation("StartNotebook")

    @settings(
        max_examples=budget.generated,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases(recorder.view, operation, mode))
    def start(case: Any) -> None:
        notebook = notebooks.stopped()
        if notebook is None:
            pytest.skip("no notebook of the target could be had STOPPED")
        if notebooks.change(notebook, probe_of(case, operation)) is None:
            pytest.skip("withheld by the safety rules")

    start()
    assert recorder.news() == []


def test_any_valid_start_is_answered_as_documented(
    recorder: Recorder, notebooks: Notebooks, budget: Budget
) -> None:
    """Durations and types from all over their ranges, over all notebooks in turn."""

    @settings(
        max_examples=budget.starts,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(
        duration=st.one_of(
            st.none(), st.integers(HOUR, LONGEST), st.integers(HOUR // 60_000, 4320).map(_minutes)
        ),
        type_=st.sampled_from([None, "timing", "idle"]),
    )
    def start(duration: int | None, type_: str | None) -> None:
        asked = {"duration": duration, "type": type_}
        query = "&".join(f"{name}={value}" for name, value in asked.items() if value is not None)
        start_one(notebooks, valid("a duration and type of their ranges", query))

    start()
    assert recorder.news() == []


def _minutes(count: int) -> int:
    return count * 60_000
