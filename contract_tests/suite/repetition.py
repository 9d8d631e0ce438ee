"""Repeats what was found once, and says what it is: violation, flaky, or transient."""

from __future__ import annotations

from contract_tests.findings import Finding
from contract_tests.suite.notebooks import Notebooks
from contract_tests.suite.recorder import Recorder
from contract_tests.suite.shown import has_changed_another
from contract_tests.verdicts import Nature

MOST = 40
"""Findings that are repeated; the others count as violations."""
PASSING_STATUSES = ("429", "502", "503", "504")
PASSING_FAILURES = ("reset", "unreachable")


def repeat_news(recorder: Recorder, notebooks: Notebooks) -> None:
    """Send the request of every finding that the ledger does not know once more."""
    for finding in recorder.unknown()[:MOST]:
        recorder.record.natures[finding.fingerprint] = _nature(finding, recorder, notebooks)


def _nature(finding: Finding, recorder: Recorder, notebooks: Notebooks) -> Nature:
    if finding.exchange is None or has_changed_another(finding.exchange):
        return "violation"  # what is somebody else's cannot be brought back to be asked again
    before = recorder.record.sightings[finding.fingerprint].count
    if notebooks.repeat(finding.exchange) is None:
        return "violation"
    if recorder.record.sightings[finding.fingerprint].count > before:
        return "violation"
    return "transient" if _is_passing(finding) else "flaky"


def _is_passing(finding: Finding) -> bool:
    """Whether it is what gateways answer under load, and networks do now and then."""
    if finding.id == "no-answer":
        return set(finding.values) <= set(PASSING_FAILURES)
    return finding.id == "server-error" and set(finding.values) <= set(PASSING_STATUSES)
