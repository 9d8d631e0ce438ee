"""The JSON of an example: read strictly, else mended as little as it takes, and said so."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from contract_tests.facts import Example
from contract_tests.findings import Source
from contract_tests.rules.reading.calls import target
from contract_tests.rules.reading.positions import TOKEN, Path, lines_of_values

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

ELISION = re.compile(r"(?:,\s*)?(?:\.{3,}|…+),?(?=\s|[\]}]|$)")
COMMENT = re.compile(r"(?<=[\s,\[{}\]])//[^\n]*")
DEEPEST = 60
"""No example for people nests deeper, and no reader has to."""
MENDINGS = 6
"""After so many mendings a text is not JSON that somebody mistyped, it is something else."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a text is not JSON, and where (0-based line of the text)."""

    reason: str
    line: int


@dataclass(frozen=True)
class Body:
    """An example's body as JSON.

    `value` is what could be read (None with `readable` false where nothing could), `fault` what
    had to be mended; an elision (`......`) is no fault, but leaves the value incomplete.
    """

    example: Example
    text: str
    first_line: int
    value: Json
    readable: bool = True
    elided: bool = False
    fault: Fault | None = None
    is_query: bool = False
    """Whether it is a query string, read as an object whose values are all texts."""

    def source_of(self, path: Path) -> Source:
        """Where on the page the value at this path stands; where the body does if unknown."""
        return Source(self.example.source.file, self.first_line + self._lines.get(path, 0))

    @cached_property
    def _lines(self) -> dict[Path, int]:
        return lines_of_values(self.text)


def read_body(example: Example) -> Body | None:
    """The body of an example, None where it has none or where it is not meant as JSON."""
    text = example.body
    if text is None or not text.lstrip().startswith(("{", "[")):
        return None
    if _depth(text) > DEEPEST:
        return _unreadable(example, text, Fault("nested too deep", 0))
    try:
        return Body(example, text, example.body_line, json.loads(text))
    except json.JSONDecodeError:
        return _mended(example, text)
    except ValueError:
        return _unreadable(example, text, Fault("a number too long", 0))


def read_query(example: Example) -> Body | None:
    """The query string of an example request as an object of texts, None where it has none."""
    pairs = target(example.uri).query if example.uri else ()
    if not pairs:
        return None
    return Body(example, "", example.source.line, dict(pairs), is_query=True)


def _mended(example: Example, text: str) -> Body:
    whole, elisions = ELISION.subn("", _blank(COMMENT, text))
    elided = bool(elisions)
    fault: Fault | None = None
    for _ in range(MENDINGS):
        try:
            value: Json = json.loads(whole, strict=False)
        except json.JSONDecodeError as error:
            reason, patched = _patch(whole, error, elided=elided)
            fault = fault or Fault(reason, error.lineno - 1)
            if patched is None:
                break
            whole = patched
        except ValueError:
            break
        else:
            fault = None if elided else fault or _strict_fault(text)
            return Body(example, text, example.body_line, value, elided=elided, fault=fault)
    return _unreadable(example, text, None if elided else fault)


def _unreadable(example: Example, text: str, fault: Fault | None) -> Body:
    return Body(example, text, example.body_line, None, readable=False, fault=fault)


def _depth(text: str) -> int:
    """How deep a text nests at most; not worked out where it cannot be deep."""
    if text.count("{") + text.count("[") <= DEEPEST:
        return 0
    depth = deepest = 0
    for match in TOKEN.finditer(text):
        if match.group() in "{[":
            depth += 1
            deepest = max(deepest, depth)
        elif match.group() in "}]":
            depth -= 1
    return deepest


def _strict_fault(text: str) -> Fault | None:
    """What only a tolerant reader lets pass; comments are meant for people, so no fault."""
    try:
        json.loads(_blank(COMMENT, text))
    except json.JSONDecodeError as error:
        return Fault("a line break inside of a text", error.lineno - 1)
    return None


def _blank(pattern: re.Pattern[str], text: str) -> str:
    """Without what the pattern finds, every line where it was."""
    return pattern.sub(lambda match: "\n" * match.group().count("\n"), text)


def _patch(text: str, error: json.JSONDecodeError, *, elided: bool) -> tuple[str, str | None]:
    """What is wrong, and the text with the one character more or less that mends it."""
    at = error.pos
    head, here, tail = text[:at].rstrip(), text[at : at + 1], text[at + 1 :].lstrip()
    if head.endswith(",") and here in {"}", "]", ","}:
        return "a comma too many", head[:-1] + text[len(head) :]
    if here == "," and tail[:1] in {"}", "]", ","}:
        return "a comma too many", text[:at] + text[at + 1 :]
    if elided and not here:
        return "cut short", _closed(head)
    if error.msg.startswith("Expecting ',' delimiter"):
        return "a comma is missing", f"{text[:at]},{text[at:]}" if here in {'"', "{", "["} else None
    if error.msg.startswith("Extra data"):
        return "text after its end", text[:at] if here in {"}", "]"} else None
    return "a slip in its syntax", None


def _closed(text: str) -> str:
    """A text cut short by an elision, with the brackets that it still owes."""
    owed: list[str] = []
    for match in TOKEN.finditer(text):
        if match.group() in "{[":
            owed.append("}" if match.group() == "{" else "]")
        elif match.group() in "}]" and owed:
            owed.pop()
    return text.rstrip(", \n") + "".join(reversed(owed))
