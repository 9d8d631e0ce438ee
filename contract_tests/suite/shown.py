"""What an answer says of notebooks, and how sure it is to be about the request it followed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from contract_tests.checks import read_json
from contract_tests.exchange import Exchange
from contract_tests.targets.retry import STATUSES as TRANSIENT

FLEETING = ("date", "x-request-id")
"""Headers that differ from answer to answer."""

Shown = Mapping[str, Any]
"""A notebook as an answer shows it."""


def is_in_doubt(exchange: Exchange) -> bool:
    """Whether the answer may be to a request that had taken effect before, unheard.

    A start whose answer was lost is refused when it is sent again: the notebook starts already.
    """
    response, meant = exchange.response, exchange.expectation
    if exchange.attempts == 1 or response is None or response.status in TRANSIENT:
        return False
    return meant is not None and meant.outcome != "refused"


def unsettled(exchange: Exchange) -> Exchange:
    """The exchange as one that may be answered either way."""
    meant = exchange.expectation
    return replace(exchange, expectation=meant and replace(meant, outcome="either"))


def has_changed_another(exchange: Exchange) -> bool:
    """Whether the notebook that it asked for is somebody else's, and is no longer as it was."""
    around, url = exchange.around, exchange.request.url
    before, after = around.get("neighbours_before", ()), around.get("neighbours_after", ())
    return any(str(shown["id"]) in url and shown not in after for shown in before)


def notebook_of(exchange: Exchange) -> Shown | None:
    """The JSON object of a success, None for anything else."""
    response = exchange.response
    if response is None or response.status >= 300:
        return None
    value, _ = read_json(response.body)
    return value if isinstance(value, dict) else None


def notebooks_of(exchange: Exchange) -> list[dict[str, Any]]:
    """The notebooks of a list, those of other targets among them."""
    items = (notebook_of(exchange) or {}).get("data")
    return [n for n in items if isinstance(n, dict)] if isinstance(items, list) else []


def said(exchange: Exchange) -> tuple[Any, ...]:
    """All that an answer says, but for the time of day and the number of the request."""
    response = exchange.response
    if response is None:
        return (exchange.failure,)
    headers = tuple(pair for pair in response.headers if pair[0].lower() not in FLEETING)
    return (response.status, headers, response.body, exchange.secrets)


def state_of(notebook: Shown | None) -> str | None:
    """The state that a notebook is shown in; None where it is not shown, or with none."""
    state = notebook.get("status") if notebook else None
    return state if isinstance(state, str) else None
