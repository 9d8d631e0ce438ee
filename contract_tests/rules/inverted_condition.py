"""A condition is stated the wrong way round: logic, or the row's own values, deny it.

Clients that implement the sentence do the opposite of the service: they take a running instance
for one that is to be stopped.

Fails::

    GET /v1/disks
    = response 200
    status | String | Status of the disk.
    lease | Lease object | Lease of the disk.
    = Lease
    create_at | Long | Time (UTC ms) when the lease was created.
    update_at | Long | Time (UTC ms) when the lease was updated.
    duration | Long | Duration in ms. Once creation time plus duration is greater than the current time, the disk stops.
    = example response 200
    {"status": "RUNNING",
     "lease": {"create_at": 1638841744515, "update_at": 1638844471727, "duration": 6327212}}

Passes::

    GET /v1/disks
    = response 200
    status | String | Status of the disk.
    lease | Lease object | Lease of the disk.
    = Lease
    create_at | Long | Time (UTC ms) when the lease was created.
    update_at | Long | Time (UTC ms) when the lease was updated.
    duration | Long | Duration in ms. Once creation time plus duration is less than the current time, the disk stops.
    = example response 200
    {"status": "RUNNING",
     "lease": {"create_at": 1638841744515, "update_at": 1638844471727, "duration": 6327212}}
"""  # noqa: E501 (a sentence of a cell stands in one line)

from __future__ import annotations

import re
from collections.abc import Iterator

from contract_tests.facts import Field, Table
from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading, says
from contract_tests.rules.reading.bodies import Json
from contract_tests.rules.reading.matching import Object

SEVERITY = Severity.BREAKS_CLIENTS
AREA = "prose"

NOW = "the current time"
DEADLINE = re.compile(
    r"\b(?:plus|and) (?:the )?(?:\w+ )?duration is"
    r" (?P<side>greater|larger|later|less|smaller|earlier)"
    rf" than {NOW}\b[^.]*\b(?:stop|delet|releas|expir|terminat)\w*",
    re.IGNORECASE,
)
"""A deadline, made of a start and a duration, against now, and that something ends then."""
FUTURE = frozenset({"greater", "larger", "later"})
ENDED = re.compile(r"stop|delet|expir|terminat|releas|frozen|fail", re.IGNORECASE)
WHETHER = re.compile(r"(?:specifies |check )?whether\b(?P<what>[^.]*)", re.IGNORECASE)
NEGATION = re.compile(r"\b(?:not|no|cannot|never|without)\b|\b(?:in|un|dis)(?=[a-z]{4})", re.I)


def check(reading: Reading) -> Iterator[Problem]:
    """Deadlines that end what still runs, and truth values that mean the opposite."""
    for table, field in reading.rows:
        if NOW in field.description and (match := DEADLINE.search(field.description)):
            yield from _deadline(reading, table, field, match)
        elif field.type.kind == "boolean" and _is_negated(field):
            yield Problem.at(
                table,
                field,
                f"{field.name} asks whether something is so, but its true says that it is not",
                values=("true", "false"),
                claims=tuple(says(f"{v.value}: {v.meaning}", v.source) for v in field.enum),
                certain=False,
            )


def _deadline(
    reading: Reading, table: Table, field: Field, match: re.Match[str]
) -> Iterator[Problem]:
    """A deadline in the future ends nothing; an example that shows it running is evidence."""
    if match["side"].lower() not in FUTURE:
        return
    running = next((o for o in reading.objects if o.table is table and _runs_on(o, field)), None)
    stated = f"ends when start + {field.name} > now"
    claims = [says(stated, field.source)]
    if running:
        shown = f"start + {field.name} > update, and status {_status(running)}"
        claims.append(says(shown, running.source))
    yield Problem.at(
        table,
        field,
        f"the description ends it while start + {field.name} is still in the future",
        values=(f"{match['side'].lower()} than now",),
        claims=tuple(claims),
        suggestion=_turned(field.description, match),
    )


def _turned(text: str, match: re.Match[str]) -> str:
    """The description with its comparison the right way round."""
    right = "earlier" if match["side"].lower() == "later" else "less"
    return f"{text[: match.start('side')]}{right}{text[match.end('side') :]}"


def _runs_on(owner: Object, field: Field) -> bool:
    """Whether the example's deadline is after its last update, and nothing has ended."""
    times = {name: v for name, v in owner.members.items() if isinstance(v, int)}
    start = next((v for name, v in times.items() if name.startswith("creat")), None)
    last = next((v for name, v in times.items() if name.startswith("updat")), None)
    duration = times.get(field.name)
    if start is None or last is None or duration is None:
        return False
    status = _status(owner)
    return start + duration > last and isinstance(status, str) and not ENDED.search(status)


def _status(owner: Object) -> Json:
    """The status nearest to the object: its own, else that of the objects around it."""
    inside = owner.body.value
    found: Json = None
    for step in (*owner.path, None):
        if isinstance(inside, dict):
            found = inside.get("status", found)
        if step is None:
            break
        inside = inside[step]  # type: ignore[index]
    return found


def _is_negated(field: Field) -> bool:
    """Whether `true` denies what the first sentence asks, and `false` affirms it."""
    asked = WHETHER.match(field.description)
    meanings = {value.value.lower(): value.meaning for value in field.enum}
    if asked is None or not all(meanings.get(key) for key in ("true", "false")):
        return False
    if NEGATION.search(asked["what"]):
        return False
    return bool(NEGATION.search(meanings["true"])) and not NEGATION.search(meanings["false"])
