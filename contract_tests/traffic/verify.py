"""The core: records in, a tally out; nothing else is read, written or remembered.

Most exchanges are judged at a glance: guards see that a check would find nothing, and faults that
were worked out before are known again. What neither can tell is examined by the checks
themselves. So the quick way decides how fast it goes, never what comes out.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import compress
from operator import not_
from typing import Generic, TypeVar

from contract_tests.traffic.counting import Counting
from contract_tests.traffic.examining import examine, sample
from contract_tests.traffic.guards import is_known
from contract_tests.traffic.merge import Tally
from contract_tests.traffic.reading.records import Diagnostic, Record
from contract_tests.traffic.routing import Route
from contract_tests.traffic.sight import Sight
from contract_tests.traffic.verifier import Verifier

HANDFUL = 32
"""Exchanges that are judged together: a processor has little room for steps, so that each is
taken with all of them."""
HANDFUL_SIZE = 4_000_000
"""Characters of their bodies."""
T = TypeVar("T")


def verify(verifier: Verifier, items: Iterable[Record | Diagnostic], batch: str) -> Tally:
    """What some records show; `batch` names them, and no others of the same run."""
    work = _Work(verifier)
    with _rare_collections():
        for item in items:
            if isinstance(item, Diagnostic):
                work.counting.note((item,))
            else:
                work.take(item)
        return work.end(batch)


@contextmanager
def _rare_collections() -> Iterator[None]:
    """Collect garbage less often: JSON makes much of it that lives shortly, and no cycles."""
    before = gc.get_threshold()
    gc.set_threshold(10_000, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@dataclass(slots=True)
class _Handful(Generic[T]):
    """What waits to be judged together."""

    items: list[T] = field(default_factory=list)
    size: int = 0
    """Characters of the bodies."""

    def add(self, item: T, record: Record) -> bool:
        """Whether it is full then."""
        self.items.append(item)
        response = record.raw.response
        self.size += len(record.raw.request.body or "")
        self.size += len(response.body or "") if response else 0
        return len(self.items) >= HANDFUL or self.size > HANDFUL_SIZE

    def take(self) -> list[T]:
        """All of it; nothing waits then."""
        items, self.items, self.size = self.items, [], 0
        return items


@dataclass(slots=True)
class _Work:
    """One batch being worked on."""

    verifier: Verifier
    counting: Counting = field(default_factory=Counting)
    records: int = 0
    plain: _Handful[Sight] = field(default_factory=_Handful)
    """What a glance may do for."""
    odd: _Handful[tuple[Record, Route, Sight | None]] = field(default_factory=_Handful)
    """What it does not do for."""

    def take(self, record: Record) -> None:
        """Judge a record: at a glance, or with others."""
        self.records += 1
        request, verifier = record.raw.request, self.verifier
        route = verifier.router.match(request.method, request.url)
        if route is None:
            template = verifier.router.template(request.method, request.url)
            self.counting.counts["unmatched", template] += 1
            return
        if not record.sent_at:
            record.sent_at = verifier.now
        sight = verifier.sight(record, route)
        if sight is None:
            self._put_off(record, route)
        elif verifier.steps:
            if self.plain.add(sight, record):
                self._judge(self.plain.take())
        elif is_known(sight):
            self.counting.glanced(sight)
        else:
            self._put_off(record, route, sight)

    def _judge(self, sights: list[Sight]) -> None:
        """Count those for which a glance does, and put off the others."""
        for step in (is_known, *self.verifier.steps):
            passed = list(map(step, sights))
            if not all(passed):
                for sight in compress(sights, map(not_, passed)):
                    self._put_off(sight.record, sight.route, sight)
                sights = list(compress(sights, passed))
        for sight in sights:
            self.counting.glanced(sight)

    def _put_off(self, record: Record, route: Route, sight: Sight | None = None) -> None:
        """Leave an exchange to the checks themselves, with others."""
        if self.odd.add((record, route, sight), record):
            self._examine()

    def _examine(self) -> None:
        for record, route, sight in self.odd.take():
            examine(self.verifier, self.counting, record, route, sight)

    def end(self, batch: str) -> Tally:
        """Judge what still waits; what the batch showed."""
        self._judge(self.plain.take())
        self._examine()
        self.counting.counts["record",] = self.records
        for known, (_, sight) in self.counting.smallest.items():
            sample(self.verifier, self.counting, known, sight)
        return self.counting.tally(batch)
