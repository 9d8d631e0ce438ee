"""Step 5: SDKs keep what the service answers, and send what the page asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contract_tests.clients.roundtrip import SdkReport, check_sdk, read_sdk_ledger
from contract_tests.contract import Contract
from contract_tests.findings import Severity
from contract_tests.gate.step import Outcome, Step

NAME = "SDK round trip"


def check_sdks(contract: Contract, names: Sequence[str]) -> Step:
    """Failed with what the ledger of SDKs does not know.

    Raises:
        MissingExtraError: an SDK, or what generates it, is not installed.
        ContractTestsError: an SDK cannot be used.
    """
    ledger = read_sdk_ledger(contract.files.sdk_ledger)
    reports = [check_sdk(contract, name, ledger=ledger) for name in names]
    return Step(NAME, _outcome(reports), tuple(line for r in reports for line in _lines(r)))


def _outcome(reports: Sequence[SdkReport]) -> Outcome:
    if any(report.fails() for report in reports):
        return "failed"
    return "known" if any(report.known for report in reports) else "passed"


def _lines(report: SdkReport) -> Iterator[str]:
    counts = f"{len(report.new)} new findings, {len(report.known)} known"
    yield f"{report.sdk}: {report.whole} of {report.answers} answers came back whole; {counts}"
    for verdict in report.new:
        if verdict.fails(Severity.MISLEADS):
            yield f"{report.sdk}: {verdict.finding.place}: {verdict.finding.message}"
