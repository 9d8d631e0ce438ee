"""Sends the suite's requests, checks every exchange, and keeps what the report needs."""

from __future__ import annotations

import hashlib
import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote, urlsplit

from contract_tests import __version__
from contract_tests.checks import ABSENT, Reading, conceal_text, read, run_all
from contract_tests.contract import LedgerEntry, View
from contract_tests.contract.violations import kind
from contract_tests.exchange import Exchange, Request
from contract_tests.findings import Finding, Place
from contract_tests.suite.beyond import Beyond, Held
from contract_tests.suite.probes import Probe
from contract_tests.targets.session import RequestWithheld, Session
from contract_tests.triage import Sighting, covering, merge, sight
from contract_tests.verdicts import Beat, Nature, Unproven

HEADERS = (
    ("Accept", "application/json"),
    ("Content-Type", "application/json"),
    ("User-Agent", f"contract-tests/{__version__}"),
)


@dataclass
class Record:
    """What a run, or one worker's part of it, has seen so far."""

    started: float = field(default_factory=time.time)
    sightings: dict[str, Sighting] = field(default_factory=dict)
    natures: dict[str, Nature] = field(default_factory=dict)
    seen: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By name of a place and value, as text: how often the service answered it."""
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By name of a place and kind of value (`string`): how often the service answered it."""
    exercised: Counter[str] = field(default_factory=Counter)
    """By name of a place: how often a constraint there was put to the test; places that each
    operation has of its own are counted by operation as well (`StartNotebook:status.200`)."""
    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    beats: list[Beat] = field(default_factory=list)
    requests: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """By test: a hash of each request that it sent."""
    sent: Counter[str] = field(default_factory=Counter)
    """By test: how many exchanges it took, looks at notebooks among them."""
    unproven: list[Unproven] = field(default_factory=list)
    traffic: list[Exchange] = field(default_factory=list)
    news: int = 0
    """How many findings the ledger does not know."""

    @property
    def request_hash(self) -> str:
        """SHA-256 over the requests of all tests, in the order of their names."""
        digest = hashlib.sha256()
        for test in sorted(self.requests):
            digest.update("\n".join([test, *self.requests[test]]).encode())
        return digest.hexdigest()

    @property
    def successes(self) -> int:
        """How many answers with status 200 were checked."""
        return sum(count for (_, status), count in self.statuses.items() if status == 200)

    def absorb(self, other: Record) -> None:
        """Take in what another worker has seen."""
        self.started = min(self.started, other.started)
        self.sightings = merge(self.sightings, other.sightings)
        self.natures |= other.natures
        self.seen += other.seen
        self.kinds += other.kinds
        self.exercised += other.exercised
        self.statuses += other.statuses
        self.beats += other.beats
        self.requests |= other.requests
        self.sent += other.sent
        self.unproven += [item for item in other.unproven if item not in self.unproven]
        self.traffic += other.traffic
        self.news += other.news


class Recorder:
    """Between the tests and the target's session."""

    def __init__(
        self,
        view: View,
        session: Session,
        ledger: Iterable[LedgerEntry] = (),
        *,
        observed: View | None = None,
        keep_traffic: bool = False,
    ) -> None:
        """Prepare to check answers against `view`, and against what `observed` adds to it."""
        self.view = view
        self._beyond = Beyond(view, observed) if observed else None
        self.session = session
        self.record = Record()
        self.secrets: tuple[str, ...] = session.known_secrets
        self.test = ""
        self._ledger = tuple(ledger)
        self._keep_traffic = keep_traffic
        self._news: list[str] = []
        self._enumerated = frozenset(
            field.place.name
            for each in filter(None, (view, observed))
            for operation in each.operations
            for field in each.fields(operation.id)
            if "enum" in field.schema.get("items", field.schema)
        )

    def request(self, probe: Probe) -> Request:
        """The request that a probe stands for, with the target's own ids where it gives none."""
        target, operation = self.session.target, self.view.operation(probe.operation)
        path = probe.raw_path or operation.path
        ids = {"project_id": target.project_id, "id": target.notebook_ids[0]} | dict(probe.path)
        for name, value in ids.items():
            path = path.replace(f"{{{name}}}", value)
        url = target.base_url + path + (f"?{probe.query}" if probe.query else "")
        own = {name.lower() for name, _ in probe.headers}
        usual = () if probe.plain else tuple(h for h in HEADERS if h[0].lower() not in own)
        headers = (*usual, *probe.headers)
        request = Request(probe.method or operation.method, url, headers, probe.body)
        return self.session.authorize(request) if probe.authenticated else request

    def send(self, probe: Probe, *, look: bool = False) -> Exchange | None:
        """Send a probe; None where the safety rules keep it back.

        Args:
            probe: what to send.
            look: a look at a notebook between probes; how many of them there are depends on
                the service's pace, so they do not count in the hash of the request sequence.
        """
        request = self.request(probe)
        if not look:
            self.record.requests[self.test].append(self._digest(request))
        try:
            exchange = self.session.send(
                request,
                operation=probe.operation,
                expectation=probe.expectation,
                label=self.test,
                secrets=self.secrets,
            )
        except RequestWithheld:
            return None
        self.record.sent[self.test] += 1
        self._beat(exchange)
        return exchange

    def resend(self, exchange: Exchange) -> Exchange | None:
        """Send the request of an exchange once more; None where the safety rules keep it back."""
        try:
            return self.session.send(
                exchange.request,
                operation=exchange.operation,
                expectation=exchange.expectation,
                label=exchange.label,
                secrets=exchange.secrets,
            )
        except RequestWithheld:
            return None

    def judge(self, exchange: Exchange, around: Mapping[str, Any] | None = None) -> list[Finding]:
        """Run all checks on an exchange and keep what they find."""
        exchange = replace(exchange, around={**exchange.around, **(around or {})})
        reading = read(self.view, exchange)
        findings = list(run_all(reading))
        self._cover(reading, self.view)
        if self._beyond is not None:
            further = self._beyond.read(reading)
            findings += self._beyond.findings(further, findings)
            self._cover_beyond(further)
        self.note(findings)
        if self._keep_traffic:
            self.record.traffic.append(exchange)
        return findings

    def probe(self, probe: Probe) -> Exchange | None:
        """Send a probe and check its exchange."""
        exchange = self.send(probe)
        if exchange is not None:
            self.judge(exchange)
        return exchange

    def note(self, findings: Iterable[Finding]) -> None:
        """Keep findings; those that are new to this run and to the ledger are news."""
        fresh = sight(findings)
        for key, sighting in fresh.items():
            if (
                key not in self.record.sightings
                and covering(sighting.finding, self._ledger) is None
            ):
                self.record.news += 1
                self._news.append(f"{sighting.finding.place}: {sighting.finding.message}")
        self.record.sightings = merge(self.record.sightings, fresh)

    def news(self) -> list[str]:
        """What was found since the last call and the ledger does not know."""
        news, self._news = self._news, []
        return news

    def unknown(self) -> list[Finding]:
        """What was found so far and the ledger does not know."""
        found = [sighting.finding for sighting in self.record.sightings.values()]
        return [finding for finding in found if covering(finding, self._ledger) is None]

    def unproven(self, place: str, constraint: str, reason: str) -> str:
        """Note a constraint that could not be put to the test; returns the reason."""
        structure, _, name = place.partition(".")
        item = Unproven(Place("StartNotebook", structure, name), constraint, reason)
        if item not in self.record.unproven:
            self.record.unproven.append(item)
        return reason

    def _digest(self, request: Request) -> str:
        """A hash of method, path and query, headers without credentials, and body."""
        url, target = urlsplit(request.url), self.session.target
        ids = {target.project_id: "project"}
        ids |= {known: f"notebook-{n}" for n, known in enumerate(target.notebook_ids)}
        text = f"{url.path}?{url.query}"
        for known, stands_for in ids.items():
            text = text.replace(quote(known), stands_for)
        names = sorted(name.lower() for name, _ in request.headers)
        parts = [request.method, text, *names, request.body.decode(errors="replace")]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]

    def _beat(self, exchange: Exchange) -> None:
        response = exchange.response
        status = response.status if response else None
        self.record.beats.append(
            Beat(
                at=exchange.sent_at - self.record.started,
                operation=exchange.operation or "",
                status=status,
                elapsed=response.elapsed if response else 0.0,
            )
        )
        if status is not None:
            self.record.statuses[exchange.operation or "", status] += 1

    def _cover(self, reading: Reading, view: View) -> None:
        """Note which places of the contract the exchange exercised, and with which values."""
        if reading.operation is None or reading.status is None:
            return
        exercised = self.record.exercised
        about = [f"status.{reading.status}"]
        if reading.exchange.expectation is not None:
            about.append(reading.exchange.expectation.about)
        exercised.update(about)
        exercised.update(f"{reading.operation.id}:{name}" for name in about)
        self._cover_values(reading, view.exercised)

    def _cover_beyond(self, reading: Reading) -> None:
        """The same of the places that only the overlay has."""
        if reading.operation is not None and self._beyond is not None:
            self._cover_values(reading, self._beyond.exercised)

    def _cover_values(self, reading: Reading, held: Held) -> None:
        exercised = self.record.exercised
        exercised.update(o.invariant.id for o in reading.outcomes if o.held is not None)
        if reading.operation is None or reading.status is None or reading.value is ABSENT:
            return
        seen, kinds = self.record.seen, self.record.kinds
        for place, item in held(reading.operation.id, reading.status, reading.value):
            name = place.name
            exercised[name] += 1
            kinds[name, kind(item)] += 1
            if self._is_countable(name, item):
                seen[name, conceal_text(_text(item), reading.exchange.secrets)] += 1

    def _is_countable(self, place: str, item: object) -> bool:
        """Whether a value may be kept: texts that no enumeration lists may be secret."""
        if isinstance(item, str):
            return place in self._enumerated
        return item is None or isinstance(item, int | float)


def _text(value: object) -> str:
    """A scalar as JSON writes it, a string without its quotes; at most 80 characters."""
    return (value if isinstance(value, str) else json.dumps(value))[:80]
