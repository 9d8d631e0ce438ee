"""The states of the resource and what moves it between them (`x-lifecycle`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from contract_tests.contract.documents import Document, Location
from contract_tests.contract.ledger import Sure
from contract_tests.contract.pointers import part
from contract_tests.errors import InputError
from contract_tests.findings import Source


@dataclass(frozen=True, slots=True)
class Transition:
    """One move: by an operation, or by itself (`operation` None)."""

    operation: str | None
    before: tuple[str, ...]
    after: tuple[str, ...]
    """The states it may lead to, the expected one first."""
    sure: Sure
    source: Source


@dataclass(frozen=True, slots=True)
class Refusal:
    """Where an operation is refused: in which states, with which status and error codes.

    `states` is empty where the state of the resource has nothing to do with it; `when` then
    says in words what has.
    """

    operation: str
    states: tuple[str, ...]
    when: str
    status: int
    codes: tuple[str, ...]
    """The expected one first."""
    sure: Sure
    source: Source


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """All states (those of the enum at `field`), moves and refusals."""

    field: str
    """`NotebookResp.status`."""
    states: tuple[str, ...]
    initial: tuple[str, ...]
    terminal: tuple[str, ...]
    passing: tuple[str, ...]
    """Those that a resource leaves by itself, and soon."""
    failed: tuple[str, ...]
    transitions: tuple[Transition, ...]
    refusals: tuple[Refusal, ...]

    def allowed(self, operation: str, state: str) -> bool:
        """Whether the operation is known to work in that state."""
        return bool(self.next(operation, state))

    def next(self, operation: str | None, state: str) -> tuple[str, ...]:
        """Where the operation leads from that state; with None, where time alone leads."""
        moves = (t for t in self.transitions if t.operation == operation and state in t.before)
        return tuple(dict.fromkeys(after for move in moves for after in move.after))

    def refused(self, operation: str, state: str) -> tuple[Refusal, ...]:
        """How the operation is refused because of that state; empty where nobody knows."""
        return tuple(r for r in self.refusals if r.operation == operation and state in r.states)

    def reachable(self, state: str) -> frozenset[str]:
        """The states that a passing state may soon lead to, itself among them.

        A resource that rests (RUNNING, STOPPED) is left where it is: nothing but its own state
        is to be expected of it without an operation.
        """
        found, ahead = {state}, [state]
        while ahead:
            passed = ahead.pop()
            fresh = set(self.next(None, passed)) - found if passed in self.passing else set()
            found |= fresh
            ahead.extend(fresh)
        return frozenset(found)


def read_lifecycle(document: Document) -> Lifecycle | None:
    """The lifecycle of a document; None where it has none.

    Raises:
        InputError: it is incomplete, or names a state that it does not list.
    """
    if "x-lifecycle" not in document.data:
        return None
    try:
        lifecycle = _read(document, ("x-lifecycle",))
    except (KeyError, TypeError, AttributeError) as error:
        problem = f"x-lifecycle is incomplete: {error}"
        raise _error(document.source(("x-lifecycle",)), problem, "see the shipped spec") from error
    _check_states(document, lifecycle)
    return lifecycle


def _read(document: Document, at: Location) -> Lifecycle:
    value = part(document.data, at)
    moves, refusals = value["transitions"], value["refusals"]
    return Lifecycle(
        field=value["field"],
        states=tuple(value["states"]),
        initial=tuple(value["initial"]),
        terminal=tuple(value["terminal"]),
        passing=tuple(value["passing"]),
        failed=tuple(value["failed"]),
        transitions=tuple(
            _transition(move, document.source((*at, "transitions", i)))
            for i, move in enumerate(moves)
        ),
        refusals=tuple(
            _refusal(refusal, document.source((*at, "refusals", i)))
            for i, refusal in enumerate(refusals)
        ),
    )


def _transition(value: dict[str, Any], source: Source) -> Transition:
    return Transition(
        operation=value.get("operation"),
        before=tuple(value["from"]),
        after=tuple(value["to"]),
        sure=value["sure"],
        source=source,
    )


def _refusal(value: dict[str, Any], source: Source) -> Refusal:
    return Refusal(
        operation=value["operation"],
        states=tuple(value.get("in", ())),
        when=value.get("when", ""),
        status=value["status"],
        codes=tuple(value["codes"]),
        sure=value["sure"],
        source=source,
    )


def _check_states(document: Document, lifecycle: Lifecycle) -> None:
    at: Location = ("x-lifecycle",)
    named: list[tuple[Source, tuple[str, ...]]] = [
        (document.source((*at, key)), getattr(lifecycle, key))
        for key in ("initial", "terminal", "passing", "failed")
    ]
    named += [(t.source, t.before + t.after) for t in lifecycle.transitions]
    named += [(r.source, r.states) for r in lifecycle.refusals]
    for source, states in named:
        for state in states:
            if state not in lifecycle.states:
                raise _error(source, f"{state!r} is no state", "list it under states")


def _error(source: Source, problem: str, remedy: str) -> InputError:
    return InputError(problem, remedy, source.file, source.line)
