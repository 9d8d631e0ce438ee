"""Writes what findings suggest for the contract as an OpenAPI Overlay."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from contract_tests.contract import (
    Contract,
    Document,
    apply_overlay,
    as_yaml,
    parse_document,
    read_overlay,
)
from contract_tests.contract.audit.spec import audit_document
from contract_tests.drafts.ledger import draft_id
from contract_tests.drafts.writing import write_whole
from contract_tests.errors import InputError
from contract_tests.findings import Finding

Action = Mapping[str, Any]


def write_suggestions(path: Path, findings: Iterable[Finding], contract: Contract) -> int:
    """Write the actions that apply cleanly to the spec, each with its entry; how many.

    An action that the spec as it is leaves nothing to do for, or that would spoil it, is left
    out. Where there is none, nothing is written: an overlay without actions is none.

    Raises:
        InputError: the file exists, or cannot be written.
    """
    if path.exists():
        raise InputError("exists already", "name a new file: nothing is overwritten", path)
    actions: list[Action] = []
    for action in _suggested(findings, contract):
        if _is_new(action, actions) and _applies([*actions, action], contract.spec):
            actions.append(action)
    if actions:
        write_whole(path, as_yaml(_overlay(actions, contract)))
    return len(actions)


def _suggested(findings: Iterable[Finding], contract: Contract) -> Iterator[Action]:
    for finding in findings:
        if finding.suggestion and finding.suggestion.overlay_action:
            entry = next((e.id for e in contract.ledger if e.covers(finding)), draft_id(finding))
            yield {**json.loads(finding.suggestion.overlay_action), "x-ledger": entry}


def _is_new(action: Action, actions: Iterable[Action]) -> bool:
    said = ((other["target"], other["update"]) for other in actions)
    return (action["target"], action["update"]) not in said


def _applies(actions: list[Action], spec: Document) -> bool:
    """Whether the spec takes them, the last changes it, and it is right afterwards."""
    try:
        before, after = _applied(actions[:-1], spec), _applied(actions, spec)
    except InputError:
        return False
    return after.data != before.data and not audit_document(after)


def _applied(actions: list[Action], spec: Document) -> Document:
    if not actions:
        return spec
    document = parse_document(json.dumps(_with_head(actions)), "suggestions")
    return apply_overlay(spec, read_overlay(document))


def _overlay(actions: list[Action], contract: Contract) -> dict[str, Any]:
    head = _with_head([])
    del head["actions"]
    return {**head, "extends": contract.files.spec.name, "actions": actions}


def _with_head(actions: list[Action]) -> dict[str, Any]:
    info = {"title": "What the page's own words suggest", "version": "0.1.0"}
    return {"overlay": "1.0.0", "info": info, "actions": actions}
