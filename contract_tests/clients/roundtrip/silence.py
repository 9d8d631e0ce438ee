"""What an SDK accepts without a word though the observed view does not."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from contract_tests.clients._worker import Raised, Worker
from contract_tests.clients.roundtrip.answers import ABSENT, Answer, Sample, part_at
from contract_tests.clients.roundtrip.compare import effect
from contract_tests.clients.roundtrip.damage import BROKEN_BODIES, LONE, Damage, damages
from contract_tests.clients.roundtrip.losses import Effect
from contract_tests.clients.roundtrip.trips import Trip, travel
from contract_tests.contract.violations import kind

Fate = Literal["raised", "handed on", "left out", "made something else"]


@dataclass(frozen=True, slots=True)
class Accepted:
    """One kind of wrong answer: how often each fate met it; what `raised` was not accepted."""

    kind: str
    fates: Counter[Fate]
    example: str
    """A place where it was accepted; empty where it never was."""

    @property
    def accepted(self) -> int:
        """How many the SDK took without a word."""
        return self.fates.total() - self.fates["raised"]


@dataclass(slots=True)
class Silence:
    """Gathers what became of wrong answers, and what was coerced among them."""

    effects: list[Effect] = field(default_factory=list)
    _fates: dict[str, Counter[Fate]] = field(default_factory=lambda: defaultdict(Counter))
    _examples: dict[str, str] = field(default_factory=dict)

    def probe(self, worker: Worker, sample: Sample) -> None:
        """Send every wrong answer of one kind of answer."""
        for damage in () if sample.repeats else damages(sample):
            trip = travel(worker, sample, Answer(sample.operation, sample.status, damage.value))
            fate = _fate(damage, trip)
            self._note(damage.kind, fate, str(damage.field.place))
            tells = fate != "left out" and damage.put is not None and not damage.is_missing
            if tells:
                self.effects.append(_effect(sample, damage, trip))
        for named, body in BROKEN_BODIES:
            said = worker.round_trip(sample.operation, sample.status, body)
            taken: Fate = "raised" if isinstance(said, Raised) else "made something else"
            self._note(named, taken, f"{sample.operation}:status.{sample.status}")

    def kinds(self) -> tuple[Accepted, ...]:
        """By kind, those that are accepted most first."""
        found = (Accepted(k, f, self._examples.get(k, "")) for k, f in self._fates.items())
        return tuple(sorted(found, key=lambda a: (-a.accepted, a.kind)))

    def _note(self, named: str, fate: Fate, where: str) -> None:
        self._fates[named][fate] += 1
        if fate != "raised":
            self._examples.setdefault(named, where)


def _fate(damage: Damage, trip: Trip) -> Fate:
    if trip.raised:
        return "raised"
    back = part_at(trip.back, damage.field.path)
    if damage.is_missing:
        return "handed on" if back is ABSENT else "made something else"
    if back is ABSENT:
        return "left out"
    return "handed on" if _same(back, damage.put) else "made something else"


def _effect(sample: Sample, damage: Damage, trip: Trip) -> Effect:
    """What the SDK made of a wrong value: nothing where it raised, left it out or handed it on."""
    fate = _fate(damage, trip)
    made = part_at(trip.back, damage.field.path) if fate == "made something else" else None
    text = effect(damage.put, made) if fate == "made something else" else None
    if _is_lone(damage) and text:
        text = "a lone value -> array"
    belongs = kind(damage.field.value)
    return Effect(sample, damage.field, belongs, _probe(damage), "coerced", text)


def _probe(damage: Damage) -> str:
    return "a lone value" if _is_lone(damage) else json.dumps(damage.put)


def _is_lone(damage: Damage) -> bool:
    return damage.kind == LONE


def _same(one: Any, other: Any) -> bool:
    return kind(one) == kind(other) and bool(one == other)


def accepted_lines(kinds: Iterable[Accepted]) -> Iterator[str]:
    """One line for each kind that was accepted at all."""
    for each in kinds:
        if each.accepted:
            fates = (f"{fate} {n}" for fate, n in sorted(each.fates.items()) if fate != "raised")
            total = each.fates.total()
            yield f"{each.kind}: {each.accepted} of {total} ({', '.join(fates)})"
