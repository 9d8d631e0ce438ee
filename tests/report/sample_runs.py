"""Runs made by hand, as real runs leave them: what every report format is tested with."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from contract_tests.exchange import Exchange, Expectation, Failure, Request, Response
from contract_tests.findings import Claim, Finding, Place, Severity, Source, Suggestion
from contract_tests.verdicts import (
    Agreement,
    Beat,
    Blame,
    Earlier,
    FactState,
    LedgerState,
    Run,
    TargetLine,
    TestOutcome,
    Transient,
    Unproven,
    Verdict,
    Withheld,
)

PAGE = "StartNotebook.html"
SPEC = "spec/modelarts-notebook.openapi.yaml"
NOTEBOOK = "f9937afa-4451-42db-a76b-72d624749f66"
PROJECT = "0123456789abcdef0123456789abcdef"
BASE = f"http://127.0.0.1:40123/v1/{PROJECT}"
STARTED = datetime(2026, 11, 23, 12, 26, 7, tzinfo=UTC)

OPERATIONS = ("StartNotebook", "ShowNotebook", "ListNotebooks", "StopNotebook")


def notebook(**changes: Any) -> dict[str, Any]:
    """A notebook as the service answers it."""
    return {
        "description": "api-test",
        "feature": "NOTEBOOK",
        "flavor": "modelarts.vm.cpu.2u",
        "id": NOTEBOOK,
        "image": {"id": "e1a07296-22a8-4f05-8bc8-e936c8e54090", "type": "BUILD_IN"},
        "lease": {
            "create_at": 1638841744515,
            "duration": 6327212,
            "enable": True,
            "type": "TIMING",
            "update_at": 1638844471727,
        },
        "name": "notebooks_test",
        "status": "STARTING",
        "token": "[masked]",
        "volume": {"capacity": 50, "category": "EFS", "ownership": "MANAGED"},
        "workspace_id": "0",
        **changes,
    }


def exchange(
    body: bytes | dict[str, Any],
    status: int = 200,
    query: str = "",
    operation: str = "StartNotebook",
    sent: bytes = b"{}",
) -> Exchange:
    """A start of the notebook and its answer, secrets already masked."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Exchange(
        Request(
            "POST",
            f"{BASE}/notebooks/{NOTEBOOK}/start{query}",
            (("Content-Type", "application/json"), ("X-Auth-Token", "[masked]")),
            sent,
        ),
        Response(
            status,
            (("Content-Type", "application/json"), ("X-Request-Id", "8d1c3f")),
            content,
            elapsed=0.0123,
        ),
        sent_at=STARTED.timestamp() + 1.5,
        operation=operation,
        label="test_valid_requests",
    )


def place(name: str, operation: str = "StartNotebook") -> Place:
    """`VolumeRes.category` as a place of the operation."""
    structure, _, field = name.partition(".")
    return Place(operation, structure, field)


def curl(query: str = "") -> str:
    """A line that repeats the request."""
    return (
        f"curl -X POST -H 'X-Auth-Token: $CONTRACT_TESTS_TOKEN' -d '{{}}' "
        f"'{BASE}/notebooks/{NOTEBOOK}/start{query}'"
    )


def finding(
    check: str,
    where: str,
    values: tuple[str, ...],
    message: str,
    *,
    severity: Severity = Severity.BREAKS_CLIENTS,
    page: tuple[str, int] | None = None,
    spec: tuple[str, int] | None = None,
    service: str | None = None,
    certain: bool = True,
    operation: str = "StartNotebook",
) -> Finding:
    """A finding with one claim per party that says something."""
    claims = [
        *([Claim("page", page[0], Source(PAGE, page[1]))] if page else []),
        *([Claim("spec", spec[0], Source(SPEC, spec[1]))] if spec else []),
        *([Claim("service", service)] if service else []),
    ]
    return Finding(
        id=check,
        place=place(where, operation),
        severity=severity,
        message=message,
        values=values,
        claims=tuple(claims),
        source=claims[0].source if claims else None,
        certain=certain,
    )


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


def ledger() -> tuple[LedgerState, ...]:
    """Entries in each state, one of them due for review."""
    return (
        LedgerState(
            "volume-category-efs",
            "VolumeRes.category",
            "the service answers EFS where the page lists SFS",
            "docs",
            "seen",
            date(2027, 5, 1),
            118,
            ("EFS",),
            ("seen: five recorded sessions", "client: the shipped SDK declares EFS"),
        ),
        LedgerState(
            "lease-type-upper-case",
            "Lease.type",
            "the service answers TIMING and IDLE in upper case",
            "docs",
            "seen",
            date(2026, 10, 1),
            118,
            ("TIMING",),
            ("seen: five recorded sessions", "inferred: IDLE"),
            due=True,
        ),
        LedgerState(
            "status-400-missing",
            "status.400",
            "the table of status codes lacks 400",
            "docs",
            "seen",
            date(2027, 5, 1),
            61,
            ("400",),
            ("stated: the page of error codes",),
        ),
        LedgerState(
            "volume-status-further",
            "VolumeRes.status",
            "MOUNTING and ten more values besides RESIZING",
            "undetermined",
            "not-seen",
            date(2027, 5, 1),
            evidence=("client: the values that shipped clients declare",),
        ),
        LedgerState(
            "endpoints-ssh-keys",
            "EndpointsRes.ssh_keys",
            "no client knows ssh_keys; key_pair_names is there instead",
            "docs",
            "not-exercised",
            date(2026, 11, 1),
            evidence=("client: key_pair_names in every shipped client",),
            due=True,
        ),
    )


def fact(
    name: str,
    aspect: str,
    agreement: Agreement,
    parties: tuple[str | None, str | None, str | None],
    lines: tuple[int, int] = (0, 0),
    seen: dict[str, int] | None = None,
    fingerprints: tuple[str, ...] = (),
) -> FactState:
    """One row of the matrix; `parties` are page, spec, service."""
    return FactState(
        place(name),
        aspect,
        agreement,
        *parties,
        seen=seen or {},
        page_source=Source(PAGE, lines[0]) if parties[0] is not None else None,
        spec_source=Source(SPEC, lines[1]) if parties[1] is not None else None,
        fingerprints=fingerprints,
    )


def matrix() -> tuple[FactState, ...]:
    """A row of each kind, and enough plain ones to look like the real page."""
    efs, timing, missing = (
        v.finding.fingerprint for v in (known_efs(), known_timing(), known_400())
    )
    wrong = new_efs().finding.fingerprint
    status = "STOPPED, STARTING, RUNNING, STOPPING, CREATING, FROZEN, ERROR and 7 more"
    special = (
        fact(
            "VolumeRes.category",
            "enum",
            "nobody-agrees",
            ("SFS, EVS", "EFS, EVS", "EFS, EVS, efs"),
            (615, 412),
            {"EFS": 118, "EVS": 73, "efs": 14},
            (wrong, efs),
        ),
        fact(
            "Lease.type",
            "enum",
            "service-alone",
            ("timing, idle", "timing, idle", "TIMING"),
            (555, 366),
            {"TIMING": 118},
            (timing,),
        ),
        fact(
            "status.400",
            "status",
            "docs-alone",
            ("not listed", "400", "400"),
            (755, 71),
            {"400": 61},
            (missing,),
        ),
        fact(
            "JobProgress.step",
            "limit",
            "spec-alone",
            ("1 to 4", "0 to 4", "1 to 4"),
            (262, 233),
            {"1": 20, "2": 20, "3": 19, "4": 31},
        ),
        fact(
            "NotebookResp.status",
            "enum",
            "agree",
            (status, status, "STARTING, RUNNING"),
            (180, 301),
            {"STARTING": 140, "RUNNING": 65},
        ),
        fact("status.404", "status", "agree", ("404", "404", "404"), (759, 80), {"404": 12}),
        fact(
            "EndpointsRes.ssh_keys",
            "presence",
            "differ-unexercised",
            ("array", None, None),
            (290, 0),
        ),
        fact(
            "query.duration", "parameter", "agree", ("Long", "integer, int64", "accepted"), (62, 58)
        ),
        fact(
            "query.type",
            "default",
            "agree-unexercised",
            ("timing", "timing", None),
            (64, 66),
        ),
        fact(
            "invariant.lease-update-after-create",
            "invariant",
            "agree",
            (None, "self.update_at >= self.create_at", "held 118 times"),
            (0, 371),
        ),
        fact(
            "NotebookResp.create_at",
            "presence",
            "service-alone",
            (None, None, "integer"),
            seen={"integer": 205},
        ),
    )
    return special + tuple(_plain_facts())


STRUCTURES = {
    "NotebookResp": "description fail_reason feature flavor id image lease name pool token url",
    "EndpointsRes": "allowed_access_ips dev_service service uri",
    "Image": "arch create_at description dev_services id name namespace origin size status tag",
    "Lease": "create_at duration enable update_at",
    "Pool": "id name",
    "VolumeRes": "capacity mount_path ownership status",
    "user": "domain id name",
    "domain": "id name",
    "JobProgress": "notebook_id status step_description",
}


def _plain_facts() -> list[FactState]:
    rows: list[FactState] = []
    for structure, names in STRUCTURES.items():
        for number, name in enumerate(names.split()):
            kind = "Long" if name.endswith("_at") or name == "size" else "String"
            spec = "integer, int64" if kind == "Long" else "string"
            silent = structure in ("Pool", "domain") or number % 5 == 4
            rows.append(
                fact(
                    f"{structure}.{name}",
                    "type",
                    "agree-unexercised" if silent else "agree",
                    (kind, spec, None if silent else spec),
                    (100 + 9 * len(rows), 200 + 7 * len(rows)),
                    {} if silent else {spec: 205},
                )
            )
    return rows


def beats(count: int = 260) -> tuple[Beat, ...]:
    """Exchanges in small: mostly quick, some refused, one of them failed, one lost."""
    statuses = (200, 200, 201, 200, 400, 200, 404, 200, 401, 200, 200, 400)
    chance = random.Random(7)  # noqa: S311 (a picture, not a secret)
    return tuple(
        Beat(
            at=0.11 * n,
            operation=OPERATIONS[n % 4],
            status=503 if n == 97 else None if n == 180 else statuses[n % 12],
            elapsed=chance.lognormvariate(-4.6, 0.5) + (0.9 if n in (97, 98, 180) else 0),
        )
        for n in range(count)
    )


def tests(*, failed: bool) -> tuple[TestOutcome, ...]:
    """What the suite's tests came to."""
    return (
        TestOutcome(
            "test_valid_requests", "StartNotebook", "failed" if failed else "passed", 9.31, 120
        ),
        TestOutcome("test_invalid_requests", "StartNotebook", "passed", 7.5, 88),
        TestOutcome("test_valid_requests", "ShowNotebook", "passed", 2.125, 40),
        TestOutcome(
            "test_lifecycle", "StopNotebook", "skipped", 0.0, 0, "the target allows no stop"
        ),
    )


def unproven() -> tuple[Unproven, ...]:
    """What no exchange exercised."""
    return (
        Unproven(place("Pool.id"), "type string", "no notebook in a dedicated pool"),
        Unproven(place("query.type"), "default timing", "no request left it out"),
        Unproven(place("domain.name"), "type string", ""),
    )


def earlier(count: int = 12) -> tuple[Earlier, ...]:
    """A dozen earlier runs."""
    return tuple(
        Earlier(
            f"20261{108 + n}-090000",
            STARTED - timedelta(days=count - n),
            "failed" if n in (3, 4, 9) else "passed",
            {3: 2, 4: 1, 9: 5}.get(n, 0),
            3,
            40 + n,
            61,
            28.0 + n / 7,
        )
        for n in range(count)
    )


def base_run(**changes: Any) -> Run:
    """A run against the embedded mock in which nothing was found."""
    values: dict[str, Any] = {
        "id": "20261123-122607-5b1e",
        "started": STARTED,
        "duration": 29.4,
        "seed": 4711,
        "view": "observed",
        "budget": "standard",
        "target": TargetLine("mock", BASE, PROJECT, (NOTEBOOK,)),
        "fail_on": Severity.MISLEADS,
        "outcome": "passed",
        "sentence": "Nothing new: 260 exchanges agree with page, spec and ledger.",
        "request_hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "versions": {"contract-tests": "0.1.0", "schemathesis": "4.32.5", "hypothesis": "6.170.15"},
    }
    return Run(**{**values, **changes})


def empty() -> Run:
    """A run that could check nothing."""
    return base_run(
        outcome="unproven",
        sentence="Proved nothing: no answer with 200 was checked.",
        duration=0.4,
    )


def all_known() -> Run:
    """A run whose every finding the ledger covers."""
    return base_run(
        sentence="Nothing new: 260 exchanges, 3 known discrepancies seen.",
        verdicts=(known_efs(), known_timing(), known_400()),
        ledger=ledger(),
        matrix=matrix(),
        tests=tests(failed=False),
        beats=beats(),
        unproven=unproven(),
    )


def mixed() -> Run:
    """A run with findings of every kind."""
    return base_run(
        outcome="failed",
        sentence="6 new findings, 4 of them fail the run; 3 known discrepancies seen.",
        verdicts=(
            known_efs(),
            new_step(),
            new_flaky(),
            new_efs(),
            known_timing(),
            new_transient(),
            new_status(),
            lost_connection(),
            known_400(),
        ),
        ledger=ledger(),
        matrix=matrix(),
        tests=tests(failed=True),
        beats=beats(),
        unproven=unproven(),
        withheld=(
            Withheld("stop", "lifecycle", 24, "POST /v1/{project_id}/notebooks/{id}/stop"),
            Withheld("5 minutes", "budget", 130, "POST /v1/{project_id}/notebooks/{id}/start"),
        ),
        transients=(Transient("StartNotebook", "503", 3), Transient("ShowNotebook", "reset", 1)),
        traffic=tuple(
            v.exchange for v in (new_efs(), new_status(), lost_connection()) if v.exchange
        ),
        earlier=earlier(),
    )


ATTACK = "</script><script>window.pwned=1</script><img src=x onerror=window.pwned=1>"
NASTY = (
    f"{ATTACK}'\"&`${{7*7}}{{{{7*7}}}}\x00\x1b[31mred\x07\u202eevil\u2028]]>-->\ud800\U0001f4a5"
    "|*_[x](javascript:pwned) @everyone #1 https://evil.test\n::error::x"
)


def hostile() -> Run:
    """A run whose every text tries to get out of the format it is put into."""
    bad = Finding(
        id="response-schema",
        place=Place(f"Start{ATTACK}", f"Volume\n{ATTACK}", NASTY),
        severity=Severity.BREAKS_CLIENTS,
        message=NASTY,
        values=(NASTY, "x" * 100_000),
        claims=(
            Claim("page", NASTY, Source(f"{ATTACK}.html", 3)),
            Claim("service", NASTY * 50),
        ),
        source=Source(f"../{ATTACK}.html", 3),
        suggestion=Suggestion(NASTY, NASTY),
    )
    huge = b'{"name": "' + b"A" * 10_000_000 + b'"}'
    answers = (
        exchange(ATTACK.encode() + bytes(range(256)), query=f"?type={ATTACK}"),
        exchange(huge),
        exchange(b'{"volume": {"category": "' + ATTACK.encode() + b'"}}', 599),
        exchange(b"[" * 5000),
        replace(
            exchange(b"x"),
            response=Response(200, ((ATTACK, NASTY),), "☃".encode("utf-16"), elapsed=-1.0),
        ),
    )
    return base_run(
        outcome="failed",
        sentence=NASTY,
        view=NASTY,
        budget=ATTACK,
        request_hash=ATTACK,
        target=TargetLine("live", f"https://example.test/{ATTACK}", ATTACK, (ATTACK,)),
        versions={ATTACK: NASTY},
        verdicts=tuple(
            Verdict(
                finding=replace(bad, values=(str(number), *bad.values)),
                state="known" if number == 4 else "new",
                blame=blame,
                ledger_id=NASTY if number == 4 else None,
                exchange=answer,
                curl=f"curl '{NASTY}'",
            )
            for number, (answer, blame) in enumerate(zip(answers, _blames(), strict=True))
        ),
        ledger=(
            LedgerState(
                NASTY, NASTY, NASTY, "docs", "seen", date(2020, 1, 1), 1, (NASTY,), (NASTY,)
            ),
        ),
        matrix=(
            FactState(
                bad.place,
                NASTY,
                "nobody-agrees",
                NASTY,
                NASTY,
                NASTY,
                {NASTY: 3, "y" * 9999: 1},
                fingerprints=(bad.fingerprint,),
            ),
        ),
        unproven=(Unproven(bad.place, NASTY, NASTY),),
        withheld=(Withheld(NASTY, NASTY, 1, NASTY),),
        transients=(Transient(NASTY, NASTY, 1),),
        tests=(TestOutcome(NASTY, ATTACK, "failed", -0.5, 1, NASTY),),
        beats=(Beat(0.0, NASTY, 999, 0.0), Beat(-1.0, NASTY, None, 1e9)),
        traffic=answers,
        earlier=(Earlier(NASTY, STARTED, "failed", 1, 1, 0, 0, 0.0),),
    )


def _blames() -> tuple[Blame, ...]:
    return ("service", "docs", "spec", "undetermined", "service")


def ten_thousand() -> Run:
    """A run that found far too much."""
    model = new_efs()
    return base_run(
        outcome="failed",
        sentence="10,000 new findings, all of them break clients.",
        verdicts=tuple(
            replace(
                model,
                finding=replace(
                    model.finding,
                    place=place(f"VolumeRes.field_{n % 997}", OPERATIONS[n % 4]),
                    values=(f"value-{n}",),
                    message=f"volume.field_{n % 997} is 'value-{n}', which nobody allows",
                ),
            )
            for n in range(10_000)
        ),
        ledger=ledger(),
        matrix=matrix(),
        beats=beats(5000),
        tests=tests(failed=True),
    )


def all_samples() -> dict[str, Run]:
    """Every sample by its name."""
    makers = (empty, all_known, mixed, hostile, ten_thousand)
    return {maker.__name__.replace("_", "-"): maker() for maker in makers}
