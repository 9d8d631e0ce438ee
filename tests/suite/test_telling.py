"""How far the suite is, as the plugin tells it."""

from __future__ import annotations

import io
from types import SimpleNamespace
from typing import Any

import pytest
from rich.console import Console

from contract_tests.suite.recorder import Record
from contract_tests.suite.telling import Telling, operation_of
from contract_tests.verdicts import Beat

CHECKED = [("setup", "passed"), ("call", "passed"), ("teardown", "passed")]


def report(name: str, when: str, outcome: str) -> Any:
    """What pytest reports of one phase of a test."""
    failed = outcome == "failed"
    return SimpleNamespace(nodeid=f"m.py::{name}", when=when, outcome=outcome, failed=failed)


def told(telling: Telling, phases: list[tuple[str, str]], name: str = "t[ShowNotebook]") -> None:
    """Report the phases of one test."""
    for when, outcome in phases:
        telling.pytest_runtest_logreport(report(name, when, outcome))


def test_a_test_counts_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of its three phases one is told, with exchanges and news of the record."""
    monkeypatch.setattr("contract_tests.report.progress.EVERY", 0.0)
    out = io.StringIO()
    telling = Telling(Console(file=out, width=200))
    telling.pytest_xdist_node_collection_finished(["a", "b"])
    telling.record = Record(beats=[Beat(0.0, "ShowNotebook", 200, 0.1)] * 3, news=2)
    told(telling, CHECKED)
    assert out.getvalue() == "ShowNotebook: 1 of 2 tests, 3 exchanges, 2 new findings\n"


def test_of_workers_the_failed_tests_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """What they recorded comes only when they end."""
    monkeypatch.setattr("contract_tests.report.progress.EVERY", 0.0)
    out = io.StringIO()
    telling = Telling(Console(file=out, width=200))
    telling.pytest_xdist_node_collection_finished(["a", "b"])
    told(telling, [("setup", "passed"), ("call", "failed"), ("teardown", "passed")])
    assert "1 of 2 tests, 0 exchanges, 1 new finding" in out.getvalue()


def test_a_quiet_run_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """`-q` makes the console quiet, and the plugin respects it."""
    monkeypatch.setattr("contract_tests.report.progress.EVERY", 0.0)
    out = io.StringIO()
    told(Telling(Console(file=out, quiet=True)), CHECKED)
    assert out.getvalue() == ""


def test_a_test_is_about_the_operation_that_it_names() -> None:
    """Most name none: they are about the start."""
    assert operation_of("m.py::t[reason-StopNotebook]") == "StopNotebook"
    assert operation_of("m.py::t[reason]") == "StartNotebook"
