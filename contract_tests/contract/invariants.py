"""Invariants: relations that a schema cannot say, written in CEL beside what they hold for."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import cel

from contract_tests.contract.documents import Document, Location
from contract_tests.contract.places import place_of
from contract_tests.contract.pointers import part
from contract_tests.errors import InputError
from contract_tests.findings import Place, Source

VARIABLES = frozenset(
    {
        "self",
        "request",
        "response",
        "before",
        "after",
        "listed",
        "neighbours_before",
        "neighbours_after",
        "now",
    }
)
"""What a rule may speak of; `now` is the time of the request, in milliseconds since 1970."""

logging.getLogger(cel.__name__).addHandler(logging.NullHandler())
"""A rule that cannot be asked of a value is no news, but the library would print a line of each."""

FUNCTIONS: Mapping[str, Callable[..., Any]] = {"lowerAscii": str.lower}
"""What rules may call beyond the language itself, named as CEL's string extension names it."""

_STANDARD = frozenset(
    {"contains", "double", "endsWith", "int", "matches", "size", "startsWith", "string"}
)
_KEYS = {"id", "rule", "when", "message", "source", "at"}
_NEEDED = ("id", "rule", "message", "source")
_BOUND = re.compile(r"\.(?:all|exists|exists_one|map|filter)\(\s*(\w+)\s*,")


@dataclass(frozen=True, slots=True)
class Invariant:
    """One invariant, compiled.

    `at` names what a breach is reported at: of a schema's invariant a field of that schema
    (`update_at`), of an operation's a place (`NotebookResp.id`).
    """

    id: str
    rule: str
    when: str
    """The premise, "" where there is none."""
    message: str
    basis: str
    """What of the page, or of what is known of the service, it rests on."""
    source: Source
    location: Location
    """Of the schema or operation that it stands beside."""
    at: str
    program: Any
    premise: Any

    @property
    def of_operation(self) -> bool:
        """Whether it stands beside an operation; else beside a schema."""
        return self.location[0] == "paths" and len(self.location) == 3

    def place(self, operation: str) -> Place:
        """The place that a breach in an exchange of this operation is reported at."""
        if self.of_operation:
            structure, _, field = self.at.partition(".")
            return Place(operation, structure, field)
        steps = [step for name in self.at.split(".") if name for step in ("properties", name)]
        return place_of(operation, (*self.location, *steps))

    def holds(self, context: Any) -> bool | None:
        """Whether the rule holds in a context (`in_context`); None where it is not exercised.

        It is not exercised where its premise is false, and where it needs something that is
        absent or of another type: the schema says what types are wrong.
        """
        return self.keeps(context) if self.is_due(context) else None

    def is_due(self, context: Any) -> bool:
        """Whether its premise is true, or it has none."""
        return self.premise is None or _told(self.premise, context) is True

    def keeps(self, context: Any) -> bool | None:
        """The same as `holds` where the premise is known to be true."""
        return _told(self.program, context)


def _told(program: Any, context: Any) -> bool | None:
    try:
        verdict = program.execute(context)
    except (LookupError, TypeError, ValueError, ArithmeticError, RuntimeError):
        return None
    return verdict if isinstance(verdict, bool) else None


def in_context(variables: Mapping[str, Any]) -> Any:
    """What rules see, ready for any number of them: converting JSON costs more than a rule."""
    try:
        return cel.Context(dict(variables), dict(FUNCTIONS))
    except ValueError:  # JSON may hold values that CEL has none for
        return cel.Context(_expressible(dict(variables)), dict(FUNCTIONS))


def _expressible(value: Any) -> Any:
    """The value without numbers beyond 64 bits, half a surrogate pair as a question mark."""
    if isinstance(value, str):
        return value.encode(errors="replace").decode()
    if isinstance(value, list):
        return [_expressible(item) for item in value if not _is_huge(item)]
    if isinstance(value, Mapping):
        kept = {key: item for key, item in value.items() if not _is_huge(item)}
        return {_expressible(key): _expressible(item) for key, item in kept.items()}
    return value


def _is_huge(value: Any) -> bool:
    return isinstance(value, int) and not -(2**63) <= value < 2**63


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one invariant in one exchange, at one object of it."""

    invariant: Invariant
    place: Place
    held: bool | None
    """None: not exercised."""
    instance_path: str
    """The object that it was asked of, as JSONPath; `$` for an operation's invariant."""
    hidden: bool = False
    """Whether it does not hold, and a value that breaks its schema says so already."""


def read_invariants(document: Document) -> tuple[Invariant, ...]:
    """All invariants of a document, in its order, each compiled once.

    Raises:
        InputError: one is incomplete, does not compile, speaks of a variable or calls a
            function that there is not, or has the id of another.
    """
    found = tuple(read_invariant(document, at) for at in written_invariants(document))
    first: dict[str, Invariant] = {}
    for invariant in found:
        if first.setdefault(invariant.id, invariant) is not invariant:
            problem = f"the invariant {invariant.id} stands already at {first[invariant.id].source}"
            raise _error(invariant.source, problem, "give it an id of its own")
    return found


def written_invariants(document: Document) -> Iterator[Location]:
    """Where invariants stand; raises InputError for an `x-invariants` that is no list."""
    for location in list(document.sources):
        if location and location[-1] == "x-invariants":
            value = part(document.data, location)
            if not isinstance(value, list):
                raise _error(document.source(location), "x-invariants is no list", "use - items")
            yield from ((*location, index) for index in range(len(value)))


def read_invariant(document: Document, at: Location) -> Invariant:
    """One invariant, compiled; raises InputError as `read_invariants` does."""
    return _Reader(document, at).read()


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one invariant, and names the line of what is wrong with it."""

    document: Document
    at: Location

    def read(self) -> Invariant:
        value = part(self.document.data, self.at)
        self._check(value)
        return Invariant(
            id=value["id"],
            rule=value["rule"],
            when=value.get("when", ""),
            message=value["message"],
            basis=value["source"],
            source=self.document.source(self.at),
            location=self.at[:-2],
            at=value.get("at", ""),
            program=self._compile("rule", value["rule"]),
            premise=self._compile("when", value["when"]) if "when" in value else None,
        )

    def _check(self, value: Any) -> None:
        where = self.document.source(self.at)
        if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
            raise _error(where, "an invariant is an object of texts", "see the shipped spec")
        for key in _NEEDED:
            if key not in value:
                raise _error(where, f"an invariant without {key!r}", "add it")
        for key in value.keys() - _KEYS:
            source = self.document.source((*self.at, key))
            raise _error(source, f"an invariant has no {key!r}", f"use {', '.join(sorted(_KEYS))}")

    def _compile(self, key: str, text: str) -> Any:
        where = self.document.source((*self.at, key))
        try:
            program = cel.compile(text)
        except ValueError as error:
            reason = str(error).splitlines()[0]
            raise _error(where, f"no CEL: {reason}", "mend the expression") from error
        unknown = set(program.variables()) - VARIABLES - set(_BOUND.findall(text))
        if unknown:
            problem = f"no variable {min(unknown)!r}"
            raise _error(where, problem, f"there are {', '.join(sorted(VARIABLES))}")
        called = {name for name in program.functions() if name.isidentifier()}
        if called - _STANDARD - FUNCTIONS.keys():
            problem = f"no function {min(called - _STANDARD - FUNCTIONS.keys())!r}"
            known = ", ".join(sorted(_STANDARD | FUNCTIONS.keys()))
            raise _error(where, problem, f"there are {known}")
        return program


def _error(source: Source, problem: str, remedy: str) -> InputError:
    return InputError(problem, remedy, source.file, source.line)
