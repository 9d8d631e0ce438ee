"""Guards: for each check, how to see quickly that it finds nothing.

A guard is named as the check it stands before. It may say no where the check would find nothing
after all, never yes where it would find something. A check without a guard is run on every
exchange: a new check needs none to be right, only to be fast.

All guards are asked of answers whose body is a JSON object, sent with a request to which nothing
particular was due; other exchanges go through the checks themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

import msgspec

from contract_tests.checks import internals_in_answer as internals
from contract_tests.traffic.bodies import Base64
from contract_tests.traffic.records import CREDENTIALS, SHORTEST_SECRET
from contract_tests.traffic.sight import Sight

Guard = Callable[[Sight], bool]


def silent(sight: Sight) -> bool:  # noqa: ARG001 (the signature of guards)
    """For the checks that only speak of what the quick way never sees."""
    return True


def unguarded(sight: Sight) -> bool:  # noqa: ARG001 (the signature of guards)
    """For the checks that have no guard: nothing is known before they are run."""
    return False


def known_forms(sight: Sight) -> bool:
    """The body is an object as it should be, or each of its faults was worked out before."""
    raw, quick = sight.record.raw, sight.plan.quick
    if raw.failure is not None or type(raw.request.body) is Base64 or quick is None:
        return False
    forms = quick.forms(sight.text)
    if forms is None:
        return False
    sight.forms = forms
    return True


def is_object(sight: Sight) -> bool:
    """The body is a JSON object, read strictly."""
    try:
        return type(sight.value) is dict
    except (ValueError, RecursionError):
        return False


def nothing_due(sight: Sight) -> bool:
    """The request keeps the contract, so that no refusal was due to it."""
    query = sight.route.query
    return not query or sight.plan.asked(query).expectation is None


def content_type(sight: Sight) -> bool:
    """The body came as what is documented."""
    if sight.came is None:
        return False
    written, media = sight.came.get("content-type", ""), sight.plan.media
    return written in media or written.split(";")[0].strip().lower() in media


def undocumented_status(sight: Sight) -> bool:
    """The status is listed."""
    return sight.plan.status in sight.plan.operation.statuses


def server_error(sight: Sight) -> bool:
    """The status is no 5xx."""
    return sight.plan.status < 500


def internals_in_answer(sight: Sight) -> bool:
    """No private key, in an error or a header nothing that looks like the inside."""
    text, came = sight.text, sight.came
    if came is None or "PRIVATE KEY" in text or _are_internal(tuple(came)):
        return False
    for value in came.values():
        if "." in value and internals.SIGNS["internal host"].search(value):
            return False
        if "PRIVATE KEY" in value:
            return False
    return sight.plan.status < 400 or not _shows_internals(text)


def secret_in_answer(sight: Sight) -> bool:
    """No credential of the request stands in the answer."""
    if sight.sent is None or sight.came is None:
        return False
    if CREDENTIALS.isdisjoint(sight.sent):
        return True
    sent = (sight.sent[name] for name in CREDENTIALS & sight.sent.keys())
    secrets = [secret for secret in sent if len(secret) >= SHORTEST_SECRET]
    parts = (sight.text, *sight.came.values())
    return not any(secret in part for secret in secrets for part in parts)


def strict_json(sight: Sight) -> bool:
    """No key stands twice.

    Written again, the value has as many quotation marks as its text, unless a key was lost; only
    a quotation mark that is spelled as a code point could hide that.
    """
    text = sight.text
    if "\\" in text and "\\u" in text:
        return False
    try:
        return text.count('"') == msgspec.json.encode(sight.value).count(b'"')
    except RecursionError:
        return False


def invariant(sight: Sight) -> bool:
    """Each invariant plainly holds, or has nothing to say."""
    plan, record = sight.plan, sight.record
    if sight.sent is None or sight.came is None:
        return False
    now, held = int(record.sent_at * 1000), list[str]()
    request = {
        "method": record.raw.request.method.upper(),
        "path": sight.route.path_params,
        "query": plan.asked(sight.route.query).query,
        "headers": sight.sent,
    }
    response = {"status": plan.status, "headers": sight.came, "body": sight.value}
    sight.held = held
    for side in plan.quick.sides if plan.quick else ():
        if side.screen is not None and not side.screen(now, request, response, held):
            return False
    return True


STEPS: tuple[Guard, ...] = (known_forms,)
"""What comes before all guards of checks."""
GUARDS: Mapping[str, Guard] = {
    "authentication-bypassed": nothing_due,
    "content-type": content_type,
    "internals-in-answer": internals_in_answer,
    "invalid-request-accepted": nothing_due,
    "invariant": invariant,
    "lifecycle": silent,
    "missing-body": silent,
    "no-answer": silent,
    "response-schema": silent,  # its findings are counted as known faults
    "secret-in-answer": secret_in_answer,
    "server-error": server_error,
    "strict-json": strict_json,
    "undocumented-field": silent,  # so are these
    "undocumented-status": undocumented_status,
    "valid-request-refused": nothing_due,
    "wrong-refusal-status": nothing_due,
}
"""By id of the check."""


@lru_cache(maxsize=1_000)
def _shows_internals(text: str) -> bool:
    """Whether an error looks like the inside; most errors have the same few texts."""
    return any(pattern.search(text) for pattern in internals.SIGNS.values())


@lru_cache(maxsize=10_000)
def _are_internal(names: tuple[str, ...]) -> bool:
    """Whether one of some headers is internal by its name; most answers have the same headers."""
    return any(internals.INTERNAL_HEADER.search(name) for name in names)
