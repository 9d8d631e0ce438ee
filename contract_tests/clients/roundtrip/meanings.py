"""The kinds of findings of the round trip: id, how much each hurts, what it means."""

from __future__ import annotations

from dataclasses import dataclass

from contract_tests.findings import Severity


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one id says of an SDK; `doc` begins with one line that says it."""

    id: str
    severity: Severity
    doc: str


DECODE_ERROR = Meaning(
    "sdk-decode-error",
    Severity.BREAKS_CLIENTS,
    """An SDK raises an exception for an answer that is right.

Its user gets nothing of the answer, though the call may have had its effect.

How to mend: teach the SDK what it does not take, or pin a version that does.""",
)
ENUM_REJECTED = Meaning(
    "sdk-enum-rejected",
    Severity.BREAKS_CLIENTS,
    """An SDK refuses a value that the service is known to answer.

The enumeration was closed when the SDK was made; one new value breaks every call that meets it.

How to mend: make the SDK from the client view, which keeps enumerations open.""",
)
FIELD_DROPPED = Meaning(
    "sdk-field-dropped",
    Severity.MISLEADS,
    """An SDK leaves out a field that the service answers.

Its user cannot see that the field exists; an answer that is stored or passed on loses it.

How to mend: add the field to the SDK's model, or keep unknown fields.""",
)
REQUEST_INVALID = Meaning(
    "sdk-request-invalid",
    Severity.MISLEADS,
    """The request that an SDK really sends is none that the contract accepts.

It was caught on the wire: method, path, query, headers and body as the service would get them.

How to mend: correct what the SDK sends, or, where the service does take it, the contract.""",
)
TYPE_COERCED = Meaning(
    "sdk-type-coerced",
    Severity.MISLEADS,
    """An SDK turns a value of the wrong type into the right one without a word.

What the service got wrong is seen only by clients that use another SDK.

How to mend: let the SDK check types, or take its silence into account when it is the test.""",
)
VALUE_CHANGED = Meaning(
    "sdk-value-changed",
    Severity.MISLEADS,
    """A value that went through an SDK is another one afterwards.

Its user works with what the service did not say: a rounded number, a shifted time, another case.

How to mend: read the value as the contract types it.""",
)
MEANINGS = (
    DECODE_ERROR,
    ENUM_REJECTED,
    FIELD_DROPPED,
    REQUEST_INVALID,
    TYPE_COERCED,
    VALUE_CHANGED,
)
