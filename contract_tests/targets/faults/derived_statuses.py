"""Faults of status codes and error bodies, derived from the statuses that a start documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from contract_tests.contract import View
from contract_tests.targets.faults.edits import (
    REFUSALS,
    START,
    answered,
    content,
    failure,
    header,
    page,
    raw,
    status,
    success,
    text,
)
from contract_tests.targets.mock.fault import Fault
from contract_tests.targets.mock.wire import Answer

Change = Callable[[Answer], Answer]

SUCCESSES = (202, 203, 206, 302, 304, 418)
"""Undocumented codes for a start that worked."""

WRONG: Mapping[int, tuple[int, ...]] = {
    400: (200, 201, 402, 409, 422, 500, 503),
    401: (200, 302, 400, 404, 407, 500),
    403: (200, 302, 409, 451, 500),
    404: (200, 204, 302, 410, 500),
}
"""For each documented refusal the codes that are wrong in its place."""

CAUSES: Mapping[int, tuple[str, ...]] = {
    400: ("query", "lifecycle"),
    401: ("header.X-Auth-Token",),
    403: ("path.project_id", "header.X-Auth-Token"),
    404: ("path.id",),
}
"""What a call was refused for: where a wrong refusal shows."""

HEADS = ("header.Content-Type", "status")
"""Where the shape of an error shows besides its body."""

SHAPES: Mapping[str, tuple[str, Change]] = {
    "no-body": ("no body", raw(lambda _: b"")),
    "plain-text": ("plain text", raw(lambda _: b"refused")),
    "text-type": ("JSON under text/plain", header("Content-Type", "text/plain")),
    "no-type": ("JSON without a Content-Type", header("Content-Type", None)),
    "array": ("an array around the error", content(lambda value: [value])),
    "string": ("a JSON string", content(lambda value: value["error_msg"])),
    "null": ("null", raw(lambda _: b"null")),
    "empty-object": ("an empty object", content(lambda _: {})),
    "wrapped": ("a wrapper around the error", content(lambda value: {"error": value})),
    "nested": (
        "error.code and error.message",
        content(lambda v: {"error": {"code": v["error_code"], "message": v["error_msg"]}}),
    ),
    "old-name": (
        "error_message instead of error_msg",
        content(lambda v: {"error_code": v["error_code"], "error_message": v["error_msg"]}),
    ),
    "camel-case": (
        "keys in camel case",
        content(lambda v: {"errorCode": v["error_code"], "errorMsg": v["error_msg"]}),
    ),
    "truncated": ("JSON that breaks off", text(lambda body: body[:-2])),
    "extra-field": (
        "an undocumented field",
        content(lambda value: {**value, "request_id": "7e57"}),
    ),
    "empty-words": ("an error without words", content(lambda v: {**v, "error_msg": ""})),
    "code-of-another-status": (
        "the error code of a 429",
        content(lambda v: {**v, "error_code": "ModelArts.6101"}),
    ),
    "foreign-code": (
        "an error code of another service",
        content(lambda v: {**v, "error_code": "ECS.0001"}),
    ),
}


def faults(view: View) -> Iterator[Fault]:
    """Each documented status, replaced; each refusal in each wrong shape."""
    documented = view.operation(START).statuses
    for code in documented:
        if code in REFUSALS:
            yield from _refusals(code)
    for wrong in SUCCESSES:
        yield Fault(
            id=f"success-answers-{wrong}",
            klass="response",
            description=f"a start that worked answers {wrong}",
            detects=(f"{START}:status.{wrong}",),
            alter=success(status(wrong)),
        )
    yield Fault(
        id="success-answers-204",
        klass="response",
        description="a start that worked answers 204 without a body",
        detects=(f"{START}:status.204",),
        alter=success(lambda answer: replace(answer, status=204, raw=b"")),
    )


def _refusals(code: int) -> Iterator[Fault]:
    for wrong in WRONG[code]:
        yield Fault(
            id=f"refusal-{code}-answers-{wrong}",
            klass="request-validation" if code == 400 else "authentication",
            description=f"what is due a {code} is answered with {wrong}",
            detects=(f"{START}:status", *(f"{START}:{cause}" for cause in CAUSES[code])),
            alter=answered(status(wrong), lambda answer: answer.status == code),
        )
    for name, (words, change) in SHAPES.items():
        yield Fault(
            id=f"error-{code}-{name}",
            klass="response",
            description=f"a {code} answers {words}",
            detects=tuple(f"{START}:{part}" for part in ("ErrorResp", "body", *HEADS)),
            alter=failure(change, code),
        )
    yield Fault(
        id=f"error-{code}-html",
        klass="response",
        description=f"a {code} answers an HTML page",
        detects=(f"{START}:header.Content-Type",),
        alter=failure(lambda _: page(code, "Refused"), code),
    )
