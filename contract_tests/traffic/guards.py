"""Guards: for each check, how to see quickly that it finds nothing.

A guard is named as the check it stands before. It may say no where the check would find nothing
after all, never yes where it would find something. A check without a guard is run on every
exchange: a new check needs none to be right, only to be fast.

All guards are asked of answers whose body is a JSON object, sent with a request to which nothing
particular was due; other exchanges go through the checks themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

import msgspec

from contract_tests.checks import internals_in_answer as internals
from contract_tests.traffic.reading.records import CREDENTIALS, SHORTEST_SECRET
from contract_tests.traffic.screens.cel_operations import BEYOND
from contract_tests.traffic.sight import Sight
from contract_tests.traffic.typed.forms import Form

Guard = Callable[[Sight], bool]


def silent(sight: Sight) -> bool:  # noqa: ARG001 (the signature of guards)
    """For the checks that only speak of what the quick way never sees."""
    return True


def unguarded(sight: Sight) -> bool:  # noqa: ARG001 (the signature of guards)
    """For the checks that have no guard: nothing is known before they are run."""
    return False


def is_known(sight: Sight) -> bool:
    """The body is an object as it should be, or each of its faults was worked out before."""
    quick = sight.plan.quick
    sight.seen = quick.glance(sight.text) if quick else None
    return sight.seen is not None


def nothing_due(sight: Sight) -> bool:
    """The request keeps the contract, so that no refusal was due to it."""
    return sight.plan.asked(sight.route.query).expectation is None


def content_type(sight: Sight) -> bool:
    """The body came as what is documented."""
    came, media = sight.came, sight.plan.media
    if came is None:
        return False
    written = came.get("content-type", "")
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
    values = "\n".join(came.values())
    if "PRIVATE KEY" in values or ("." in values and _INTERNAL_HOST(values)):
        return False
    return sight.plan.status < 400 or not _shows_internals(text)


def secret_in_answer(sight: Sight) -> bool:
    """No credential of the request stands in the answer."""
    sent, came = sight.sent, sight.came
    if sent is None or came is None:
        return False
    if CREDENTIALS.isdisjoint(sent):
        return True
    found = (sent[name] for name in CREDENTIALS & sent.keys())
    secrets = [secret for secret in found if len(secret) >= SHORTEST_SECRET]
    parts = (sight.text, *came.values())
    return not any(secret in part for secret in secrets for part in parts)


def strict_json(sight: Sight) -> bool:
    """No key stands twice.

    Its form, or the value written again, has as many quotation marks as the text, unless a key
    was lost; only a quotation mark that is spelled as a code point could hide that.
    """
    text = sight.text
    has_escapes = "\\" in text
    if has_escapes and "\\u" in text:
        return False
    marks = text.count('"')
    if sight.seen and not has_escapes and marks == _marks(sight.seen.forms):
        return True
    try:
        return marks == msgspec.json.encode(sight.value).count(b'"')
    except (ValueError, RecursionError):
        return False


def _marks(forms: Sequence[Form]) -> int:
    """Quotation marks that bodies of these forms have; -1 where their forms do not tell."""
    if len(forms) == 1:
        return -1 if forms[0].marks is None else forms[0].marks
    found = [form.marks for form in forms]
    return -1 if None in found else sum(found)  # type: ignore[arg-type]  # none is None


def invariant(sight: Sight) -> bool:
    """Each invariant plainly holds, or has nothing to say."""
    plan, record, route, seen = sight.plan, sight.record, sight.route, sight.seen
    sent, came, held = sight.sent, sight.came, list[str]()
    now = int(record.sent_at * 1000)
    if seen is None or sent is None or came is None or not 0 <= now < BEYOND:
        return False
    request = {
        "method": record.raw.request.method.upper(),
        "path": route.path_params,
        "query": plan.asked(route.query).query,
        "headers": sent,
    }
    response = {"status": plan.status, "headers": came, "body": seen.body}
    for screen in seen.screens:
        if not screen(now, request, response, held):
            return False
    sight.held = tuple(held)
    return True


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


_INTERNAL_HOST = internals.SIGNS["internal host"].search


@lru_cache(maxsize=1_000)
def _shows_internals(text: str) -> bool:
    """Whether an error looks like the inside; most errors have the same few texts."""
    return any(pattern.search(text) for pattern in internals.SIGNS.values())


@lru_cache(maxsize=10_000)
def _are_internal(names: tuple[str, ...]) -> bool:
    """Whether one of some headers is internal by its name; most answers have the same headers."""
    return any(internals.INTERNAL_HEADER.search(name) for name in names)
