"""Applies an OpenAPI Overlay 1.0 to a spec, and refuses every action that would do nothing.

What Overlay 1.0.0 says, section 4.4.3: actions apply in order; a target selects objects or
arrays, never primitives; an update of an object merges recursively, an update of an array is
one entry to append; `remove` takes the target out of what contains it and wins over `update`.
Where it is silent, arrays inside an update object are concatenated, as 1.1 settled it.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import jsonpath_rfc9535 as jsonpath
from jsonpath_rfc9535 import JSONPathError

from contract_tests.contract.documents import Document, Location
from contract_tests.contract.pointers import json_path, part
from contract_tests.errors import InputError
from contract_tests.findings import Source

_ACTION_KEYS = {"target", "description", "update", "remove"}
_ROOT_KEYS = {"overlay", "info", "extends", "actions"}


@dataclass(frozen=True, slots=True)
class Action:
    """One action; `ledger` is the entry that says why (`x-ledger`)."""

    target: str
    source: Source
    location: Location
    """Of the action inside the overlay."""
    update: Any = None
    remove: bool = False
    ledger: str | None = None


@dataclass(frozen=True, slots=True)
class Overlay:
    """An overlay document and its actions, in order."""

    document: Document
    actions: tuple[Action, ...]


def read_overlay(document: Document) -> Overlay:
    """Take an overlay document apart.

    Raises:
        InputError: it is no Overlay 1.0, or an action is not one.
    """
    _check_root(document)
    actions = document.data["actions"]
    return Overlay(document, tuple(_action(document, i) for i in range(len(actions))))


def apply_overlay(spec: Document, overlay: Overlay) -> Document:
    """The spec with all actions applied; the spec itself stays as it is.

    Raises:
        InputError: the target of an action matches nothing, or what it cannot update.
    """
    result = Document(spec.file, copy.deepcopy(spec.data), dict(spec.sources))
    for action in overlay.actions:
        apply_action(result, overlay, action)
    return result


def apply_action(document: Document, overlay: Overlay, action: Action) -> None:
    """Apply one action to a document in place; raises InputError as `apply_overlay` does."""
    merger = _Merger(document.data, document.sources, overlay.document, action)
    for location in _targets(document.data, action):
        merger.apply(location)


def _targets(data: Any, action: Action) -> list[Location]:
    """What an action selects, the last first, so that a removal moves nothing yet to come."""
    try:
        nodes = jsonpath.find(action.target, data)
    except JSONPathError as error:
        problem = f"the target {action.target} is no JSONPath: {error}"
        raise _error(action.source, problem, "write it as RFC 9535 has it") from error
    found = [tuple(node.location) for node in nodes]
    if not found:
        problem = f"the target {action.target} matches nothing"
        raise _error(action.source, problem, "name a part of the spec, or drop the action")
    return found[::-1]


@dataclass(frozen=True, slots=True)
class _Merger:
    """Applies one action in place, and notes the overlay as the source of what it brought."""

    data: Any
    sources: dict[Location, Source]
    overlay: Document
    action: Action

    def apply(self, location: Location) -> None:
        target = part(self.data, location)
        if not isinstance(target, dict | list):
            problem = f"{json_path(location)} is neither an object nor an array"
            raise _error(self.action.source, problem, "target what contains it")
        if self.action.remove:
            self._remove(location)
        elif isinstance(target, list):
            self._append(target, location, self.action.update, (*self.action.location, "update"))
        else:
            self._merge(location, self.action.update, (*self.action.location, "update"))

    def _merge(self, at: Location, update: Any, written: Location) -> None:
        target = part(self.data, at)
        if not isinstance(update, dict):
            problem = f"{json_path(at)} is an object, the update is none"
            raise _error(self.overlay.source(written), problem, "update it with an object")
        for key, value in update.items():
            there = target.get(key)
            if isinstance(there, dict) and isinstance(value, dict):
                self._merge((*at, key), value, (*written, key))
            elif isinstance(there, list) and isinstance(value, list):
                for i, item in enumerate(value):
                    self._append(there, (*at, key), item, (*written, key, i))
            else:
                self._set(target, key, value, at, (*written, key))

    def _append(self, target: list[Any], at: Location, value: Any, written: Location) -> None:
        target.append(copy.deepcopy(value))
        self._note((*at, len(target) - 1), written)

    def _set(self, target: Any, key: str, value: Any, at: Location, written: Location) -> None:
        _forget(self.sources, (*at, key))
        target[key] = copy.deepcopy(value)
        self._note((*at, key), written)

    def _note(self, at: Location, written: Location) -> None:
        for location, source in _within(self.overlay.sources, written):
            self.sources[(*at, *location[len(written) :])] = source

    def _remove(self, at: Location) -> None:
        if not at:
            raise _error(self.action.source, "the root cannot be removed", "target a part of it")
        container = part(self.data, at[:-1])
        del container[at[-1]]
        _forget(self.sources, at)
        if isinstance(container, list):
            _close_gap(self.sources, at)


def _within(sources: Any, at: Location) -> Iterator[tuple[Location, Source]]:
    return ((where, source) for where, source in sources.items() if where[: len(at)] == at)


def _forget(sources: dict[Location, Source], at: Location) -> None:
    for location, _ in list(_within(sources, at)):
        del sources[location]


def _close_gap(sources: dict[Location, Source], removed: Location) -> None:
    """After an item of an array is gone, those behind it stand one place further up."""
    array, gap = removed[:-1], int(removed[-1])
    behind = [pair for pair in _within(sources, array) if _index(pair[0], array) > gap]
    for location, _ in behind:
        del sources[location]
    for location, source in behind:
        moved = (*array, _index(location, array) - 1, *location[len(array) + 1 :])
        sources[moved] = source


def _index(location: Location, array: Location) -> int:
    return int(location[len(array)]) if len(location) > len(array) else -1


def _check_root(document: Document) -> None:
    root = document.data
    if not isinstance(root, dict) or not re.fullmatch(r"1\.0\.\d+", str(root.get("overlay"))):
        where = document.source(("overlay",))
        raise _error(where, "no OpenAPI Overlay 1.0", "begin it with overlay: 1.0.0")
    for key in root:
        if key not in _ROOT_KEYS and not key.startswith("x-"):
            where = document.source((key,))
            raise _error(where, f"an overlay has no {key!r}", "drop it, or begin it with x-")
    info = root.get("info")
    if not isinstance(info, dict) or not {"title", "version"} <= info.keys():
        where = document.source(("info",))
        raise _error(where, "info has no title or version", "give it both")
    if not isinstance(root.get("actions"), list) or not root["actions"]:
        where = document.source(("actions",))
        raise _error(where, "no actions", "list at least one action")


def _action(document: Document, index: int) -> Action:
    at: Location = ("actions", index)
    value, source = part(document.data, at), document.source(at)
    if not isinstance(value, dict) or not isinstance(value.get("target"), str):
        raise _error(source, "an action has no target", "give it a JSONPath")
    for key in value:
        if key not in _ACTION_KEYS and not key.startswith("x-"):
            where = document.source((*at, key))
            raise _error(where, f"an action has no {key!r}", "drop it, or begin it with x-")
    remove = value.get("remove", False)
    if not isinstance(remove, bool) or not (remove or "update" in value):
        raise _error(source, "an action neither updates nor removes", "give it update or remove")
    return Action(value["target"], source, at, value.get("update"), remove, value.get("x-ledger"))


def _error(source: Source, problem: str, remedy: str) -> InputError:
    return InputError(problem, remedy, source.file, source.line)
