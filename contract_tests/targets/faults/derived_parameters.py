"""Faults of request validation, derived from the parameters: each kind of wrong value.

Each kind is a 500. For a start each is also accepted, or refused only after the notebook was
started; a list may ignore a wrong filter, for all that any source says. And each kind of valid
value is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from contract_tests.contract import Parameter, View
from contract_tests.targets.faults.edits import (
    START,
    crash,
    short,
    start_behind_the_back,
    without_parameter,
)
from contract_tests.targets.mock.fault import (
    Alter,
    Fault,
    Rewrite,
    Turn,
    same_answer,
    same_call,
)
from contract_tests.targets.mock.play import HOUR, LONGEST
from contract_tests.targets.mock.wire import Answer, Call

Kind = Callable[[str], bool]

BEYOND = 2**63


@dataclass(frozen=True, slots=True)
class WrongKind:
    """A kind of wrong value: its name in an id, the words for it, how to tell it."""

    name: str
    words: str
    told_by: Kind


def _matching(pattern: str) -> Kind:
    compiled = re.compile(pattern, re.ASCII | re.DOTALL)
    return lambda text: compiled.fullmatch(text) is not None


INTEGER_KINDS = (
    WrongKind("empty", "an empty value", lambda text: text == ""),
    WrongKind("blank", "white space alone", lambda text: text != "" and not text.strip()),
    WrongKind("text", "text", _matching(r"[A-Za-z]{3,}")),
    WrongKind("space-before", "white space before the number", _matching(r"\s+-?\d+")),
    WrongKind("space-behind", "white space behind the number", _matching(r"-?\d+\s+")),
    WrongKind("letter-behind", "a number with letters behind it", _matching(r"-?\d+[A-Za-z]+")),
    WrongKind("letter-before", "a number with letters before it", _matching(r"[A-Za-z]+\d+")),
    WrongKind("negative", "a negative number", _matching(r"-0*([2-9]|[1-9]\d{1,17})")),
    WrongKind("hexadecimal", "hexadecimal notation", _matching(r"0[xX][0-9A-Fa-f]+")),
    WrongKind("exponent", "an exponent", _matching(r"\d+(\.\d+)?[eE][+-]?\d+")),
    WrongKind("fraction", "a fraction", _matching(r"\d+\.0*[1-9]\d*")),
    WrongKind("boolean", "a boolean", lambda text: text in ("true", "false")),
    WrongKind("null", "null", lambda text: text in ("null", "None", "nil")),
    WrongKind("beyond-int64", "a number beyond int64", lambda text: _is_beyond(text)),
    WrongKind("separators", "thousands separators", _matching(r"\d{1,3}([,_]\d{3})+")),
    WrongKind("quoted", "quotation marks around the number", _matching(r"([\"'])\d+\1")),
    WrongKind("array", "an array", _matching(r"\[.*\]|\d+,\d+")),
)

WORD_KINDS = (
    WrongKind("empty", "an empty value", lambda text: text == ""),
    WrongKind("blank", "white space alone", lambda text: text != "" and not text.strip()),
    WrongKind("number", "a number", _matching(r"-?\d+(\.\d+)?")),
    WrongKind("boolean", "a boolean", lambda text: text in ("true", "false")),
    WrongKind("null", "null", lambda text: text in ("null", "None", "nil")),
    WrongKind("quoted", "quotation marks around the word", _matching(r"([\"'])\w+\1")),
)


def faults(view: View) -> Iterator[Fault]:
    """The faults of every query parameter."""
    for operation in view.operations:
        for parameter in operation.parameters:
            if parameter.location == "query":
                yield from _of_parameter(view, parameter)


def _of_parameter(view: View, parameter: Parameter) -> Iterator[Fault]:
    constrained = {"enum", "pattern", "maxLength"} & parameter.schema.keys()
    if not constrained and parameter.schema.get("type") == "string":
        return  # any text is valid
    for kind in (*_kinds(parameter), _any_kind(view, parameter)):
        yield _crashing(parameter, kind)
        if parameter.place.operation == START:
            yield _accepting(parameter, kind)
            yield _acting(parameter, kind)
    if parameter.place.operation == START:
        yield from _refusals_of_valid(parameter)


def _kinds(parameter: Parameter) -> Iterator[WrongKind]:
    if "enum" in parameter.schema:
        words = [str(value) for value in parameter.schema["enum"]]
        yield from WORD_KINDS
        yield from _kinds_around(words)
    elif parameter.schema.get("type") == "integer":
        yield from INTEGER_KINDS


def _kinds_around(words: list[str]) -> Iterator[WrongKind]:
    """Wrong values that are nearly one of the listed words."""
    near = {
        "letter-more": ("a word with a letter more", lambda w, t: t[:-1] == w and t[-1].isalpha()),
        "letter-less": ("a word without its last letter", lambda w, t: t == w[:-1]),
        "first-less": ("a word without its first letter", lambda w, t: t == w[1:]),
        "space-before": ("a space before the word", lambda w, t: t != w and t.lstrip() == w),
        "space-behind": ("white space behind the word", lambda w, t: t != w and t.rstrip() == w),
        "list": ("two words in one value", lambda w, t: t.startswith(f"{w},")),
    }
    for name, (what, near_to) in near.items():
        yield WrongKind(name, what, _near_to_any(words, near_to))


def _near_to_any(words: list[str], near_to: Callable[[str, str], bool]) -> Kind:
    lowered = [word.lower() for word in words]
    return lambda text: (
        text not in words
        and any(
            text != "" and text.lower() not in lowered and near_to(word, text) for word in words
        )
    )


def _any_kind(view: View, parameter: Parameter) -> WrongKind:
    """Whatever is not valid, but for another case: no source settles that."""
    words = {str(value).lower() for value in parameter.schema.get("enum", ())}

    def is_wrong(text: str) -> bool:
        wrong = view.parameter_violation(parameter, text) is not None
        return wrong and text.lower() not in words

    return WrongKind("anything", "any value", is_wrong)


def _is_beyond(text: str) -> bool:
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdigit() and len(digits) < 4000 and int(digits) >= BEYOND


def _accepting(parameter: Parameter, kind: WrongKind) -> Fault:
    """The wrong value is taken for none at all."""

    def rewrite(turn: Turn) -> Call:
        if _is_met(turn, parameter, kind):
            return without_parameter(turn.call, parameter.name)
        return turn.call

    return _fault("accepted", parameter, kind, f"{kind.words} is accepted", rewrite=rewrite)


def _acting(parameter: Parameter, kind: WrongKind) -> Fault:
    """The call is refused, and the notebook started all the same."""

    def alter(turn: Turn, answer: Answer) -> Answer:
        if answer.status == 400 and _is_met(turn, parameter, kind):
            start_behind_the_back(turn)
        return answer

    return _fault("acts", parameter, kind, f"{kind.words} is refused, but starts", alter=alter)


def _crashing(parameter: Parameter, kind: WrongKind) -> Fault:
    def alter(turn: Turn, answer: Answer) -> Answer:
        return crash() if answer.status == 400 and _is_met(turn, parameter, kind) else answer

    return _fault("crashes", parameter, kind, f"{kind.words} is a 500", alter=alter)


def _is_met(turn: Turn, parameter: Parameter, kind: WrongKind) -> bool:
    value = turn.call.parameter(parameter.name)
    return turn.operation == parameter.place.operation and value is not None and kind.told_by(value)


EFFECTS = {
    "accepted": (),
    "crashes": (),
    "acts": (f"{START}:NotebookResp.status", f"{START}:NotebookResp.lease"),
    "refused": (f"{START}:operation.{START}", f"{START}:lifecycle.{START}"),
}
"""Where a fault shows besides the parameter itself."""


def _fault(
    does: str,
    parameter: Parameter,
    kind: WrongKind,
    words: str,
    *,
    rewrite: Rewrite = same_call,
    alter: Alter = same_answer,
) -> Fault:
    name = parameter.name.replace("_", "-").lower()
    return Fault(
        id=f"{short(parameter.place.operation)}-{name}-{kind.name}-{does}",
        klass="request-validation",
        description=f"{parameter.place}: {words}",
        detects=(str(parameter.place), *EFFECTS[does]),
        rewrite=rewrite,
        alter=alter,
    )


def _refusals_of_valid(parameter: Parameter) -> Iterator[Fault]:
    """Each kind of valid value of a start's parameter, refused."""
    for kind in _valid_kinds(parameter):
        yield _fault(
            "refused",
            parameter,
            kind,
            f"{kind.words} is refused",
            rewrite=_refusing(parameter, kind),
        )


def _valid_kinds(parameter: Parameter) -> Iterator[WrongKind]:
    if "enum" in parameter.schema:
        for word in parameter.schema["enum"]:
            yield WrongKind(f"valid-{word}".lower(), f"the word {word}", str(word).__eq__)
        return
    yield WrongKind("valid-any", "any valid number", str.isdigit)
    yield WrongKind("valid-shortest", "one hour", str(HOUR).__eq__)
    yield WrongKind("valid-longest", "three days", str(LONGEST).__eq__)
    yield WrongKind("valid-odd", "a number of no whole minutes", lambda t: _is_odd(t))
    yield WrongKind("valid-day", "more than a day", lambda t: _exceeds(t, 24))


def _is_odd(text: str) -> bool:
    return text.isdigit() and int(text) % 60_000 != 0


def _exceeds(text: str, hours: int) -> bool:
    return text.isdigit() and int(text) > hours * HOUR


def _refusing(parameter: Parameter, kind: WrongKind) -> Rewrite:
    """Take the call for one with a value that is refused."""

    def rewrite(turn: Turn) -> Call:
        if not _is_met(turn, parameter, kind):
            return turn.call
        return turn.call.with_query(((parameter.name, "refused"),))

    return rewrite
