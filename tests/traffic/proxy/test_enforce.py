"""Enforcing finds in an exchange what verifying finds, sooner."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest

from contract_tests.contract import LedgerEntry, load_contract
from contract_tests.findings import Severity
from contract_tests.traffic.proxy import enforce
from contract_tests.traffic.proxy.enforce import Enforcer
from contract_tests.traffic.proxy.passed import Passed
from contract_tests.traffic.verifier import Settings
from contract_tests.traffic.verify import verify
from contract_tests.triage import triage
from tests.traffic.samples import NOTEBOOK, PROJECT, notebook

SETTINGS = Settings(now=1.7e9)
JSON = ("Content-Type", "application/json")


def start(
    body: bytes, *headers: tuple[str, str], status: int = 200, query: str = "", **of: Any
) -> Passed:
    """A start that passed."""
    passed = Passed(
        method="POST",
        url=f"http://127.0.0.1/v1/{PROJECT}/notebooks/{NOTEBOOK}/start{query}",
        headers=(("X-Auth-Token", "made-up-token-of-some-length"), JSON),
        sent_at=1.7e9,
        status=status,
        answered=headers or (JSON,),
        size=len(body),
        **of,
    )
    passed.answer += body
    return passed


def wrote(**fields: Any) -> bytes:
    """A notebook as it is answered."""
    return json.dumps(notebook(**fields)).encode()


def enforcer(*ledger: LedgerEntry, severity: Severity = Severity.MISLEADS) -> Enforcer:
    """One that has seen nothing yet."""
    return Enforcer(SETTINGS.verifier(), ledger, severity)


@pytest.mark.parametrize(
    "passed",
    [
        start(wrote()),
        start(wrote(status="SLEEPING", surprise=1, lease={"type": "TIMING"})),
        start(wrote(id="another", volume={"category": "efs", "capacity": "5"})),
        start(wrote(status="SLEEPING"), query="?duration=-5&type=bogus"),
        start(gzip.compress(wrote(status="SLEEPING")), JSON, ("Content-Encoding", "gzip")),
        start(b'{"id": 1, "id": 2}'),
        start(b"<p>", ("Content-Type", "text/html")),
        start(b"\xff\xfe"),
        start(b"", status=204),
        start(b'{"error_code": "x"}', status=500),
        start(wrote(name="made-up-token-of-some-length")),
    ],
)
def test_it_finds_what_verifying_finds(passed: Passed) -> None:
    """With no ledger, and whatever the severity."""
    tally = verify(SETTINGS.verifier(), [passed.record()], "one@0")
    found = [verdict.finding for verdict in triage(tally.sightings(), ())]
    judge = enforcer(severity=Severity.COSMETIC).failing
    expected = sorted(f"{f.id}: {f.place}: {f.message}" for f in found)
    assert sorted(judge(passed)) == sorted(judge(passed)) == expected


def test_what_the_ledger_knows_or_is_not_severe_may_pass() -> None:
    """As in a run."""
    known = start(wrote(lease={"type": "TIMING"}, volume={"category": "EFS"}))
    assert enforcer(*load_contract().ledger).failing(known) == []
    assert len(enforcer().failing(known)) == 2


def test_what_may_pass_is_soon_seen_at_a_glance(monkeypatch: pytest.MonkeyPatch) -> None:
    """The checks are not asked again, until something else comes."""
    enforcing = enforcer(*load_contract().ledger)
    assert enforcing.failing(start(wrote(lease={"type": "TIMING"}))) == []
    with monkeypatch.context() as patch:
        patch.setattr(enforce, "judge", None)
        assert enforcing.failing(start(wrote(lease={"type": "TIMING"}, name="other"))) == []
    (told,) = enforcing.failing(start(wrote(lease={"type": "Timing"})))
    assert told.startswith("response-schema: StartNotebook:Lease.type: ")


def test_what_is_no_operation_of_the_contract_may_pass() -> None:
    """Nobody said what it has to answer."""
    elsewhere = start(b"{}")
    elsewhere.url = "http://127.0.0.1/elsewhere"
    assert enforcer(severity=Severity.COSMETIC).failing(elsewhere) == []
