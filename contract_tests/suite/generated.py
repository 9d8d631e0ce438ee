"""Queries that schemathesis generates from the contract, valid and invalid, and what is due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import requests
import schemathesis
from hypothesis.strategies import SearchStrategy
from schemathesis import GenerationMode

from contract_tests.contract import Operation, Parameter, View
from contract_tests.exchange import Expectation
from contract_tests.suite.probes import HOUR, Outcome, Probe

LONGEST = 72 * HOUR
INT64 = range(-(2**63), 2**63)


def cases(view: View, operation: Operation, mode: GenerationMode) -> SearchStrategy[Any]:
    """Cases of schemathesis for one operation, all valid or all invalid in some way."""
    schema = schemathesis.openapi.from_dict(view.document)
    return schema[operation.path][operation.method].as_strategy(generation_mode=mode)


def probe_of(case: Any, operation: Operation) -> Probe:
    """The probe that sends a case's query to a notebook of the target, with what is due."""
    query = encoded(case.query or {})
    outcome = due(operation, parse_qsl(query, keep_blank_values=True))
    reason = "a generated query" if outcome != "refused" else "a generated wrong value"
    statuses = () if outcome == "accepted" else (400, 404, 414, 431)
    return Probe(
        operation.id,
        Expectation(outcome, "validation", "query", reason, statuses),
        query=query,
    )


def encoded(query: Mapping[str, Any]) -> str:
    """A query as `requests` writes it."""
    url = requests.Request("GET", "http://localhost/", params=dict(query)).prepare().url
    return urlsplit(url or "").query


def due(operation: Operation, query: Iterable[tuple[str, str]]) -> Outcome:
    """What a query is due, as it stands in the URL.

    Refused only where some value is wrong beyond doubt, accepted only where every source allows
    all of it: generated queries go everywhere, also where no source settles anything.
    """
    pairs = list(query)
    known = {p.name: p for p in operation.parameters if p.location == "query"}
    if len({name for name, _ in pairs}) < len(pairs) or any(n not in known for n, _ in pairs):
        return "either"
    outcomes = [_due(known[name], text) for name, text in pairs]
    if "refused" in outcomes:
        return "refused"
    return "either" if "either" in outcomes else "accepted"


def _due(parameter: Parameter, text: str) -> Outcome:
    if "enum" in parameter.schema:
        words = parameter.schema["enum"]
        if text in words:
            return "accepted"
        return "either" if text.strip().casefold() in words or "\0" in text else "refused"
    return _due_integer(text)


def _due_integer(text: str) -> Outcome:
    if not text.isascii() or "\0" in text:
        return "either"
    if not text.lstrip("-").isdigit() or text.startswith("--"):
        return "either" if text.strip().strip("+.0123456789") == "" and text.strip() else "refused"
    value = int(text)
    if value not in INT64 or value < -1:
        return "refused"
    return "accepted" if HOUR <= value <= LONGEST and str(value) == text else "either"
