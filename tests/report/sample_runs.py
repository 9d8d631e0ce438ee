"""Runs made by hand, as real runs leave them: what every report format is tested with."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from contract_tests.exchange import Response
from contract_tests.findings import Claim, Finding, Place, Severity, Source, Suggestion
from contract_tests.verdicts import (
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
from tests.report.sample_facts import ledger, matrix
from tests.report.sample_findings import (
    BASE,
    NOTEBOOK,
    OPERATIONS,
    PROJECT,
    STARTED,
    exchange,
    place,
)
from tests.report.sample_verdicts import (
    known_400,
    known_efs,
    known_timing,
    lost_connection,
    new_efs,
    new_flaky,
    new_status,
    new_step,
    new_transient,
)


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
