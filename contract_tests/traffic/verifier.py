"""How exchanges are judged: which checks, against which views, and what quickens them."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from contract_tests.checks import ABSENT, Check, Reading, all_checks, read, read_json
from contract_tests.contract import Contract, Operation, View, load_contract
from contract_tests.exchange import Exchange
from contract_tests.findings import Finding
from contract_tests.suite.beyond import CHECKS as BEYOND
from contract_tests.suite.beyond import Beyond
from contract_tests.traffic.guards import GUARDS, Guard, invariant, silent, unguarded
from contract_tests.traffic.plans import Fields, Plan, fields_of, make_plan
from contract_tests.traffic.reading.bodies import Base64
from contract_tests.traffic.reading.records import Record
from contract_tests.traffic.routing import Route, Router
from contract_tests.traffic.sight import Sight
from contract_tests.traffic.typed.faults import UNKNOWN_FIELDS


@dataclass(frozen=True, slots=True)
class Settings:
    """What makes a verifier; small and plain, so that it can be sent to other processes."""

    now: float
    spec: str | None = None
    """A path that every process can read; None for the shipped contract."""
    checks: frozenset[str] | None = None
    hosts: tuple[str, ...] = ()

    def verifier(self) -> Verifier:
        """The verifier of these settings; each process makes it once.

        Raises:
            InputError: the contract cannot be read.
        """
        return _made(self)

    def verifier_of(self, contract: Contract) -> Verifier:
        """The verifier of these settings by a contract, whichever they name."""
        return Verifier(
            view=contract.view("documented"),
            now=self.now,
            observed=contract.view("observed"),
            checks=self.checks,
            hosts=self.hosts,
        )


@lru_cache(maxsize=4)
def _made(settings: Settings) -> Verifier:
    contract = load_contract(Path(settings.spec) if settings.spec else None)
    return settings.verifier_of(contract)


@dataclass(frozen=True)
class Verifier:
    """How exchanges are judged; the same for all of a run, on whatever machine.

    Args:
        view: what answers are held against.
        observed: the view with the overlay; what it adds is held against them besides.
        now: Unix time for records that have none, so that the result does not depend on when
            a worker came to them.
        checks: ids of the checks to run; all where None.
        hosts: patterns of the hosts whose traffic counts; all where empty.
    """

    view: View
    now: float
    observed: View | None = None
    checks: frozenset[str] | None = None
    hosts: tuple[str, ...] = ()
    _plans: dict[tuple[str, int], Plan] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def selected(self) -> tuple[Check, ...]:
        """The checks to run."""
        return tuple(c for c in all_checks() if self.checks is None or c.id in self.checks)

    @cached_property
    def steps(self) -> tuple[Guard, ...]:
        """What an exchange has to pass so that no check need be run, the dearest last."""
        found = {GUARDS.get(check.id, unguarded) for check in self.selected} - {silent}
        return tuple(sorted(found, key=lambda guard: (guard is invariant, guard.__name__)))

    @cached_property
    def beyond(self) -> Beyond | None:
        """What the overlay adds; None where nothing that it could add is looked for."""
        if self.observed is None or not self.ids & set(BEYOND):
            return None
        return Beyond(self.view, self.observed)

    @cached_property
    def fields(self) -> Fields:
        """What is known of the fields of the contract."""
        return fields_of(self.views)

    @cached_property
    def router(self) -> Router:
        """Finds operations."""
        return Router(self.view, self.hosts)

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of the checks to run."""
        return frozenset(check.id for check in self.selected)

    @cached_property
    def views(self) -> tuple[View, ...]:
        """The views that answers are read against, the documented one first."""
        return (self.view,) if self.beyond is None else (self.view, self.beyond.view)

    def sight(self, record: Record, route: Route) -> Sight | None:
        """An exchange to glance at; None where it has no body that a glance is for."""
        raw, response = record.raw, record.raw.response
        if response is None or type(response.body) is not str:
            return None
        plan = self.plan(route.operation, response.status)
        if plan.quick is None or raw.failure is not None or type(raw.request.body) is Base64:
            return None
        return Sight(record, route, plan, response.body)

    def readings(self, exchange: Exchange, route: Route, *, ask: bool) -> list[Reading]:
        """The exchange as each view reads it; asking its invariants is most of the work."""
        if not ask:
            return [_unasked(view, exchange, route) for view in self.views]
        said = read(self.view, exchange)
        return [said] if self.beyond is None else [said, self.beyond.read(said)]

    def findings(
        self, readings: Sequence[Reading], ids: Container[str] | None = None
    ) -> list[list[Finding]]:
        """What is wrong by each view's word, of all checks that are run or only some."""
        checks = [check for check in self.selected if ids is None or check.id in ids]
        found = [[finding for check in checks for finding in check.check(readings[0])]]
        return found + [self._beyond(reading) for reading in readings[1:]]

    def _beyond(self, reading: Reading) -> list[Finding]:
        """What is wrong by the overlay."""
        found = self.beyond.findings(reading, ()) if self.beyond else []
        asked = {True: "response-schema" in self.ids, False: "invariant" in self.ids}
        return [finding for finding in found if asked[finding.id == "response-schema"]]

    def plan(self, operation: Operation, status: int) -> Plan:
        """What is worked out for an operation and a status."""
        found = self._plans.get((operation.id, status))
        if found is None:
            found = make_plan(
                self.views,
                self.fields,
                operation,
                status,
                closed=UNKNOWN_FIELDS in self.ids,
                ask="invariant" in self.ids,
            )
            self._plans[operation.id, status] = found
        return found


def _unasked(view: View, exchange: Exchange, route: Route) -> Reading:
    """A reading without what became of invariants."""
    body = exchange.response.body if exchange.response else b""
    value, faults = read_json(body) if body else (ABSENT, ())
    return Reading(
        view,
        exchange,
        route.operation,
        matched=True,
        path=route.path_params,
        value=value,
        faults=faults,
    )
