"""What triage makes of the findings of a run, and everything a report may show of it.

Every text here is already masked: no token of a request or a response is left in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from contract_tests.exchange import Exchange
from contract_tests.findings import Finding, Place, Severity, Source

Blame = Literal["docs", "spec", "service", "undetermined"]
Nature = Literal["violation", "flaky", "transient"]
Outcome = Literal["passed", "failed", "unproven"]
EXIT: dict[Outcome, int] = {"passed": 0, "failed": 1, "unproven": 2}
"""What a command exits with."""
Agreement = Literal[
    "agree",
    "service-alone",
    "docs-alone",
    "spec-alone",
    "nobody-agrees",
    "agree-unexercised",
    "differ-unexercised",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A finding after triage.

    `exchange` is the smallest one that showed it, masked; `curl` sends just that request,
    with `$CONTRACT_TESTS_TOKEN` where the token stood.
    """

    finding: Finding
    state: Literal["new", "known"]
    blame: Blame
    count: int = 1
    nature: Nature = "violation"
    ledger_id: str | None = None
    exchange: Exchange | None = None
    curl: str | None = None

    @property
    def harmless(self) -> bool:
        """Whether it never makes a run fail: a passing overload, or for a reader to judge."""
        return self.nature == "transient" or not self.finding.certain

    def fails(self, threshold: Severity) -> bool:
        """Whether it makes a run fail at `--fail-on threshold`."""
        return self.state == "new" and not self.harmless and self.finding.severity >= threshold


@dataclass(frozen=True, slots=True)
class LedgerState:
    """What a run says of one ledger entry."""

    id: str
    where: str
    what: str
    wrong: Blame
    state: Literal["seen", "not-seen", "not-exercised"]
    review: date
    count: int = 0
    values: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    due: bool = False
    """Whether its review date has passed on the day of the run."""


@dataclass(frozen=True, slots=True)
class FactState:
    """One row of the three-way matrix: what each party says at one place.

    `page`, `spec` and `service` are short texts for people, None where that party is silent;
    `seen` counts each value that the service answered (at most 50 values are kept).
    """

    place: Place
    aspect: str
    """`type`, `enum`, `presence`, `status`, `default`, `limit`, `parameter`, `invariant`."""
    agreement: Agreement
    page: str | None
    spec: str | None
    service: str | None
    seen: Mapping[str, int] = field(default_factory=dict)
    page_source: Source | None = None
    spec_source: Source | None = None
    fingerprints: tuple[str, ...] = ()
    """The findings that speak of this fact."""


@dataclass(frozen=True, slots=True)
class Unproven:
    """A constraint of the contract that no exchange exercised, and why where it is known."""

    place: Place
    constraint: str
    reason: str


@dataclass(frozen=True, slots=True)
class Withheld:
    """Requests that the safety rules kept back."""

    rule: str
    """The `--allow` word that would let them through, or the budget that was spent."""
    area: str
    count: int
    example: str
    """Method and path of one of them."""


@dataclass(frozen=True, slots=True)
class Transient:
    """Answers that were not the service's word yet: the request was sent again."""

    operation: str
    """The operationId, or method and path where it was sent for none."""
    cause: str
    """`reset`, `unreachable`, `closed connection`, or the status."""
    count: int


@dataclass(frozen=True, slots=True)
class TestOutcome:
    """One contract test of the suite."""

    __test__ = False

    name: str
    operation: str
    outcome: Literal["passed", "failed", "skipped", "error"]
    duration: float
    """Seconds."""
    exchanges: int = 0
    message: str = ""


@dataclass(frozen=True, slots=True)
class Beat:
    """One exchange in small, for the pictures: seconds since the start, status, seconds taken."""

    at: float
    operation: str
    status: int | None
    elapsed: float


@dataclass(frozen=True, slots=True)
class TargetLine:
    """What was tested, in words that hold no secret."""

    kind: Literal["mock", "live", "recorded", "none"]
    base_url: str
    project_id: str = ""
    notebook_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier run in small, for the trend line."""

    id: str
    started: datetime
    outcome: Outcome
    new: int
    known: int
    exercised: int
    """How many of the facts the service was seen to answer or refuse."""
    facts: int
    duration: float
    """Seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run, whole: what `run.json` holds and every report format renders."""

    id: str
    started: datetime
    duration: float
    """Seconds."""
    seed: int
    view: str
    budget: str
    target: TargetLine
    fail_on: Severity
    outcome: Outcome
    sentence: str
    """The verdict in one sentence."""
    request_hash: str
    """SHA-256 over the request sequence: the same seed gives the same hash."""
    versions: Mapping[str, str] = field(default_factory=dict)
    verdicts: tuple[Verdict, ...] = ()
    ledger: tuple[LedgerState, ...] = ()
    matrix: tuple[FactState, ...] = ()
    unproven: tuple[Unproven, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    transients: tuple[Transient, ...] = ()
    tests: tuple[TestOutcome, ...] = ()
    beats: tuple[Beat, ...] = ()
    traffic: tuple[Exchange, ...] = ()
    """The masked exchanges, where they were kept (`--report har`); only `traffic.har` has them."""
    earlier: tuple[Earlier, ...] = ()
    """Runs before this one, the oldest first; the store of reports fills it in."""

    @property
    def new(self) -> tuple[Verdict, ...]:
        """The new findings, the worst first; those that cannot fail a run come last."""
        found = (v for v in self.verdicts if v.state == "new")
        return tuple(
            sorted(found, key=lambda v: (v.harmless, -v.finding.severity, v.finding.place))
        )

    @property
    def known(self) -> tuple[Verdict, ...]:
        """The findings that the ledger covers."""
        return tuple(v for v in self.verdicts if v.state == "known")
