"""Tells whoever waits how far the suite is: a plugin of pytest, in the process that reports."""

from __future__ import annotations

from collections.abc import Generator

import pytest
from rich.console import Console

from contract_tests.report.progress import Progress, Standing
from contract_tests.suite.recorder import Record


class Telling:
    """Counts tests as they end, and what the record of this process holds.

    With several workers the exchanges and findings are theirs until they end: then each test
    that failed counts for a finding.
    """

    def __init__(self, console: Console, seconds: float | None = None) -> None:
        """Tell it on `console`; `seconds` bounds the run where its budget does."""
        self.record: Record | None = None
        self._progress = Progress(console, seconds)
        self._tests = self._of_tests = self._failed = 0
        self._operation = ""

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self, session: pytest.Session) -> Generator[None, object, object]:
        """Tell while the tests run; nothing is left on the screen after them."""
        self._of_tests = len(session.items)
        with self._progress:
            return (yield)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        """How many tests there are, where workers collect them."""
        self._of_tests = len(ids)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Another test has ended."""
        if report.when != "teardown":
            self._failed += report.failed
        if report.when != "call" and report.outcome == "passed":
            return
        self._tests += 1
        self._progress.tell(self._standing(operation_of(report.nodeid)))

    def _standing(self, operation: str) -> Standing:
        record = self.record
        exchanges, news = (len(record.beats), record.news) if record else (0, self._failed)
        return Standing(operation, self._tests, self._of_tests, exchanges, news)


OPERATIONS = ("StartNotebook", "ShowNotebook", "ListNotebooks", "StopNotebook")


def operation_of(nodeid: str) -> str:
    """The operation that a test is about: the one that its name holds, else the start."""
    name = nodeid.rpartition("::")[2]
    return next((operation for operation in OPERATIONS if operation in name), OPERATIONS[0])
