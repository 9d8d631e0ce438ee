"""Faults of robustness: requests that break the service instead of being refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from contract_tests.contract import View
from contract_tests.targets.faults.edits import (
    SHOW,
    START,
    at_odd_ids,
    crash,
    failure,
    fault,
    page,
    short,
    start_behind_the_back,
)
from contract_tests.targets.mock.fault import Alter, Fault, Turn
from contract_tests.targets.mock.wire import Answer

_fault = partial(fault, "robustness")

TRACE = (
    'Traceback (most recent call last):\n  File "/app/notebooks/views.py", line 112, in start\n'
    "    notebook = Notebook.objects.get(pk=id)\nDoesNotExist: no row"
)
JAVA = "java.lang.NullPointerException\n\tat com.example.Notebooks.start(Notebooks.java:42)"

LEAKS: Mapping[str, str] = {
    "python-trace": TRACE,
    "java-trace": JAVA,
    "go-trace": "panic: runtime error: index out of range\n\ngoroutine 17 [running]:\nmain.start()",
    "sql": 'SELECT * FROM t_notebook WHERE id = ?: syntax error at or near "?"',
    "sql-state": "ERROR: SQLSTATE[42601] in query",
    "internal-host": "upstream notebook-db-0.notebook.svc.cluster.local refused the connection",
    "internal-address": "connect to 10.23.4.5:3306 failed",
    "file-path": "cannot open /opt/cloud/modelarts/conf/service.yaml",
    "exception": "NotebookNotFoundException: no such notebook",
}
"""What an error body shows of the inside of the service."""


def faults(view: View) -> Iterator[Fault]:
    """Odd requests, and errors that show the inside."""
    del view
    yield from _odd_requests()
    yield from _leaks()


def _odd_requests() -> Iterator[Fault]:
    """Requests that no source speaks of, each of them a 500."""
    odd: Mapping[str, tuple[str, Callable[[Turn], bool]]] = {
        "unknown-parameter": ("an unknown parameter", lambda t: bool(_names(t) - KNOWN)),
        "repeated-parameter": (
            "a repeated parameter",
            lambda t: len(t.call.query) > len(_names(t)),
        ),
        "long-query": ("a query of more than 2000 characters", lambda t: len(_query(t)) > 2000),
        "broken-encoding": ("a broken percent-encoding", lambda t: _query(t).endswith("%")),
        "type-in-capitals": (
            "a type in capitals",
            lambda t: (t.call.parameter("type") or "") in ("TIMING", "IDLE"),
        ),
        "duration-minus-one": ("a duration of -1", lambda t: t.call.parameter("duration") == "-1"),
        "duration-zero": ("a duration of 0", lambda t: t.call.parameter("duration") == "0"),
        "duration-tiny": ("a duration of 1", lambda t: t.call.parameter("duration") == "1"),
        "duration-largest": (
            "the largest int64",
            lambda t: t.call.parameter("duration") == str(2**63 - 1),
        ),
        "broken-json": (
            "a broken JSON body",
            lambda t: t.call.body[:1] == b"{" and b"}" not in t.call.body,
        ),
        "array-body": ("an array as body", lambda t: t.call.body.strip() == b"[]"),
        "null-body": ("null as body", lambda t: t.call.body.strip() == b"null"),
        "binary-body": ("a body of bytes", lambda t: b"\0" in t.call.body),
        "large-body": ("a body of more than 100 KB", lambda t: len(t.call.body) > 100_000),
        "deep-body": ("a deeply nested body", lambda t: t.call.body.count(b"[") > 500),
        "text-media": (
            "a Content-Type that is no JSON",
            lambda t: _media(t) not in ("", "application/json"),
        ),
        "unmet-accept": (
            "an Accept that cannot be met",
            lambda t: "image" in (t.call.header("Accept") or ""),
        ),
        "long-header": ("a header of more than 4000 characters", _has_long_header),
    }
    for name, (words, is_met) in odd.items():
        yield _fault(
            f"start-{name}-crashes",
            f"a start with {words} is a 500",
            *(f"{START}:{part}" for part in ("operation", "query", "body", "header")),
            alter=_crashing(is_met),
        )
    yield _fault(
        "other-methods-crash",
        "a method that the start does not have is a 500",
        f"{START}:operation.method",
        alter=_crashing_methods,
    )
    yield _fault(
        "any-method-starts",
        "any method starts a notebook",
        f"{START}:operation.method",
        alter=_starting_by_any_method,
    )
    yield _fault(
        "get-starts",
        "GET starts a notebook behind a 405",
        f"{START}:operation.method",
        alter=_starting_behind_a_405,
    )


KNOWN = {"duration", "type"}


def _names(turn: Turn) -> set[str]:
    return {name for name, _ in turn.call.query}


def _query(turn: Turn) -> str:
    return turn.call.target.partition("?")[2]


def _media(turn: Turn) -> str:
    return (turn.call.header("Content-Type") or "").partition(";")[0].strip().lower()


def _has_long_header(turn: Turn) -> bool:
    return any(len(value) > 4000 for _, value in turn.call.headers)


def _crashing(is_met: Callable[[Turn], bool]) -> Alter:
    def alter(turn: Turn, answer: Answer) -> Answer:
        return crash() if turn.operation == START and is_met(turn) else answer

    return alter


def _crashing_methods(turn: Turn, answer: Answer) -> Answer:
    del turn
    return crash() if answer.status == 405 else answer


def _starting_by_any_method(turn: Turn, answer: Answer) -> Answer:
    segments = turn.call.segments
    if answer.status != 405 or segments[-1] != "start" or len(segments) < 5:
        return answer
    started = turn.world.notebooks.get(segments[3])
    if started is None or started.status != "STOPPED":
        return answer
    start_behind_the_back(turn, of=started)
    return Answer(200, turn.world.shown(started))


def _starting_behind_a_405(turn: Turn, answer: Answer) -> Answer:
    _starting_by_any_method(turn, answer)
    return answer


def _leaks() -> Iterator[Fault]:
    """The inside of the service in the words of an error, at each status that has one."""
    statuses = (400, 401, 403, 404)
    for number, (name, words) in enumerate(LEAKS.items()):
        for status in dict.fromkeys((404, statuses[number % len(statuses)])):
            yield _fault(
                f"error-{status}-shows-{name}",
                f"the body of a {status} shows {name.replace('-', ' ')}",
                f"{START}:security.body",
                alter=failure(_saying(words), status),
            )
    for operation in (START, SHOW):
        yield _fault(
            f"{short(operation)}-error-page-with-trace",
            "a 404 is an HTML page with a stack trace",
            f"{operation}:security.body",
            alter=at_odd_ids(operation, lambda _: True, lambda _: page(404, TRACE)),
        )


def _saying(words: str) -> Callable[[Answer], Answer]:
    def change(answer: Answer) -> Answer:
        if not isinstance(answer.content, dict):
            return answer
        return replace(answer, content={**answer.content, "error_msg": words})

    return change
