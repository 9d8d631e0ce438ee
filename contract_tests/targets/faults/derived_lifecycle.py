"""Faults of the state, derived from the lifecycle: each transition and refusal, broken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from contract_tests.contract import Lifecycle, Transition, View
from contract_tests.targets.faults.edits import SHOW, START, STOP, crash, launch, short
from contract_tests.targets.mock.fault import Alter, Fault, Rewrite, Turn
from contract_tests.targets.mock.operations import lifecycle_of
from contract_tests.targets.mock.state import Move
from contract_tests.targets.mock.wire import Answer, Call, refusal

NEVER = 10**9
"""Looks, and seconds: more than any run takes."""


def faults(view: View) -> Iterator[Fault]:
    """The faults of every transition and refusal that a test can bring about."""
    lifecycle = lifecycle_of(view)
    for transition in lifecycle.transitions:
        if transition.operation is not None:
            yield from _of_operation(lifecycle, transition, transition.operation)
    yield from _of_refusals(lifecycle)


def _of_operation(lifecycle: Lifecycle, transition: Transition, operation: str) -> Iterator[Fault]:
    """An operation moves a notebook through a passing state to a resting one."""
    through = transition.after[0]
    onward = lifecycle.next(None, through)
    yield _fault(operation, f"{through}-never-ends", f"{through} never ends", _stuck(operation))
    yield _fault(operation, "does-nothing", "the notebook stays as it was", _undone(operation))
    yield _fault(operation, "always-refused", "it is always refused", _refused(operation))
    for state in lifecycle.states:
        if state in transition.before or state not in lifecycle.reachable(through):
            words = f"{through} leads to {state}"
            yield _fault(operation, f"leads-to-{state}", words, _led_to(operation, state))
        if state not in (through, onward[0]):
            words = f"the answer says {state}"
            yield _fault(operation, f"answers-{state}", words, _says(operation, state))


def _of_refusals(lifecycle: Lifecycle) -> Iterator[Fault]:
    for operation, through, onward in (
        (START, "STARTING", "RUNNING"),
        (STOP, "STOPPING", "STOPPED"),
    ):
        for state in lifecycle.states:
            if lifecycle.refused(operation, state):
                yield from _of_refusal(operation, state, on_its_way=state in (through, onward))


def _of_refusal(operation: str, state: str, *, on_its_way: bool) -> Iterator[Fault]:
    """No source settles whether what is already on its way may be asked for once more."""
    words = f"a {state} notebook"
    yield _fault(operation, f"{state}-crashes", f"{words} is a 500", _crashed(operation, state))
    if not on_its_way:
        does, acts = f"{words} is accepted", f"{words} is refused, but moves"
        yield _fault(operation, f"{state}-accepted", does, rewrite=_pretending(operation, state))
        yield _fault(operation, f"{state}-acts", acts, _acted(operation, state))


def _fault(
    operation: str,
    name: str,
    words: str,
    alter: Alter | None = None,
    rewrite: Rewrite | None = None,
) -> Fault:
    fault = Fault(
        id=f"{short(operation)}-{name}".lower().replace("_", "-"),
        klass="state",
        description=f"{operation}: {words}",
        detects=(f"{operation}:lifecycle", f"{SHOW}:lifecycle", f"{operation}:NotebookResp.status"),
    )
    return replace(fault, alter=alter or fault.alter, rewrite=rewrite or fault.rewrite)


def _stuck(operation: str) -> Alter:
    def alter(turn: Turn, answer: Answer) -> Answer:
        if turn.operation == operation and turn.notebook and turn.notebook.move:
            turn.notebook.move = Move(turn.notebook.move.to, turn.world.clock() + NEVER, NEVER)
        return answer

    return alter


def _undone(operation: str) -> Alter:
    def alter(turn: Turn, answer: Answer) -> Answer:
        if turn.operation == operation and answer.is_success and turn.notebook:
            turn.notebook.move = None
            turn.notebook.become("STOPPED" if operation == START else "RUNNING")
        return answer

    return alter


def _refused(operation: str) -> Alter:
    def alter(turn: Turn, answer: Answer) -> Answer:
        if turn.operation != operation or not answer.is_success:
            return answer
        _undone(operation)(turn, answer)
        return refusal(400, "6357", "Another operation is at work.")

    return alter


def _led_to(operation: str, state: str) -> Alter:
    def alter(turn: Turn, answer: Answer) -> Answer:
        if turn.operation == operation and turn.notebook and turn.notebook.move:
            turn.notebook.move = replace(turn.notebook.move, to=state)
        return answer

    return alter


def _says(operation: str, state: str) -> Alter:
    def alter(turn: Turn, answer: Answer) -> Answer:
        if turn.operation == operation and answer.is_success:
            return replace(answer, content={**answer.content, "status": state})
        return answer

    return alter


def _pretending(operation: str, state: str) -> Rewrite:
    """Take the notebook for one in the state that the operation asks for."""

    def rewrite(turn: Turn) -> Call:
        notebook = turn.notebook
        if turn.operation == operation and notebook and notebook.status == state:
            notebook.move = None
            notebook.become("STOPPED" if operation == START else "RUNNING")
        return turn.call

    return rewrite


def _crashed(operation: str, state: str) -> Alter:
    def alter(turn: Turn, answer: Answer) -> Answer:
        return crash() if _is_refused_in(turn, answer, operation, state) else answer

    return alter


def _acted(operation: str, state: str) -> Alter:
    def alter(turn: Turn, answer: Answer) -> Answer:
        if _is_refused_in(turn, answer, operation, state) and turn.notebook:
            launch(turn, turn.notebook)
        return answer

    return alter


def _is_refused_in(turn: Turn, answer: Answer, operation: str, state: str) -> bool:
    notebook = turn.notebook
    is_there = turn.operation == operation and notebook is not None and notebook.status == state
    return is_there and 400 <= answer.status < 500
