"""Faults of security: what an answer gives away, and headers that are obeyed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from contract_tests.contract import View
from contract_tests.targets.faults.edits import (
    LIST,
    SHOW,
    START,
    fault,
    foreign_notebook,
    other_notebook,
    short,
)
from contract_tests.targets.mock.fault import Alter, Fault, Turn
from contract_tests.targets.mock.service import TOKEN_HEADER
from contract_tests.targets.mock.wire import Answer, Call

Leak = Callable[[Turn], str]
"""What an answer gives away."""

Where = Callable[[Answer, str], Answer]
"""How an answer gives something away."""

_fault = partial(fault, "security")

KEY = "-----BEGIN PRIVATE KEY-----\nMIIBVAIBADANBgkqhkiG9w0BAQEFAASCAT4w\n-----END PRIVATE KEY-----"
RSA_KEY = KEY.replace("PRIVATE", "RSA PRIVATE")
"""Made up: they only look like keys."""


def _sent(turn: Turn) -> str:
    return turn.call.header(TOKEN_HEADER) or turn.world.credentials.token


SECRETS: Mapping[str, tuple[str, Leak]] = {
    "own-token": ("the token of the request", _sent),
    "other-token": ("another project's token", lambda turn: turn.world.credentials.other_token),
    "foreign-id": ("another project's notebook id", lambda turn: foreign_notebook(turn).id),
}


def _in_field(name: str) -> Where:
    def give(answer: Answer, secret: str) -> Answer:
        content = answer.content
        if not isinstance(content, dict) or not isinstance(content.get(name), str):
            return answer
        return replace(answer, content={**content, name: f"{content[name]} {secret}".strip()})

    return give


def _in_token(answer: Answer, secret: str) -> Answer:
    return replace(answer, content={**answer.content, "token": secret})


def _in_header(name: str, form: str = "{}") -> Where:
    return lambda answer, secret: answer.with_header(name, form.format(secret))


def _in_url(answer: Answer, secret: str) -> Answer:
    url = answer.content.get("url", "")
    return replace(answer, content={**answer.content, "url": f"{url}?token={secret}"})


def _in_progress(answer: Answer, secret: str) -> Answer:
    steps = [dict(step) for step in answer.content.get("action_progress", ())]
    if not steps:
        return answer
    steps[-1]["step_description"] = f"started with {secret}"
    return replace(answer, content={**answer.content, "action_progress": steps})


IN_SUCCESS: Mapping[str, tuple[str, Where]] = {
    "description": ("the description", _in_field("description")),
    "fail-reason": ("the reason of failure", _in_field("fail_reason")),
    "name": ("the name", _in_field("name")),
    "token-field": ("the field token", _in_token),
    "url": ("the URL", _in_url),
    "progress": ("a step of the progress", _in_progress),
    "header": ("a header", _in_header("X-Request-Token")),
    "header-echo": ("the header it came in", _in_header(TOKEN_HEADER)),
    "cookie": ("a cookie", _in_header("Set-Cookie", "session={}; Path=/")),
    "location": ("the header Location", _in_header("Location", "/notebooks?token={}")),
}

IN_ERROR: Mapping[str, tuple[str, Where]] = {
    "message": ("the words", _in_field("error_msg")),
    "code": ("the code", _in_field("error_code")),
    "header": ("a header", _in_header("X-Error-Context")),
    "authenticate": ("WWW-Authenticate", _in_header("WWW-Authenticate", 'Token value="{}"')),
}

INTERNAL_HEADERS: Mapping[str, str] = {
    "X-Debug-Info": "handler=StartHandler;db=notebook-db-0",
    "X-Debug-Token": "7e57",
    "X-Internal-Host": "10.23.4.5",
    "X-Backend-Server": "notebook-7f9c4d-x2lq8",
    "X-Upstream-Address": "10.23.4.5:8080",
    "X-Powered-By": "Express",
    "X-Runtime": "0.0314",
    "X-AspNet-Version": "4.0.30319",
    "X-Pod-Name": "notebook-7f9c4d-x2lq8",
    "X-Node-Ip": "10.23.4.6",
    "X-SQL-Query": "SELECT * FROM t_notebook",
    "X-Real-Server": "10.23.4.5",
    "Server-Timing": "db;dur=53, app;dur=47.2",
}

OVERRIDES = ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")


def faults(view: View) -> Iterator[Fault]:
    """Secrets, keys and internals in answers, and overrides that are honoured."""
    del view
    for secret, (what, leak) in SECRETS.items():
        yield from _in_success(secret, what, leak)
        yield from _in_errors(secret, what, leak)
    yield from _others()
    yield from _keys()
    for name, value in INTERNAL_HEADERS.items():
        yield _fault(
            f"header-{name.lower()}",
            f"answers of a start have the header {name}",
            f"{START}:security.header {name.lower()}",
            alter=_on_start(_in_header(name), _constant(value)),
        )
    yield from _overrides()


def _in_success(secret: str, what: str, leak: Leak) -> Iterator[Fault]:
    for place, (words, give) in IN_SUCCESS.items():
        yield _fault(
            f"start-{secret}-in-{place}",
            f"{what} stands in {words} of a start",
            f"{START}:security",
            alter=_giving(START, give, leak, success=True),
        )
    for operation in (SHOW, LIST):
        for place in ("description", "header", "token-field")[: 3 if operation == SHOW else 2]:
            words, give = IN_SUCCESS[place]
            yield _fault(
                f"{short(operation)}-{secret}-in-{place}",
                f"{what} stands in {words} of {operation}",
                f"{operation}:security",
                alter=_giving(operation, _in_last(give), leak, success=True),
            )


def _in_errors(secret: str, what: str, leak: Leak) -> Iterator[Fault]:
    for place, (words, give) in IN_ERROR.items():
        for status in (400, 401, 403, 404):
            if place in ("message", "header") or status == 401:
                yield _fault(
                    f"error-{status}-{secret}-in-{place}",
                    f"{what} stands in {words} of a {status}",
                    f"{START}:security",
                    alter=_giving(START, give, leak, success=False, status=status),
                )


def _giving(
    operation: str, give: Where, leak: Leak, *, success: bool, status: int | None = None
) -> Alter:
    def alter(turn: Turn, answer: Answer) -> Answer:
        fits = answer.is_success == success and answer.status == (status or answer.status)
        return give(answer, leak(turn)) if turn.operation == operation and fits else answer

    return alter


def _in_last(give: Where) -> Where:
    """The same, in the last notebook of a list."""

    def give_in_last(answer: Answer, secret: str) -> Answer:
        data = answer.content.get("data")
        if not data:
            return give(answer, secret)
        last = give(replace(answer, content=data[-1]), secret)
        listed = {**answer.content, "data": [*data[:-1], last.content]}
        return replace(last, content=listed)

    return give_in_last


def _others() -> Iterator[Fault]:
    """Data of other notebooks and projects, other than their ids."""
    leaks: Mapping[str, tuple[str, Leak]] = {
        "foreign-name": (
            "another project's notebook",
            lambda t: foreign_notebook(t).record["name"],
        ),
        "foreign-project": ("another project", lambda t: t.world.credentials.other_project_id),
        "neighbour-token": (
            "another notebook's token",
            lambda t: str(other_notebook(t).record.get("token", other_notebook(t).id)),
        ),
        "expired-token": ("an expired token", lambda t: t.world.credentials.expired_token),
    }
    for name, (words, leak) in leaks.items():
        for status in (400, 404):
            yield _fault(
                f"error-{status}-names-{name}",
                f"the words of a {status} name {words}",
                f"{START}:security.body",
                alter=_giving(START, _in_field("error_msg"), leak, success=False, status=status),
            )


def _keys() -> Iterator[Fault]:
    for name, key in (("private-key", KEY), ("rsa-private-key", RSA_KEY)):
        for place in ("description", "progress"):
            yield _fault(
                f"start-{name}-in-{place}",
                f"a {name.replace('-', ' ')} stands in {IN_SUCCESS[place][0]} of a start",
                f"{START}:security.body",
                alter=_giving(START, IN_SUCCESS[place][1], _constant(key), success=True),
            )
        yield _fault(
            f"error-{name}",
            f"a {name.replace('-', ' ')} stands in the words of a 404",
            f"{START}:security.body",
            alter=_giving(START, _in_field("error_msg"), _constant(key), success=False, status=404),
        )


def _constant(text: str) -> Leak:
    return lambda _: text


def _on_start(give: Where, leak: Leak) -> Alter:
    def alter(turn: Turn, answer: Answer) -> Answer:
        return give(answer, leak(turn)) if turn.operation == START else answer

    return alter


def _overrides() -> Iterator[Fault]:
    """A GET at the start's path that is taken for the POST that it names."""
    for name in OVERRIDES:
        yield _fault(
            f"{name.lower()}-honoured",
            f"GET with {name}: POST starts a notebook",
            f"{START}:operation.method",
            rewrite=_overridden(_header(name)),
        )
    yield _fault(
        "method-parameter-honoured",
        "GET with _method=POST starts a notebook",
        f"{START}:operation.method",
        rewrite=_overridden(lambda turn: turn.call.parameter("_method")),
    )


def _header(name: str) -> Callable[[Turn], str | None]:
    return lambda turn: turn.call.header(name)


def _overridden(asked: Callable[[Turn], str | None]) -> Callable[[Turn], Call]:
    def rewrite(turn: Turn) -> Call:
        is_start = turn.call.path.rstrip("/").endswith("/start") and turn.call.method == "GET"
        if not is_start or (asked(turn) or "").upper() != "POST":
            return turn.call
        known = tuple(pair for pair in turn.call.query if pair[0] in ("duration", "type"))
        return replace(turn.call.with_query(known), method="POST")

    return rewrite
