"""Faults of the state: calls that change another notebook, and lists that do not show it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from contract_tests.contract import View
from contract_tests.targets.faults.edits import (
    LIST,
    START,
    STOP,
    SWAPPED_TYPES,
    fault,
    field,
    launch,
    other_notebook,
    prolong,
    refused,
)
from contract_tests.targets.mock.fault import Alter, Fault, Rewrite, Turn
from contract_tests.targets.mock.state import Notebook, Record
from contract_tests.targets.mock.wire import Answer, Call

_fault = partial(fault, "state")


def faults(view: View) -> Iterator[Fault]:
    """Effects on neighbours, and wrong lists."""
    del view
    yield from _neighbours()
    yield from _lists()


def _neighbours() -> Iterator[Fault]:
    """A call for one notebook that changes another."""
    effects: Mapping[str, tuple[str, Callable[[Turn, Notebook], None]]] = {
        "starts": ("starts", launch),
        "freezes": ("freezes", lambda _, n: n.become("FROZEN")),
        "deletes": ("deletes", _delete),
        "renames": ("renames", lambda _, n: n.record.update(name="renamed")),
        "prolongs": ("prolongs the lease of", lambda _, n: prolong(n)),
        "retypes": ("changes the lease type of", lambda _, n: _retype(n)),
        "shrinks": ("shrinks", lambda _, n: n.record["volume"].update(capacity=1)),
    }
    moments: Mapping[str, tuple[str, Callable[[Turn, Answer], bool]]] = {
        "start": ("a start", lambda turn, answer: turn.operation == START and answer.is_success),
        "stop": ("a stop", lambda turn, answer: turn.operation == STOP and answer.is_success),
        "refused-start": ("a refused start", refused),
    }
    for moment, (call, happens) in moments.items():
        for effect, (does, act) in effects.items():
            yield _fault(
                f"{moment}-{effect}-a-neighbour",
                f"{call} {does} another notebook",
                f"{START}:NotebookResp.status",
                f"{START}:NotebookResp",
                alter=_acting_on_a_neighbour(happens, act),
            )


def _delete(turn: Turn, neighbour: Notebook) -> None:
    del turn.world.notebooks[neighbour.id]


def _retype(neighbour: Notebook) -> None:
    lease = neighbour.record["lease"]
    lease["type"] = SWAPPED_TYPES[lease["type"]]


def _acting_on_a_neighbour(
    happens: Callable[[Turn, Answer], bool], act: Callable[[Turn, Notebook], None]
) -> Alter:
    def alter(turn: Turn, answer: Answer) -> Answer:
        if happens(turn, answer) and turn.notebook:
            act(turn, other_notebook(turn))
        return answer

    return alter


def _lists() -> Iterator[Fault]:
    """Lists that do not show what there is."""

    def edited(change: Callable[[list[Record]], list[Record]]) -> Alter:
        def alter(turn: Turn, answer: Answer) -> Answer:
            if turn.operation != LIST or not answer.is_success:
                return answer
            return replace(
                answer, content={**answer.content, "data": change(answer.content["data"])}
            )

        return alter

    yield _fault(
        "list-repeats-one",
        "a list shows a notebook twice",
        f"{LIST}:NotebookList.data",
        alter=edited(lambda data: [*data, *data[:1]]),
    )
    yield _fault(
        "list-is-empty", "a list is empty", f"{LIST}:NotebookList.data", alter=edited(lambda _: [])
    )
    yield _fault(
        "list-loses-running",
        "a list leaves out what runs",
        f"{LIST}:NotebookList.data",
        alter=edited(lambda data: [n for n in data if n["status"] not in ("STARTING", "RUNNING")]),
    )
    yield _fault(
        "list-says-all-stopped",
        "a list shows every notebook STOPPED",
        f"{LIST}:NotebookResp.status",
        alter=field("status", lambda _: "STOPPED", LIST),
    )
    yield _fault(
        "list-ignores-limit",
        "a list ignores its limit",
        f"{LIST}:NotebookList.data",
        rewrite=_without("limit"),
    )
    yield _fault(
        "list-ignores-status",
        "a list ignores the status asked for",
        f"{LIST}:NotebookResp.status",
        rewrite=_without("status"),
    )
    yield _fault(
        "list-ignores-name",
        "a list ignores the name asked for",
        f"{LIST}:NotebookResp.name",
        rewrite=_without("name"),
    )
    yield _fault(
        "list-ignores-feature",
        "a list ignores the feature asked for",
        f"{LIST}:NotebookResp.feature",
        rewrite=_without("feature"),
    )


def _without(name: str) -> Rewrite:
    def rewrite(turn: Turn) -> Call:
        if turn.operation != LIST:
            return turn.call
        kept = [pair for pair in turn.call.query if pair[0] != name]
        return turn.call.with_query((*kept, ("limit", "1000")) if name == "limit" else tuple(kept))

    return rewrite
