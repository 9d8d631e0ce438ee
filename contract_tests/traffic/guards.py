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

import orjson

from contract_tests.checks import internals_in_answer as internals
from contract_tests.traffic.forms import Noted, note
from contract_tests.traffic.records import CREDENTIALS, SHORTEST_SECRET
from contract_tests.traffic.sight import Sight

Guard = Callable[[Sight], bool]


def silent(sight: Sight) -> bool:  # noqa: ARG001 (the signature of guards)
    """For the checks that only speak of what the quick way never sees."""
    return True


def unguarded(sight: Sight) -> bool:  # noqa: ARG001 (the signature of guards)
    """For the checks that have no guard: nothing is known before they are run."""
    return False


def is_object(sight: Sight) -> bool:
    """The body is a JSON object, as every answer's is meant to be; nothing else is odd at once."""
    raw = sight.record.raw
    if raw.get("failure") or type(raw["request"].get("body")) is dict:
        return False
    try:
        sight.value = orjson.loads(sight.text)
    except orjson.JSONDecodeError:
        return False
    return type(sight.value) is dict


def has_a_form(sight: Sight) -> bool:
    """No number of it is a fraction: jsonschema-rs takes `50.0` for an integer, clients do not."""
    sight.noted = noted = list[Noted]()
    return sight.plan.shape is not None and not note(sight.plan.shape, sight.value, noted)


def all_faults_known(sight: Sight) -> bool:
    """Each fault of the body was worked out before."""
    for side in sight.plan.sides:
        found = side.faults.of(sight.value, sight.noted) if side.faults else None
        if found is None:
            return False
        if found and sight.faults:
            told = {known.fingerprint for known in sight.faults}
            found = [*sight.faults, *(k for k in found if k.fingerprint not in told)]
        sight.faults = found or sight.faults
    return True


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
        return text.count('"') == orjson.dumps(sight.value).count(b'"')
    except orjson.JSONEncodeError:  # nested too deeply
        return False


def invariant(sight: Sight) -> bool:
    """Each invariant plainly holds, or has nothing to say."""
    plan, record = sight.plan, sight.record
    if sight.sent is None or sight.came is None:
        return False
    now, held = int(record.sent_at * 1000), list[str]()
    request = {
        "method": record.raw["request"]["method"].upper(),
        "path": sight.route.path_params,
        "query": plan.asked(sight.route.query).query,
        "headers": sight.sent,
    }
    response = {"status": plan.status, "headers": sight.came, "body": sight.value}
    sight.held = held
    for side in plan.sides:
        if side.screen is not None and not side.screen(now, request, response, held):
            return False
    return True


STEPS: tuple[Guard, ...] = (is_object, has_a_form, all_faults_known)
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
