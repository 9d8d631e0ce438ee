"""`gl-code-quality.json`: GitLab's code quality report, shown in merge requests.

Known discrepancies are in it as `info`: GitLab shows only what a merge request adds.
"""

from __future__ import annotations

import json
from typing import Any

from contract_tests.findings import Severity, Source
from contract_tests.report import wording
from contract_tests.report.located import locator
from contract_tests.report.visible import visible
from contract_tests.verdicts import Run, Verdict

FILENAME = "gl-code-quality.json"
NOWHERE = Source("spec")
"""GitLab wants a path even where no line is known."""

_SEVERITY = {
    Severity.BREAKS_CLIENTS: "critical",
    Severity.MISLEADS: "major",
    Severity.COSMETIC: "minor",
}


def render(run: Run) -> str:
    """One issue per verdict."""
    locate = locator(run)
    issues = [_issue(v, next(iter(locate(v)), NOWHERE)) for v in run.verdicts]
    return json.dumps(issues, indent=1, ensure_ascii=False) + "\n"


def _issue(verdict: Verdict, source: Source) -> dict[str, Any]:
    finding = verdict.finding
    alone = wording.ALONE[verdict.blame]
    return {
        "description": visible(f"{finding.place}: {finding.message} ({alone})", 600),
        "check_name": visible(finding.id),
        "fingerprint": finding.fingerprint,
        "severity": _SEVERITY[finding.severity] if verdict.state == "new" else "info",
        "location": {
            "path": visible(source.file).removeprefix("./"),
            "lines": {"begin": max(source.line, 1)},
        },
    }
