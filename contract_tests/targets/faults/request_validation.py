"""Faults of requests that are valid, or wrong, in another way than by one parameter's value."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from contract_tests.contract import View
from contract_tests.targets.faults.edits import START
from contract_tests.targets.mock.fault import Fault, Turn
from contract_tests.targets.mock.wire import Call

Condition = Callable[[Turn], bool]


def _body(turn: Turn) -> bytes:
    return turn.call.body.strip()


def _media(turn: Turn) -> str:
    return (turn.call.header("Content-Type") or "").lower()


REFUSED: Mapping[str, tuple[str, Condition]] = {
    "without-a-body": ("without a body", lambda turn: not turn.call.body),
    "with-a-body": ("with a body", lambda turn: bool(turn.call.body)),
    "with-an-empty-object": (
        "with the body {}",
        lambda turn: _body(turn).replace(b" ", b"") == b"{}",
    ),
    "with-json": (
        "with a JSON body that has fields",
        lambda t: len(_body(t)) > 4 and _body(t)[:1] == b"{",
    ),
    "without-content-type": ("without a Content-Type", lambda turn: not _media(turn)),
    "with-content-type": ("with Content-Type application/json", lambda t: "json" in _media(t)),
    "without-user-agent": ("without a User-Agent", lambda t: not t.call.header("User-Agent")),
    "without-accept": ("without an Accept", lambda turn: not turn.call.header("Accept")),
    "without-parameters": ("without parameters", lambda turn: not turn.call.query),
    "with-both-parameters": ("with duration and type", lambda turn: len(turn.call.query) == 2),
    "with-duration-alone": (
        "with a duration alone",
        lambda t: [name for name, _ in t.call.query] == ["duration"],
    ),
    "with-type-alone": ("with a type alone", lambda t: [n for n, _ in t.call.query] == ["type"]),
    "with-type-first": (
        "with the type before the duration",
        lambda t: _order(t) == ["type", "duration"],
    ),
    "with-duration-first": (
        "with the duration before the type",
        lambda t: _order(t) == ["duration", "type"],
    ),
    "with-idle-and-duration": (
        "with a duration and type idle",
        lambda t: t.call.parameter("type") == "idle" and t.call.parameter("duration") is not None,
    ),
    "always": ("whatever it asks", lambda _: True),
}
"""Valid starts that a fault refuses, by what they have or lack."""


def _order(turn: Turn) -> list[str]:
    return [name for name, _ in turn.call.query]


def faults(view: View) -> Iterator[Fault]:
    """Valid starts refused, and wrong starts accepted because something else counts more."""
    del view
    for name, (words, condition) in REFUSED.items():
        yield _fault(f"start-refused-{name}", f"a start {words} is refused", _refusing(condition))
    yield _fault("start-query-not-read", "parameters are not read at all", lambda turn: _bare(turn))
    yield _fault(
        "start-type-unchecked-with-duration",
        "any type is accepted beside a duration",
        _dropping("type", lambda turn: turn.call.parameter("duration") is not None),
    )
    yield _fault(
        "start-duration-unchecked-with-idle",
        "any duration is accepted beside type idle",
        _dropping("duration", lambda turn: turn.call.parameter("type") == "idle"),
    )
    yield _fault(
        "start-unchecked-with-a-body",
        "any parameters are accepted beside a body",
        lambda turn: _bare(turn) if turn.call.body else turn.call,
    )
    yield _fault(
        "start-trims-values",
        "white space around a value is cut off",
        _cleaning(str.strip),
    )
    yield _fault(
        "start-reads-leading-digits",
        "a number is read as far as its digits go",
        _cleaning(lambda text: _leading_digits(text) or text),
    )
    yield _fault(
        "start-wraps-int64",
        "a number beyond int64 wraps around",
        _cleaning(_wrapped),
    )
    yield _fault(
        "start-reads-words-by-prefix",
        "a word is read by its first letters",
        _cleaning(_completed),
    )


def _bare(turn: Turn) -> Call:
    return turn.call.with_query(()) if turn.operation == START else turn.call


def _refusing(condition: Condition) -> Callable[[Turn], Call]:
    def rewrite(turn: Turn) -> Call:
        if turn.operation == START and condition(turn):
            return turn.call.with_query((("duration", "refused"),))
        return turn.call

    return rewrite


def _dropping(name: str, condition: Condition) -> Callable[[Turn], Call]:
    def rewrite(turn: Turn) -> Call:
        if turn.operation != START or not condition(turn):
            return turn.call
        return turn.call.with_query(tuple(pair for pair in turn.call.query if pair[0] != name))

    return rewrite


def _cleaning(clean: Callable[[str], str]) -> Callable[[Turn], Call]:
    """Read each value of a start's query in a lenient way."""

    def rewrite(turn: Turn) -> Call:
        if turn.operation != START:
            return turn.call
        return turn.call.with_query(tuple((name, clean(text)) for name, text in turn.call.query))

    return rewrite


def _leading_digits(text: str) -> str:
    return text[: len(text) - len(text.lstrip("0123456789"))]


def _wrapped(text: str) -> str:
    if not (text.isascii() and text.isdigit() and len(text) < 100 and int(text) >= 2**63):
        return text
    return str(int(text) % 2**63 % 86_400_000 + 3_600_000)


def _completed(text: str) -> str:
    known = ("timing", "idle")
    return next((word for word in known if text and word.startswith(text[:3].lower())), text)


def _fault(id_: str, words: str, rewrite: Callable[[Turn], Call]) -> Fault:
    return Fault(
        id=id_,
        klass="request-validation",
        description=words,
        detects=(f"{START}:operation.{START}", f"{START}:query", f"{START}:lifecycle.{START}"),
        rewrite=rewrite,
    )
