"""An example contradicts itself: a count, a sum, or a value that request and response share.

Readers work out from the example what a field means; here it cannot mean what is written.

Fails::

    POST /v1/disks
    = request
    name | Yes | String | Name of the disk.
    size | Yes | Integer | Size of the disk.
    = response 200
    id | String | ID of the disk.
    name | String | Name of the disk.
    size | Integer | Size of the disk.
    = example request
    POST https://{endpoint}/v1/disks
    {"name": "disk-1", "size": 100}
    = example response 200
    {"id": "10", "name": "disk1", "size": 100}

Fails::

    GET /v1/disks
    = response 200
    count | Integer | Number of disks in this answer.
    disks | Array of strings | The disks.
    = example response 200
    {"count": 3, "disks": ["a", "b"]}

Passes::

    GET /v1/disks
    = query
    limit | No | Integer | Number of disks on each page.
    = response 200
    total_count | Integer | Total number of disks.
    count | Integer | Number of disks in this answer.
    disks | Array of strings | The disks.
    = example response 200
    {"total_count": 30, "count": 2, "disks": ["a", "b"]}
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading, says
from contract_tests.rules.reading.bodies import Json
from contract_tests.rules.reading.calls import path_values
from contract_tests.rules.reading.matching import Matching, Object, Value
from contract_tests.rules.reading.placeholders import is_placeholder, is_unset
from contract_tests.rules.reading.positions import Path

SEVERITY = Severity.MISLEADS
AREA = "example"

COUNT = re.compile(r"(?:(?P<counted>\w+?)_)??(?:total_)?(?:count|total|num(?:ber)?)")
PAGING = frozenset({"limit", "offset", "page", "per_page", "marker", "page_size"})
SUM = re.compile(r"\bsum of (?:the |all )*(\w+?)s? (?:must be|is|must equal|of \w+ must be) (\d+)")
NUMBER = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")
CHANGES = frozenset({"POST", "PUT", "PATCH"})
OWN_LIFE = re.compile(r"status|state|time|_at$|^id$|token", re.IGNORECASE)
"""Fields that the service fills or changes itself, whatever the request says."""


def check(reading: Reading) -> Iterator[Problem]:
    """Counts, sums and echoes of all examples, one finding a row."""
    seen: set[tuple[str, str]] = set()
    for problem in (*_counts(reading), *_sums(reading), *_echoes(reading), *_ids(reading)):
        if (problem.structure, problem.field) not in seen:
            seen.add((problem.structure, problem.field))
            yield problem


def _counts(reading: Reading) -> Iterator[Problem]:
    """A count beside one list: exactly its length, or no less where the list is a page of it."""
    paged = any(f.name in PAGING for t in reading.page.tables for f in t.fields)
    for owner in reading.objects:
        lists = [(k, v) for k, v in owner.members.items() if isinstance(v, list)]
        if owner.body.elided or len(lists) != 1:
            continue
        name, items = lists[0]
        counts = {k: v for k, v in owner.members.items() if _is_count_of(k, name)}
        for key, count in counts.items():
            if isinstance(count, bool) or not isinstance(count, int):
                continue
            whole = "total" in key or len(counts) == 1
            if count != len(items) and not (whole and paged and count >= len(items) > 0):
                yield _contradiction(owner, key, f"{count}", name, f"{len(items)} of {name}")


def _is_count_of(key: str, name: str) -> bool:
    """Whether a field counts that list: `total_count`, or `job_count` beside `jobs`."""
    match = COUNT.fullmatch(key)
    if match is None:
        return False
    counted = match["counted"]
    return not counted or counted.rstrip("s") == name.rstrip("s")


def _contradiction(owner: Object, key: str, shown: str, other: str, against: str) -> Problem:
    source = owner.body.source_of((*owner.path, key))
    return Problem(
        structure=owner.table.name,
        field=key,
        source=source,
        message=f"the example shows {key} {shown}, but {against}",
        values=(f"{shown} against {against}",),
        claims=(
            says(f"{key}: {shown}", source),
            says(against, owner.body.source_of((*owner.path, other))),
        ),
    )


def _sums(reading: Reading) -> Iterator[Problem]:
    """A row that says what its values add up to over the items of a list."""
    groups: dict[tuple[int, Path, str], list[Value]] = {}
    summed = {field.name for _, field in reading.saying("sum of ")}
    for value in reading.values if summed else ():
        if value.field.name in summed and SUM.search(value.field.description):
            group = (id(value.owner.body), value.path[:-2], value.field.name)
            groups.setdefault(group, []).append(value)
    for values in groups.values():
        first = values[0]
        stated = SUM.search(first.field.description)
        shown = (str(value.value) for value in values)
        numbers = [float(text) for text in shown if NUMBER.fullmatch(text)]
        if stated and len(numbers) == len(values) and sum(numbers) != float(stated[2]):
            yield Problem.shown(
                first,
                f"the example's {first.field.name} add up to {sum(numbers):g}, not {stated[2]}",
                values=(f"{sum(numbers):g}",),
                claims=(
                    says(f"sum {sum(numbers):g}", first.source),
                    says(f"sum {stated[2]}", first.field.source),
                ),
            )


def _echoes(reading: Reading) -> Iterator[Problem]:
    """What a request sets and its response states otherwise."""
    if reading.page.method not in CHANGES:
        return
    for asked, answered in _exchanges(reading):
        sent = {value.path: value for value in asked.values if _is_echoed(value)}
        for value in answered.values:
            origin = sent.get(value.path)
            if origin and not is_unset(value.value) and _differ(origin, value):
                yield Problem.shown(
                    value,
                    f"the request sets {value.field.name} to {origin.value}, "
                    f"the response shows {value.value}",
                    values=(f"{origin.value} became {value.value}",),
                    claims=(
                        says(f"request: {origin.value}", origin.source),
                        says(f"response: {value.value}", value.source),
                    ),
                )


def _exchanges(reading: Reading) -> Iterator[tuple[Matching, Matching]]:
    """The requests and the successful responses of the page, where they pair up."""
    bodies = [m for m in reading.matchings if not m.body.is_query and m.values]
    requests = [m for m in bodies if m.body.example.role == "request"]
    responses = [m for m in bodies if m.body.example.role == "response"]
    if len(requests) == len(responses):
        yield from zip(requests, responses, strict=True)


def _is_echoed(value: Value) -> bool:
    shown = value.value
    plain = isinstance(shown, str | int | float) and not is_placeholder(shown)
    return plain and not is_unset(shown) and not OWN_LIFE.search(value.field.name)


def _differ(sent: Value, answered: Value) -> bool:
    if is_placeholder(answered.value) or isinstance(answered.value, dict | list):
        return False
    return _folded(sent.value) != _folded(answered.value)


def _folded(value: Json) -> str:
    """Without case, and without the line breaks of a certificate."""
    return re.sub(r"\s+", "", str(value)).casefold()


def _ids(reading: Reading) -> Iterator[Problem]:
    """The ID in the request's path and the one that the answer calls its own."""
    asked = path_values(reading.page, reading.examples)
    names: Mapping[str, str] = {k: v for k, v in asked.items() if not is_placeholder(v)}
    for value in reading.values if names else ():
        name = value.field.name
        sent = names.get(name)
        shown = value.value
        if value.owner.is_request or len(value.path) > 2 or sent is None:
            continue
        if isinstance(shown, str | int) and not is_placeholder(shown) and str(shown) != sent:
            yield Problem.shown(
                value,
                f"the request's path has {name} {sent}, the response shows {shown}",
                values=(f"{sent} became {shown}",),
                claims=(says(f"request: {sent}"), says(f"response: {shown}", value.source)),
            )
