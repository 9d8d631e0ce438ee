"""Guards: for each check, how to see quickly that it finds nothing.

A guard is named as the check it stands before. It may say no where the check would find nothing
after all, never yes where it would find something. A check without a guard is run on every
exchange: a new check needs none to be right, only to be fast.

All guards are asked of answers whose body is a JSON object, sent with a request to which nothing
particular was due; other exchanges go through the checks themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import orjson

from contract_tests.checks import internals_in_answer as internals
from contract_tests.traffic.plans import Plan
from contract_tests.traffic.records import CREDENTIALS, SHORTEST_SECRET, Record


@dataclass(slots=True)
class Sight:
    """An exchange at a glance."""

    record: Record
    plan: Plan
    path_params: Mapping[str, str]
    query: str
    text: str
    value: dict[str, Any]
    request_headers: Mapping[str, str]
    """By name in lower case; the last one where there are several."""
    response_headers: Mapping[str, str]
    marks: list[Any] = field(default_factory=list)
    held: list[str] = field(default_factory=list)

    @property
    def rank(self) -> tuple[int, str, int]:
        """As of a `Sample`: small exchanges first, then early ones."""
        request, text = self.record.raw["request"], self.text
        answer = len(text) if text.isascii() else len(text.encode())
        sent = len((request.get("body") or "").encode())
        return len(request["url"]) + sent + answer, self.record.file, self.record.offset


Guard = Callable[[Sight], bool]


def silent(sight: Sight) -> bool:  # noqa: ARG001 (the signature of guards)
    """For the checks that only speak of what the quick way never sees."""
    return True


def content_type(sight: Sight) -> bool:
    """The body came as what is documented."""
    written = sight.response_headers.get("content-type", "")
    return written in sight.plan.media or written.split(";")[0].strip().lower() in sight.plan.media


def undocumented_status(sight: Sight) -> bool:
    """The status is listed."""
    return sight.plan.status in sight.plan.operation.statuses


def server_error(sight: Sight) -> bool:
    """The status is no 5xx."""
    return sight.plan.status < 500


def internals_in_answer(sight: Sight) -> bool:
    """No private key, in an error nothing that looks like the inside, no header that does."""
    if "PRIVATE KEY-----" in sight.text or any(map(_is_internal, sight.response_headers)):
        return False
    return sight.plan.status < 400 or not any(
        p.search(sight.text) for p in internals.SIGNS.values()
    )


def secret_in_answer(sight: Sight) -> bool:
    """No credential of the request stands in the answer."""
    for name in CREDENTIALS & sight.request_headers.keys():
        secret = sight.request_headers[name]
        if len(secret) < SHORTEST_SECRET:
            continue
        if secret in sight.text or any(secret in v for v in sight.response_headers.values()):
            return False
    return True


def strict_json(sight: Sight) -> bool:
    """No key stands twice.

    Written again, the value has as many quotation marks as its text, unless a key was lost; only
    a quotation mark that is spelled as a code point could hide that.
    """
    text = sight.text
    if "\\u" in text:
        return False
    try:
        return text.count('"') == orjson.dumps(sight.value).count(b'"')
    except orjson.JSONEncodeError:  # nested too deeply
        return False


def invariant(sight: Sight) -> bool:
    """Each invariant plainly holds, or has nothing to say."""
    plan, record = sight.plan, sight.record
    held = plan.plainly_hold(
        sight.value,
        int(record.sent_at * 1000),
        {
            "method": record.raw["request"]["method"].upper(),
            "path": sight.path_params,
            "query": plan.asked(sight.query).query,
            "headers": sight.request_headers,
        },
        {"status": plan.status, "headers": sight.response_headers, "body": sight.value},
        {plan.known[mark].place for mark in sight.marks},
    )
    sight.held = held or []
    return held is not None


GUARDS: Mapping[str, Guard] = {
    "authentication-bypassed": silent,
    "content-type": content_type,
    "internals-in-answer": internals_in_answer,
    "invalid-request-accepted": silent,
    "invariant": invariant,
    "lifecycle": silent,
    "missing-body": silent,
    "no-answer": silent,
    "response-schema": silent,  # its findings are counted by their marks
    "secret-in-answer": secret_in_answer,
    "server-error": server_error,
    "strict-json": strict_json,
    "undocumented-field": silent,  # so are these
    "undocumented-status": undocumented_status,
    "valid-request-refused": silent,
    "wrong-refusal-status": silent,
}
"""By id of the check."""


@lru_cache(maxsize=10_000)
def _is_internal(name: str) -> bool:
    """Whether a header is internal by its name; names are few, so each is judged once."""
    return internals.INTERNAL_HEADER.search(name) is not None
