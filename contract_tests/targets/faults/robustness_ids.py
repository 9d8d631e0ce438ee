"""Faults of robustness: ids that break the service, or that it makes something of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from urllib.parse import unquote

from contract_tests.contract import View
from contract_tests.targets.faults.edits import (
    SHOW,
    START,
    at_odd_ids,
    crash,
    fault,
    other_notebook,
    page,
)
from contract_tests.targets.mock.fault import Fault, Turn
from contract_tests.targets.mock.wire import Answer, Call

Sign = Callable[[str], bool]
"""Tells an odd id by its text, percent-decoded."""

_fault = partial(fault, "robustness")

HANG = 60.0
"""Seconds; longer than any client waits."""

ODD_IDS: Mapping[str, tuple[str, Sign]] = {
    "long": ("an id of more than 100 characters", lambda text: len(text) > 100),
    "very-long": ("an id of more than 1000 characters", lambda text: len(text) > 1000),
    "short": ("an id of fewer than eight characters", lambda text: 0 < len(text) < 8),
    "unicode": ("an id beyond ASCII", lambda text: not text.isascii()),
    "emoji": ("an id beyond the basic plane", lambda text: any(ord(c) > 0xFFFF for c in text)),
    "nul": ("an id with NUL", lambda text: "\0" in text),
    "line-break": ("an id with a line break", lambda text: "\n" in text or "\r" in text),
    "percent": ("an id with a percent sign", lambda text: "%" in text),
    "blank": ("an id with a space", lambda text: " " in text),
    "quote": ("an id with a quotation mark", lambda text: "'" in text or '"' in text),
    "semicolon": ("an id with a semicolon", lambda text: ";" in text),
    "markup": ("an id with markup", lambda text: "<" in text),
    "template": ("an id with braces", lambda text: "{" in text),
    "dollar": ("an id with a dollar sign", lambda text: "$" in text),
    "slash": ("an id with an encoded slash", lambda text: "/" in text),
    "backslash": ("an id with a backslash", lambda text: "\\" in text),
    "dots": ("an id with two dots", lambda text: ".." in text),
    "no-uuid": ("an id that is no UUID", lambda text: text.count("-") != 4),
    "number": ("an id that is a number", lambda text: text.lstrip("-").isdigit()),
    "unknown": ("an unknown UUID", lambda text: len(text) == 36 and text.count("-") == 4),
    "asterisk": ("an asterisk as an id", lambda text: text == "*"),
    "comma": ("two ids in one", lambda text: "," in text),
    "invalid-utf-8": ("an id that is no UTF-8", lambda text: "\ufffd" in text),
    "no-hyphens": ("an id without hyphens", lambda text: len(text) == 32),
}

OUTCOMES: Mapping[str, tuple[str, Callable[[Answer], Answer]]] = {
    "crashes": ("is a 500", lambda _: crash()),
    "hangs": ("is not answered for a minute", lambda answer: replace(answer, delay=HANG)),
    "resets": ("resets the connection", lambda answer: replace(answer, reset=True)),
    "bad-gateway": ("is a 502 page of a proxy", lambda _: page(502, "Bad Gateway")),
}


def faults(view: View) -> Iterator[Fault]:
    """Ids that crash, hang or reset, and ids that are cleaned until they fit."""
    del view
    yield from _broken_by_ids()
    yield from _lenient_ids()


def _broken_by_ids() -> Iterator[Fault]:
    names = list(OUTCOMES)
    for number, (name, (words, sign)) in enumerate(ODD_IDS.items()):
        for outcome in dict.fromkeys(("crashes", names[number % len(names)])):
            does, change = OUTCOMES[outcome]
            yield _fault(
                f"start-{name}-id-{outcome}",
                f"a start with {words} {does}",
                f"{START}:path.id",
                alter=at_odd_ids(START, sign, change),
            )
    for name in ("long", "unicode", "nul", "no-uuid"):
        words, sign = ODD_IDS[name]
        yield _fault(
            f"show-{name}-id-crashes",
            f"a look with {words} is a 500",
            f"{SHOW}:path.id",
            alter=at_odd_ids(SHOW, sign, lambda _: crash()),
        )


def _lenient_ids() -> Iterator[Fault]:
    """Ids that are cleaned until they name a notebook."""
    cleanings: Mapping[str, tuple[str, Callable[[str], str]]] = {
        "trimmed": ("trimmed", str.strip),
        "cut-at-nul": ("cut at NUL", lambda text: text.partition("\0")[0]),
        "cut-at-36": ("cut after 36 characters", lambda text: text[:36]),
        "cut-at-semicolon": ("cut at a semicolon", lambda text: text.partition(";")[0]),
        "first-of-list": ("the first of a list", lambda text: text.partition(",")[0]),
        "unbraced": ("freed of braces", lambda text: text.strip("{}")),
        "decoded-twice": ("decoded twice", unquote),
        "underscores": ("read with underscores as hyphens", lambda text: text.replace("_", "-")),
    }
    for name, (words, clean) in cleanings.items():
        yield _fault(
            f"start-id-{name}",
            f"the id of a start is {words} before it is looked up",
            f"{START}:path.id",
            rewrite=_cleaned(clean),
        )
    yield _fault(
        "start-id-by-prefix",
        "a start finds a notebook by the beginning of its id",
        f"{START}:path.id",
        rewrite=_by_prefix,
    )
    yield _fault(
        "start-any-id",
        "a start with a malformed id starts some notebook",
        f"{START}:path.id",
        rewrite=_any_notebook,
    )


def _cleaned(clean: Callable[[str], str]) -> Callable[[Turn], Call]:
    def rewrite(turn: Turn) -> Call:
        id_ = turn.ids.get("id", "")
        is_odd = turn.operation == START and turn.notebook is None
        return turn.call.with_segment(3, clean(id_)) if is_odd and clean(id_) != id_ else turn.call

    return rewrite


def _by_prefix(turn: Turn) -> Call:
    id_ = turn.ids.get("id", "")
    if turn.operation != START or turn.notebook or len(id_) < 8:
        return turn.call
    found = next((known for known in turn.world.notebooks if known.startswith(id_)), None)
    return turn.call.with_segment(3, found) if found else turn.call


def _any_notebook(turn: Turn) -> Call:
    if turn.operation != START or turn.notebook or "-" in turn.ids.get("id", "-"):
        return turn.call
    return turn.call.with_segment(3, other_notebook(turn).id)
