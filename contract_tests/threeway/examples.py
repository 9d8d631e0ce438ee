"""What the page's own example answers say to the invariants of the spec."""

from __future__ import annotations

import json
import re
from typing import Any

from contract_tests.contract import View
from contract_tests.docs.pinning.flatten import values_of
from contract_tests.facts import Example, Page

_STEP = re.compile(r'\.(\w+)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]')


def contradicted_invariants(page: Page, view: View) -> frozenset[str]:
    """The invariants that an example of the page breaks: there page and service may agree."""
    return frozenset(
        outcome.invariant.id
        for example in page.examples
        if example.role == "response"
        for outcome in view.evaluate(page.operation, {"response": _response(example, view, page)})
        if outcome.held is False
    )


def _response(example: Example, view: View, page: Page) -> dict[str, Any]:
    success = view.operation(page.operation).success
    status = example.status or next(iter(success), 200)
    return {"status": status, "headers": {}, "body": _body(example)}


def _body(example: Example) -> dict[str, Any]:
    """The body out of the values of its leaves: pinned facts keep no more than those."""
    body: dict[Any, Any] = {}
    for path, text in values_of(example):
        _put(body, _steps(path), json.loads(text))
    whole = _with_lists(body)
    return whole if isinstance(whole, dict) else {}


def _steps(path: str) -> list[str | int]:
    found = _STEP.findall(path)
    return [int(index) if index else name or quoted for name, index, quoted in found]


def _put(body: dict[Any, Any], steps: list[str | int], value: Any) -> None:
    for step in steps[:-1]:
        body = body.setdefault(step, {})
    if steps:
        body[steps[-1]] = value


def _with_lists(value: Any) -> Any:
    """Objects whose keys are all numbers are the arrays that they stand for."""
    if not isinstance(value, dict):
        return value
    inner = {key: _with_lists(item) for key, item in value.items()}
    is_list = bool(inner) and all(isinstance(key, int) for key in inner)
    return [inner[key] for key in sorted(inner)] if is_list else inner
