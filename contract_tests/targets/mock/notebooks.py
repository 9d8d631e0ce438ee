"""The notebooks of a fresh mock: made from the contract's schema, then made to hang together."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from contract_tests.contract import View
from contract_tests.targets.mock.operations import lifecycle_of
from contract_tests.targets.mock.play import HOUR, Play
from contract_tests.targets.mock.state import STEPS, Notebook
from contract_tests.targets.mock.values import Maker
from contract_tests.targets.mock.words import uuid

STOPPED_ONES = 6
"""Notebooks of each project that can be started."""

ALWAYS = frozenset(
    {"id", "name", "status", "image", "volume", "capacity", "category", "ownership", "notebook_id"}
    | {"step", "lease", "create_at", "update_at", "duration", "enable", "type"}
    | {"workspace_id"}
)
"""Properties that no notebook lacks; of the others each lacks some, as the service's do."""

AWAKE = ("STARTING", "RUNNING", "STOPPING", "SNAPSHOTTING")
"""States of notebooks whose lease has not ended."""

MINUTE = 60_000
MONTH = 30 * 24 * HOUR

Record = dict[str, Any]


def notebooks_of(
    view: View, play: Play, project_id: str, seed: int, now: int
) -> Iterator[Notebook]:
    """The notebooks of one project: the STOPPED ones first, then one in every other state.

    `now` is in milliseconds since 1970; everything but the points of time hangs on the seed.
    """
    random = Random(f"{project_id} {seed}")  # noqa: S311 (made-up data)
    schemas = view.document["components"]["schemas"]
    owner = Maker(view.document, random, 0, ALWAYS).value(schemas["user"])
    others = [state for state in lifecycle_of(view).states if state != "STOPPED"]
    for turn, status in enumerate(["STOPPED"] * STOPPED_ONES + others):
        maker = Maker(view.document, random, turn, ALWAYS, never=play.never, unused=play.unused)
        record = maker.value(schemas["NotebookResp"])
        _hang_together(record, maker, owner)
        made = now - (turn + 1) * MONTH
        _lease(record, play, turn, made, started=now - MINUTE if status in AWAKE else made + HOUR)
        notebook = Notebook(project_id, record)
        notebook.become(status)
        yield notebook


def _hang_together(record: Record, maker: Maker, owner: Record) -> None:
    """What one property says of the notebook, the others confirm."""
    record["id"] = uuid(maker.random)
    record["name"] = f"{record['name']}-{maker.turn}"
    _set(record, "token", uuid(maker.random))
    _set(record, "url", f"https://notebook.example.com/{record['id']}/lab")
    _set(record, "workspace_id", "0")
    _set(record, "user", owner)
    _set(record, "user_id", owner["id"])
    _set(record, "feature", "DEFAULT" if maker.turn == 1 else "NOTEBOOK")
    _set(record, "action_progress", _steps(record, maker))
    for endpoint in record.get("endpoints", ()):
        _same_service(endpoint)
    _describe_image(record["image"], maker)
    _suit_volume(record, maker.turn)


def _set(record: Record, name: str, value: Any) -> None:
    """Set a property that the contract has and this notebook does not lack."""
    if name in record:
        record[name] = value


def _steps(record: Record, maker: Maker) -> list[Record]:
    """Each step of the job once, in order; their statuses follow that of the notebook."""
    schema = maker.document["components"]["schemas"]["JobProgress"]
    steps = [maker.value(schema, "action_progress") for _ in range(STEPS)]
    for number, step in enumerate(steps, start=1):
        step.update(notebook_id=record["id"], step=number)
    return steps


def _same_service(endpoint: Record) -> None:
    """The page has two fields for the way in; they name the same one."""
    if "dev_service" in endpoint:
        _set(endpoint, "service", endpoint["dev_service"])


def _describe_image(image: Record, maker: Maker) -> None:
    """An image changes after it was made, and its address ends with its tag."""
    made = 1_600_000_000_000 + maker.random.randrange(100_000_000_000)
    image["create_at"] = made
    image["update_at"] = made + maker.random.randrange(10_000_000_000)
    if "swr_path" in image:
        address = image["swr_path"].partition(":")[0]
        image["swr_path"] = f"{address}:{image.get('tag', 'latest')}"


def _suit_volume(record: Record, turn: int) -> None:
    """A disk is MANAGED; only a disk grows, file storage is never RESIZING."""
    volume = record["volume"]
    if volume["category"] == "EVS":
        volume["ownership"] = "MANAGED"
    else:
        volume["ownership"] = ("MANAGED", "DEDICATED")[turn // 2 % 2]
        if volume.get("status") == "RESIZING":
            del volume["status"]


def _lease(record: Record, play: Play, turn: int, made: int, started: int) -> None:
    """The lease of a notebook that was made and last started at these times, in milliseconds."""
    duration = started - made + HOUR
    record["lease"].update(create_at=made, update_at=started, duration=duration, enable=True)
    record["lease"]["type"] = play.lease_type(("timing", "idle")[turn % 2])
    _set(record, "create_at", made)
    _set(record, "update_at", started)
