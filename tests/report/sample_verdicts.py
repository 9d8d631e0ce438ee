"""Verdicts made by hand: new ones of every kind, and known ones."""

from __future__ import annotations

from dataclasses import replace

from contract_tests.exchange import Expectation, Failure
from contract_tests.findings import Severity, Suggestion
from contract_tests.verdicts import (
    Verdict,
)
from tests.report.sample_findings import curl, exchange, finding, notebook


def new_efs() -> Verdict:
    """`category: efs`: near to a known discrepancy, but another value."""
    return Verdict(
        finding=finding(
            "response-schema",
            "VolumeRes.category",
            ("efs",),
            "volume.category is 'efs', which neither page nor spec allows",
            page=("SFS, EVS", 615),
            spec=("EFS, EVS", 412),
            service="efs",
        ),
        state="new",
        blame="service",
        count=14,
        exchange=exchange(notebook(volume={"capacity": 50, "category": "efs"})),
        curl=curl(),
    )


def new_step() -> Verdict:
    """A finding that a documentation writer has to mend."""
    return Verdict(
        finding=replace(
            finding(
                "example-value",
                "JobProgress.step",
                ("0",),
                "the page's example shows step 0, its table allows 1 to 4",
                severity=Severity.MISLEADS,
                page=("0 in the example, 1 to 4 in the table", 262),
                spec=("1, 2, 3, 4", 233),
            ),
            suggestion=Suggestion(
                "step: one of 1, 2, 3, 4",
                '{"target": "$.components.schemas.JobProgress.properties.step", "update": {}}',
            ),
        ),
        state="new",
        blame="docs",
    )


def new_status() -> Verdict:
    """A request that the service should refuse, and does not."""
    return Verdict(
        finding=finding(
            "negative-accepted",
            "query.duration",
            ("200",),
            "duration=1.5 was accepted with 200; the page asks for a Long",
            page=("Long", 62),
            spec=("integer, int64", 58),
            service="200 for 1.5",
        ),
        state="new",
        blame="service",
        count=3,
        exchange=replace(
            exchange(notebook(), query="?duration=1.5"),
            expectation=Expectation(
                "refused", "validation", "query.duration", "a fraction", (400,)
            ),
        ),
        curl=curl("?duration=1.5"),
    )


def new_transient() -> Verdict:
    """An answer of an overloaded service: told, but failing nothing."""
    return Verdict(
        finding=finding(
            "server-error",
            "status.503",
            ("503",),
            "503 for a valid request; not again on the second try",
            service="503",
        ),
        state="new",
        blame="service",
        nature="transient",
        exchange=exchange(b"<html>Service Unavailable</html>", 503),
        curl=curl(),
    )


def new_flaky() -> Verdict:
    """A difference that a second look did not show again."""
    return Verdict(
        finding=finding(
            "invariant-violated",
            "invariant.lease-update-after-create",
            ("false",),
            "lease.update_at is before lease.create_at",
            severity=Severity.MISLEADS,
            page=("update_at: last updated", 563),
            spec=("self.update_at >= self.create_at", 371),
            service="1638841744515 < 1638841744999",
            certain=False,
        ),
        state="new",
        blame="service",
        nature="flaky",
        exchange=exchange(notebook(lease={"create_at": 1638841744999, "update_at": 1638841744515})),
        curl=curl(),
    )


def lost_connection() -> Verdict:
    """No answer at all."""
    asked = exchange(b"")
    return Verdict(
        finding=finding(
            "no-answer",
            "operation",
            ("timeout",),
            "no answer within 10 s",
            service="nothing",
        ),
        state="new",
        blame="service",
        exchange=replace(asked, response=None, failure=Failure("timeout", "read timed out")),
        curl=curl(),
    )


def known_efs() -> Verdict:
    """The best known discrepancy of this page."""
    return Verdict(
        finding=finding(
            "response-schema",
            "VolumeRes.category",
            ("EFS",),
            "volume.category is 'EFS', which the page does not list",
            page=("SFS, EVS", 615),
            spec=("SFS, EVS", 412),
            service="EFS",
        ),
        state="known",
        blame="service",
        count=118,
        ledger_id="volume-category-efs",
        exchange=exchange(notebook()),
        curl=curl(),
    )


def known_timing() -> Verdict:
    """Known as well: the case of an enumeration."""
    return Verdict(
        finding=finding(
            "response-schema",
            "Lease.type",
            ("TIMING",),
            "lease.type is 'TIMING', which the page writes in lower case",
            severity=Severity.MISLEADS,
            page=("timing, idle", 555),
            spec=("timing, idle", 366),
            service="TIMING",
        ),
        state="known",
        blame="service",
        count=118,
        ledger_id="lease-type-upper-case",
        exchange=exchange(notebook()),
        curl=curl(),
    )


def known_400() -> Verdict:
    """Known as well: a status code that the table lacks."""
    return Verdict(
        finding=finding(
            "status-documented",
            "status.400",
            ("400",),
            "400 was answered; the page's table of status codes lacks it",
            severity=Severity.MISLEADS,
            page=("200, 201, 401, 403, 404", 755),
            spec=("200, 201, 400, 401, 403, 404", 71),
            service="400",
        ),
        state="known",
        blame="docs",
        count=61,
        ledger_id="status-400-missing",
        exchange=exchange(
            {"error_code": "ModelArts.6305", "error_msg": "The instance is running."}, 400
        ),
        curl=curl("?duration=abc"),
    )
