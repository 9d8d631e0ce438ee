"""Faults of the state: answers that contradict the request, or one another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from contract_tests.contract import View
from contract_tests.targets.faults.edits import (
    LIST,
    SHOW,
    START,
    STOP,
    SWAPPED_TYPES,
    fault,
    field,
    short,
)
from contract_tests.targets.mock.fault import Alter, Fault, Turn
from contract_tests.targets.mock.play import HOUR
from contract_tests.targets.mock.state import Record
from contract_tests.targets.mock.wire import Answer

_fault = partial(fault, "state")

Change = Callable[[Any], Any]

DAY = 24 * HOUR

CONTRADICTIONS: Mapping[str, tuple[str, Change]] = {
    "id": ("id", lambda _: "00000000-0000-4000-8000-000000000000"),
    "name": ("name", lambda value: f"{value}-copy"),
    "description": ("description", lambda value: f"{value}!"),
    "flavor": ("flavor", lambda _: "modelarts.vm.gpu.v100"),
    "image-id": ("image.id", lambda _: "11111111-1111-4111-8111-111111111111"),
    "image-name": ("image.name", lambda _: "another-image"),
    "capacity": ("volume.capacity", lambda value: value // 2 + 1),
    "capacity-zero": ("volume.capacity", lambda _: 0),
    "category": ("volume.category", lambda v: "EVS" if v != "EVS" else "SFS"),
    "ownership": ("volume.ownership", lambda v: "MANAGED" if v == "DEDICATED" else "DEDICATED"),
    "mount-path": ("volume.mount_path", lambda _: "/home/ma-user/work/other/"),
    "workspace": ("workspace_id", lambda _: "7"),
    "user": ("user.id", lambda _: "0123456789abcdef0123456789abcdef"),
    "pool": ("pool.id", lambda _: "fedcba9876543210fedcba9876543210"),
    "feature": ("feature", lambda v: "NOTEBOOK" if v == "DEFAULT" else "DEFAULT"),
    "url": ("url", lambda _: "https://notebook.example.com/another/lab"),
    "url-http": ("url", lambda value: value.replace("https://", "http://")),
    "lease-duration": ("lease.duration", lambda value: value + HOUR),
    "lease-created": ("lease.create_at", lambda value: value - DAY),
    "lease-created-late": ("lease.create_at", lambda value: value + 400 * DAY),
    "lease-updated-early": ("lease.update_at", lambda value: value - 40 * DAY),
    "lease-updated-late": ("lease.update_at", lambda value: value + 40 * DAY),
    "lease-disabled": ("lease.enable", lambda value: not value),
    "lease-type": ("lease.type", lambda v: SWAPPED_TYPES[v]),
}
"""A field of one answer that contradicts the request or the other answers."""


LEASES: Mapping[str, tuple[str, Callable[[Turn, Record], Any], str]] = {
    "duration-asked-plus-one": (
        "one millisecond too long",
        lambda _, r: r["duration"] + 1,
        "duration",
    ),
    "duration-in-seconds": (
        "the duration in seconds",
        lambda _, r: r["duration"] // 1000,
        "duration",
    ),
    "duration-default": (
        "the default duration whatever was asked",
        lambda _, r: r["update_at"] - r["create_at"] + HOUR,
        "duration",
    ),
    "duration-elapsed-only": (
        "only the time since the creation",
        lambda _, r: r["update_at"] - r["create_at"],
        "duration",
    ),
    "duration-zero": ("no duration", lambda _, __: 0, "duration"),
    "duration-negative": ("a negative duration", lambda _, r: -r["duration"], "duration"),
    "duration-capped": ("at most a day more", lambda _, r: _capped(r, DAY), "duration"),
    "duration-int32": ("a duration cut to 32 bits", lambda _, r: r["duration"] % 2**31, "duration"),
    "duration-whole-hours": (
        "a duration rounded to hours",
        lambda _, r: _rounded(r, HOUR),
        "duration",
    ),
    "created-in-seconds": (
        "a creation in seconds",
        lambda _, r: r["create_at"] // 1000,
        "create_at",
    ),
    "updated-in-seconds": (
        "an update in seconds",
        lambda _, r: r["update_at"] // 1000,
        "update_at",
    ),
    "updated-before-created": (
        "an update before the creation",
        lambda _, r: r["create_at"] - 1,
        "update_at",
    ),
    "updated-in-microseconds": (
        "an update in microseconds",
        lambda _, r: r["update_at"] * 1000,
        "update_at",
    ),
    "type-always-timing": ("timing whatever was asked", lambda _, r: _spelled(r, "timing"), "type"),
    "type-always-idle": ("idle whatever was asked", lambda _, r: _spelled(r, "idle"), "type"),
    "enable-false": ("no automatic stop", lambda _, __: False, "enable"),
}
"""What a start's lease says wrongly: words, the value from the lease, the field."""


def _capped(lease: Record, most: int) -> int:
    elapsed = int(lease["update_at"] - lease["create_at"])
    return elapsed + min(int(lease["duration"]) - elapsed, most)


def _rounded(lease: Record, unit: int) -> int:
    elapsed = int(lease["update_at"] - lease["create_at"])
    return elapsed + (int(lease["duration"]) - elapsed) // unit * unit


def _spelled(lease: Record, word: str) -> str:
    return word.upper() if str(lease["type"]).isupper() else word


def faults(view: View) -> Iterator[Fault]:
    """Contradictions in the answer of one operation, in leases, and in what a start keeps."""
    del view
    for operation in (START, SHOW, LIST, STOP):
        for name, (path, change) in CONTRADICTIONS.items():
            yield _contradiction(operation, name, path, change)
    for name, (words, value, key) in LEASES.items():
        yield _lease_fault(name, words, value, key)
    yield from _kept()
    yield _fault(
        "start-forgets-lease",
        "show never learns of a start's lease",
        f"{SHOW}:Lease.duration",
        alter=_changing_the_state("lease.duration", lambda _: 2 * HOUR),
    )


STRUCTURES = {"image": "Image", "lease": "Lease", "volume": "VolumeRes", "pool": "Pool"}


def _place_of(path: str) -> str:
    """The place of a notebook's field as the ledger names it: `VolumeRes.capacity`."""
    holder, _, name = path.rpartition(".")
    return f"{STRUCTURES.get(holder, holder)}.{name}" if holder else f"NotebookResp.{name}"


def _contradiction(operation: str, name: str, path: str, change: Change) -> Fault:
    return _fault(
        f"{short(operation)}-contradicts-{name}",
        f"{operation} alone says something else in {path}",
        *(f"{each}:{_place_of(path)}" for each in (operation, START)),
        f"{START}:NotebookResp",  # where show and list are found to disagree
        alter=field(path, change, operation),
    )


def _lease_fault(name: str, words: str, value: Callable[[Turn, Record], Any], key: str) -> Fault:
    """The lease is kept as it is answered: show and list agree with the wrong answer."""

    def alter(turn: Turn, answer: Answer) -> Answer:
        kept = turn.notebook
        if turn.operation != START or not answer.is_success or kept is None:
            return answer
        kept.record["lease"][key] = value(turn, kept.record["lease"])
        lease = {**answer.content["lease"], key: kept.record["lease"][key]}
        return replace(answer, content={**answer.content, "lease": lease})

    return _fault(
        f"lease-{name}", f"a start's lease has {words}", f"{START}:Lease.{key}", alter=alter
    )


def _kept() -> Iterator[Fault]:
    """What a start changes behind a right answer."""
    for name, (path, change) in CONTRADICTIONS.items():
        if name not in ("id", "lease-created-late", "lease-updated-early", "url-http"):
            yield _fault(
                f"start-keeps-no-{name}",
                f"after a start {path} is something else",
                *(f"{each}:{_place_of(path)}" for each in (SHOW, LIST, START)),
                f"{START}:NotebookResp",
                alter=_changing_the_state(path, change),
            )


def _changing_the_state(path: str, change: Change) -> Alter:
    def alter(turn: Turn, answer: Answer) -> Answer:
        if turn.operation == START and answer.is_success and turn.notebook:
            _set_in(turn.notebook.record, path, change)
        return answer

    return alter


def _set_in(record: Record, path: str, change: Change) -> None:
    *way, last = path.split(".")
    for part in way:
        record = record.get(part, {})
    if last in record:
        record[last] = change(record[last])
