"""`ctrf.json`: the Common Test Report Format, the same cases as in `junit.xml`."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from contract_tests.report import wording
from contract_tests.report.cases import Case, cases
from contract_tests.report.visible import visible, visible_lines
from contract_tests.verdicts import Run

FILENAME = "ctrf.json"
SPEC_VERSION = "0.0.0"
LONGEST = 1e9
"""Seconds; recorded traffic may claim anything."""

_STATUS = {"passed": "passed", "failed": "failed", "error": "failed", "skipped": "skipped"}


def render(run: Run) -> str:
    """The report as JSON; times in milliseconds since 1970."""
    found = list(cases(run))
    document = {
        "reportFormat": "CTRF",
        "specVersion": SPEC_VERSION,
        "runId": visible(run.id),
        "timestamp": run.started.isoformat(),
        "generatedBy": "contract-tests",
        "results": {
            "tool": {"name": "contract-tests", "version": run.versions.get("contract-tests", "")},
            "summary": _summary(run, found),
            "tests": [_test(case) for case in found],
            "environment": {
                "appName": visible(wording.target(run)),
                "testEnvironment": run.target.kind,
                "extra": {"seed": run.seed, "view": visible(run.view)},
            },
        },
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _summary(run: Run, found: list[Case]) -> dict[str, Any]:
    counts = Counter(_STATUS[case.status] for case in found)
    start = int(run.started.timestamp() * 1000)
    lasted = _milliseconds(run.duration)
    return {
        "tests": len(found),
        **{name: counts[name] for name in ("passed", "failed", "skipped", "pending", "other")},
        "flaky": sum(case.nature == "flaky" for case in found),
        "suites": len({case.operation for case in found}),
        "start": start,
        "stop": start + lasted,
        "duration": lasted,
    }


def _test(case: Case) -> dict[str, Any]:
    optional = {
        "message": visible(case.message, 300),
        "trace": visible_lines(case.detail),
        "filePath": visible(case.file),
        "line": case.line,
        "testId": case.fingerprint,
    }
    return {
        "name": visible(case.name, 300),
        "status": _STATUS[case.status],
        "rawStatus": case.status,
        "duration": _milliseconds(case.seconds),
        "suite": [visible(case.operation), case.kind],
        "tags": [tag for tag in (case.severity, case.nature) if tag and tag != "violation"],
        **{name: value for name, value in optional.items() if value},
    }


def _milliseconds(seconds: float) -> int:
    return round(min(max(seconds, 0.0), LONGEST) * 1000)
