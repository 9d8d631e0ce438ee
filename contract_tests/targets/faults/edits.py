"""Ways to spoil an answer: building blocks of faults."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from contract_tests.targets.mock.fault import (
    Alter,
    Fault,
    Klass,
    Rewrite,
    Turn,
    same_answer,
    same_call,
)
from contract_tests.targets.mock.state import Notebook, Record
from contract_tests.targets.mock.wire import Answer, Call, Pairs, copied

START, STOP, SHOW, LIST = "StartNotebook", "StopNotebook", "ShowNotebook", "ListNotebooks"
EVERYWHERE = (START, STOP, SHOW, LIST)

REFUSALS = (400, 401, 403, 404)
"""The statuses with which the mock refuses a call of the contract."""


def short(operation: str) -> str:
    """An operation's name as it begins a fault's id: `start`."""
    return operation.removesuffix("s").removesuffix("Notebook").lower()


When = Callable[[Turn, Answer], bool]
Edit = Callable[[Turn, Record], None]
"""Changes one notebook of an answer in place."""


def notebooks_of(content: Any) -> Iterator[Record]:
    """The notebooks of an answer: those of a list, or the one that it is."""
    if isinstance(content, dict) and isinstance(content.get("data"), list):
        yield from (item for item in content["data"] if isinstance(item, dict))
    elif isinstance(content, dict):
        yield content


def notebook(edit: Edit, *operations: str) -> Alter:
    """Edit the notebooks in successful answers; without operations in those of a start."""
    wanted = operations or (START,)

    def alter(turn: Turn, answer: Answer) -> Answer:
        if turn.operation not in wanted or not answer.is_success:
            return answer
        content = copied(answer.content)
        for record in notebooks_of(content):
            edit(turn, record)
        return replace(answer, content=content)

    return alter


def field(name: str, value: Callable[[Any], Any], *operations: str) -> Alter:
    """Replace a dotted field of the notebooks in successful answers, where it is there."""

    def edit(turn: Turn, record: Record) -> None:
        del turn
        *way, last = name.split(".")
        for part in way:
            record = record.get(part, {})
        if last in record:
            record[last] = value(record[last])

    return notebook(edit, *operations)


def success(change: Callable[[Answer], Answer], *operations: str) -> Alter:
    """Change successful answers as a whole; without operations those of a start."""
    return answered(change, lambda answer: answer.is_success, *operations)


def failure(change: Callable[[Answer], Answer], *statuses: int) -> Alter:
    """Change the error answers of a start; without statuses all of them."""
    return answered(change, lambda a: a.status >= 400 and a.status in (statuses or (a.status,)))


def answered(
    change: Callable[[Answer], Answer], which: Callable[[Answer], bool], *operations: str
) -> Alter:
    """Change the answers of these operations that fit."""
    wanted = operations or (START,)

    def alter(turn: Turn, answer: Answer) -> Answer:
        return change(answer) if turn.operation in wanted and which(answer) else answer

    return alter


def content(change: Callable[[Any], Any]) -> Callable[[Answer], Answer]:
    """Change the JSON value of an answer."""
    return lambda answer: replace(answer, content=change(copied(answer.content)))


def text(change: Callable[[str], str]) -> Callable[[Answer], Answer]:
    """Change the text of an answer's body."""
    return lambda answer: answer.with_text(change)


def raw(change: Callable[[bytes], bytes]) -> Callable[[Answer], Answer]:
    """Change the bytes of an answer's body."""
    return lambda answer: replace(answer, raw=change(answer.body))


def header(name: str, value: str | None) -> Callable[[Answer], Answer]:
    """Set a header of an answer, or leave it out (None)."""
    return lambda answer: answer.with_header(name, value)


def status(code: int) -> Callable[[Answer], Answer]:
    """Answer with another status code."""
    return lambda answer: replace(answer, status=code)


def instead(answer: Answer) -> Callable[[Answer], Answer]:
    """Give quite another answer."""
    return lambda _: answer


def when(condition: When, alter: Alter) -> Alter:
    """Alter only the answers that meet a condition."""
    return lambda turn, answer: alter(turn, answer) if condition(turn, answer) else answer


def crash(words: str = "The server has encountered an error.") -> Answer:
    """An internal error in the vendor's shape."""
    return Answer(500, {"error_code": "ModelArts.6102", "error_msg": words})


def page(code: int, words: str) -> Answer:
    """An error page of a proxy, in HTML."""
    html = f"<html><head><title>{code}</title></head><body><h1>{words}</h1></body></html>"
    return Answer(code, raw=html.encode(), headers=(("Content-Type", "text/html"),))


def refused(turn: Turn, answer: Answer) -> bool:
    """Whether a start was refused."""
    return turn.operation == START and 400 <= answer.status < 500


def start_behind_the_back(turn: Turn, *, of: Notebook | None = None) -> None:
    """Start a notebook whatever was answered: the side effect of a refused call."""
    target = of or turn.notebook
    if target is not None and target.status == "STOPPED":
        launch(turn, target)


def launch(turn: Turn, notebook: Notebook) -> None:
    """Set a notebook on its way to RUNNING, whatever its status."""
    turn.world.renew(notebook)
    turn.world.send(notebook, "STARTING", "RUNNING")


def other_notebook(turn: Turn) -> Notebook:
    """Another notebook than the one in the path: a STOPPED one of the project, while there is."""
    known = turn.world.credentials
    own = turn.world.of_project(turn.ids.get("project_id", "")) or turn.world.of_project(
        known.project_id
    )
    others = [each for each in own if each.id != turn.ids.get("id")]
    stopped = (each for each in others if each.status == "STOPPED")
    return next(stopped, None) or next(iter(others), foreign_notebook(turn))


def foreign_notebook(turn: Turn) -> Notebook:
    """A notebook of the other project."""
    return turn.world.of_project(turn.world.credentials.other_project_id)[0]


def without_parameter(call: Call, name: str) -> Call:
    """The call without a query parameter."""
    kept: Pairs = tuple(pair for pair in call.query if pair[0] != name)
    return call.with_query(kept)


def fault(
    klass: Klass,
    id_: str,
    description: str,
    *detects: str,
    rewrite: Rewrite = same_call,
    alter: Alter = same_answer,
) -> Fault:
    """A fault, in short."""
    return Fault(
        id=id_,
        klass=klass,
        description=description,
        detects=detects,
        rewrite=rewrite,
        alter=alter,
    )


SWAPPED_TYPES = {"timing": "idle", "idle": "timing", "TIMING": "IDLE", "IDLE": "TIMING"}
"""The other type of a lease."""


def prolong(neighbour: Notebook) -> None:
    """Let a notebook run an hour longer."""
    neighbour.record["lease"]["duration"] += 3_600_000


def at_odd_ids(
    operation: str, sign: Callable[[str], bool], change: Callable[[Answer], Answer]
) -> Alter:
    """Change the answers to calls with an odd id that names no notebook."""

    def alter(turn: Turn, answer: Answer) -> Answer:
        id_ = turn.ids.get("id", "")
        is_met = turn.operation == operation and turn.notebook is None and sign(id_)
        return change(answer) if is_met and answer.status in (400, 404) else answer

    return alter
