"""Findings: what an SDK loses of answers that are right, and what it makes of wrong ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from contract_tests.clients.roundtrip.answers import UNKNOWN, Field, Sample, part_at
from contract_tests.clients.roundtrip.compare import Difference
from contract_tests.clients.roundtrip.meanings import (
    DECODE_ERROR,
    ENUM_REJECTED,
    FIELD_DROPPED,
    TYPE_COERCED,
    VALUE_CHANGED,
    Meaning,
)
from contract_tests.clients.roundtrip.trips import Trip
from contract_tests.findings import Finding, Place, Source

_MEANINGS = {"dropped": FIELD_DROPPED, "changed": VALUE_CHANGED, "coerced": TYPE_COERCED}
_SAYS = {
    "dropped": "{sdk} drops the field",
    "changed": "{sdk} changes the value: {effect}",
    "coerced": "{sdk} coerces the value: {effect}",
}


@dataclass(frozen=True, slots=True)
class Effect:
    """What one probe of a type did to one field; `effect` is None where it did nothing."""

    sample: Sample
    field: Field | None
    """None: the answer itself."""
    type: str
    probe: str
    loss: str
    effect: str | None


def losses(sdk: str, trips: Iterable[Trip]) -> Iterator[Finding]:
    """One finding for each part that an answer lost, and one for each exception's cause."""
    travelled = list(trips)
    for trip in travelled:
        for difference in trip.differences:
            yield _lost(sdk, trip, difference)
    yield from _raised(sdk, [trip for trip in travelled if trip.raised])


def effects(sdk: str, seen: Iterable[Effect]) -> Iterator[Finding]:
    """One finding for what an SDK does wherever a type stands, else one for each field.

    A type that is coerced in all fields of an answer is one fault of the SDK, not fifty.
    """
    groups: dict[tuple[str, int, str, str], list[Effect]] = defaultdict(list)
    for effect in seen:
        groups[effect.sample.operation, effect.sample.status, effect.type, effect.probe] += [effect]
    for group in groups.values():
        hit = [effect for effect in group if effect.effect]
        if hit and len(hit) == len(group):
            yield from _everywhere(sdk, hit)
        else:
            yield from (_at_field(sdk, effect) for effect in hit)


def _everywhere(sdk: str, hit: list[Effect]) -> Iterator[Finding]:
    for text in sorted({str(effect.effect) for effect in hit}):
        first = next(effect for effect in hit if effect.effect == text)
        place = Place(first.sample.operation, "type", first.type)
        where = f"in every {first.type} of an answer {first.sample.status}"
        yield _finding(sdk, place, first.loss, text, where, _source(first))


def _at_field(sdk: str, effect: Effect) -> Finding:
    place = effect.field.place if effect.field else Place(effect.sample.operation, "body")
    return _finding(sdk, place, effect.loss, str(effect.effect), "", _source(effect))


def _source(effect: Effect) -> Source:
    return effect.field.source if effect.field else _root(effect.sample)


def _lost(sdk: str, trip: Trip, difference: Difference) -> Finding:
    field = trip.sample.field(difference.path)
    place = field.place if field else Place(trip.answer.operation, "body")
    source = field.source if field else _root(trip.sample)
    return _finding(sdk, place, difference.loss, difference.effect, "", source)


def _raised(sdk: str, trips: list[Trip]) -> Iterator[Finding]:
    """Who sends the one field that raises is at fault; of all else the answer as a whole is."""
    blamed: dict[Place, list[Trip]] = defaultdict(list)
    for trip in trips:
        if trip.answer.about is not None:
            blamed[trip.answer.about.place].append(trip)
    for place, those in blamed.items():
        yield from _exception(sdk, place, those)
    if trips and not blamed:
        yield from _exception(sdk, Place(trips[0].answer.operation, "body"), trips[:1])


def _exception(sdk: str, place: Place, trips: list[Trip]) -> Iterator[Finding]:
    field = trips[0].answer.about
    rejected = _rejected(field, trips) if field else []
    if rejected:
        for value in rejected:
            message = f"{sdk} rejects the value {value}, which answers hold"
            yield _of(sdk, ENUM_REJECTED, place, message, f"rejects {value}", field)
        return
    raised = trips[0].raised
    error, detail = (raised.error, raised.detail) if raised else ("", "")
    message = f"{sdk} raises for an answer that is right: {detail}"
    yield _of(sdk, DECODE_ERROR, place, message, f"raises {error}", field)


def _rejected(field: Field, trips: list[Trip]) -> list[str]:
    """The values of an enumeration that raise, where not every one of them does."""
    if "enum" not in field.schema:
        return []
    sent = {str(part_at(trip.answer.value, field.path)) for trip in trips}
    listed = [str(value) for value in field.values]
    found = [value for value in listed if value in sent]
    return found if len(found) < len(listed) else []


def _of(
    sdk: str, meaning: Meaning, place: Place, message: str, value: str, field: Field | None
) -> Finding:
    return Finding(
        id=meaning.id,
        place=place,
        severity=meaning.severity,
        message=message,
        values=(f"{sdk}: {value}",),
        source=field.source if field else None,
    )


def _finding(sdk: str, place: Place, loss: str, text: str, where: str, source: Source) -> Finding:
    message = _SAYS[loss].format(sdk=sdk, effect=text)
    return Finding(
        id=_MEANINGS[loss].id,
        place=place,
        severity=_MEANINGS[loss].severity,
        message=f"{message} {where}".strip(),
        values=(f"{sdk}: {text}",),
        source=source,
    )


def _root(sample: Sample) -> Source:
    return sample.view.operation(sample.operation).source


def unknown_effect(trip: Trip, field: Field | None) -> Effect:
    """What became of a field that no schema knows."""
    lost = any(difference.path[-1:] == (UNKNOWN,) for difference in trip.differences)
    text = "an unknown field dropped" if lost or trip.raised else None
    return Effect(trip.sample, field, "object", UNKNOWN, "dropped", text)
