"""What each operation of the contract does, once a call for it has been let in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from contract_tests.contract import Lifecycle, View
from contract_tests.errors import InputError
from contract_tests.targets.mock.play import HOUR, UNLIMITED, Play
from contract_tests.targets.mock.state import Notebook, Record, World
from contract_tests.targets.mock.validation import Values
from contract_tests.targets.mock.wire import Answer, refusal


@dataclass(frozen=True, slots=True)
class Order:
    """A valid call: what is asked of which project."""

    operation: str
    project_id: str
    values: Values
    world: World
    play: Play
    lifecycle: Lifecycle


def lifecycle_of(view: View) -> Lifecycle:
    """The lifecycle that the mock walks.

    Raises:
        InputError: the spec has none, or operations that the mock cannot play.
    """
    file = view.source.file
    for operation in view.operations:
        if operation.id not in {*OF_PROJECT, *OF_NOTEBOOK}:
            problem = f"the mock does not know what {operation.id} does"
            raise InputError(problem, "test a live service with this spec", file)
    if view.lifecycle is None:
        problem, remedy = "the mock needs an x-lifecycle", "write one, as the shipped spec has"
        raise InputError(problem, remedy, file)
    return view.lifecycle


def list_notebooks(order: Order) -> Answer:
    """One page of the project's notebooks, the newest first unless asked otherwise."""
    found = [n for n in order.world.of_project(order.project_id) if _fits(n.record, order.values)]
    newest_first = order.values.get("sort_dir", "DESC") == "DESC"
    found.sort(key=lambda n: int(n.record["lease"]["create_at"]), reverse=newest_first)
    size, start = int(order.values.get("limit", 10)), int(order.values.get("offset", 0))
    page = found[start : start + size]
    return Answer(
        200,
        {
            "current": start // size,
            "data": [order.world.look(notebook) for notebook in page],
            "pages": -(-len(found) // size),
            "size": size,
            "total": len(found),
        },
    )


def _fits(record: Record, values: Values) -> bool:
    """Whether a notebook meets the search criteria; those not given do not count."""
    pool, owner = record.get("pool", {}).get("id"), record.get("user", {}).get("id")
    met = {
        "feature": record.get("feature"),
        "status": record["status"],
        "pool_id": pool,
        "owner": owner,
        "workspaceId": record.get("workspace_id", "0"),
    }
    searched = all(met[name] == values[name] for name in met.keys() & values.keys())
    return searched and values.get("name", "") in record["name"]


def show_notebook(order: Order, notebook: Notebook) -> Answer:
    """The notebook as it is now."""
    return Answer(200, order.world.look(notebook))


def start_notebook(order: Order, notebook: Notebook) -> Answer:
    """Set a stopped notebook on its way to RUNNING, with a lease as asked for."""
    return _not_now(order, notebook) or _start(order, notebook)


def _start(order: Order, notebook: Notebook) -> Answer:
    asked = int(order.values.get("duration", HOUR))
    notebook.requested = HOUR if asked == UNLIMITED else asked
    lease = notebook.record["lease"]
    lease["enable"] = asked != UNLIMITED
    lease["type"] = order.play.lease_type(order.values.get("type", "timing"))
    return _move(order, notebook)


def stop_notebook(order: Order, notebook: Notebook) -> Answer:
    """Set a running notebook on its way to STOPPED."""
    return _not_now(order, notebook) or _move(order, notebook)


def _not_now(order: Order, notebook: Notebook) -> Answer | None:
    """The refusal that the contract lists for this state, or the vendor's general one."""
    order.world.settle(notebook)
    if order.lifecycle.allowed(order.operation, notebook.status):
        return None
    words = f"The instance is {notebook.status}."
    for refused in order.lifecycle.refused(order.operation, notebook.status):
        return refusal(refused.status, refused.codes[0].rpartition(".")[2], words)
    return refusal(400, "6357", words)


def _move(order: Order, notebook: Notebook) -> Answer:
    """Move a notebook as the lifecycle says, and answer it as it is from then on."""
    world = order.world
    through = order.lifecycle.next(order.operation, notebook.status)[0]
    onward = order.lifecycle.next(None, through)[0]
    world.renew(notebook)
    world.send(notebook, through, onward)
    status = order.play.success[world.successes % len(order.play.success)]
    world.successes += 1
    return Answer(status, world.shown(notebook))


OF_PROJECT: Mapping[str, Callable[[Order], Answer]] = {"ListNotebooks": list_notebooks}
"""Operations on a project, by their ids in the contract."""

OF_NOTEBOOK: Mapping[str, Callable[[Order, Notebook], Answer]] = {
    "ShowNotebook": show_notebook,
    "StartNotebook": start_notebook,
    "StopNotebook": stop_notebook,
}
"""Operations on one notebook, by their ids in the contract."""
