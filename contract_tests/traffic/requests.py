"""The request side: what parameters a recorded request carried, and what they were due.

Nobody says of a recorded request what its sender expected. Where it breaks the contract, a
refusal is due, as for the requests that the suite makes up; where it keeps it, or nobody knows
whether it does, anything documented may come: the state of the resource decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from contract_tests.contract import Operation, Parameter, View, typed
from contract_tests.exchange import Expectation, Request, header


@dataclass(frozen=True, slots=True)
class Asked:
    """What a query string says: typed values, the places that it used, and what is due."""

    query: Mapping[str, Any]
    used: tuple[tuple[str, str | None], ...]
    """The name of each parameter's place, and its value where it is one of few."""
    expectation: Expectation | None


def asked(view: View, operation: Operation, query: str) -> Asked:
    """Read a query string as the operation's parameters."""
    pairs = parse_qsl(query, keep_blank_values=True)
    texts, times = dict(pairs), Counter(name for name, _ in pairs)
    known = {p.name: p for p in operation.parameters if p.location == "query"}
    return Asked(
        # Of a parameter that comes twice nobody knows which counts: rules do not see it.
        query={n: _typed(known.get(n), text) for n, text in texts.items() if times[n] == 1},
        used=tuple(_use(known[name], text) for name, text in texts.items() if name in known),
        expectation=next(_due(view, known.values(), texts), None),
    )


def expectation(
    view: View, operation: Operation, request: Request, path: Mapping[str, str], query: Asked
) -> Expectation | None:
    """What is due to a request: a refusal where a parameter breaks the contract, else None."""
    in_path = [p for p in operation.parameters if p.location == "path"]
    in_headers = [p for p in operation.parameters if p.location == "header"]
    sent = {p.name: header(request.headers, p.name) for p in in_headers}
    given = {name: text for name, text in sent.items() if text is not None}
    found = (*_due(view, in_path, path), *_due(view, in_headers, given))
    return query.expectation or next(iter(found), None)


def is_free(parameter: Parameter) -> bool:
    """Whether any text will do: then a path that matched has nothing wrong in it."""
    return parameter.schema.get("type") == "string" and not (
        {"enum", "const", "format", "maxLength", "minLength", "pattern"} & parameter.schema.keys()
    )


def _due(view: View, parameters: Any, texts: Mapping[str, str]) -> Iterator[Expectation]:
    for parameter in parameters:
        about = parameter.place.name
        if parameter.name not in texts:
            if parameter.required:
                yield Expectation("refused", "validation", about, "left out")
            continue
        found = view.parameter_violation(parameter, texts[parameter.name])
        if found is not None and not _is_in_other_case(parameter, texts[parameter.name]):
            yield Expectation("refused", "validation", about, ", ".join(found.values))


def _is_in_other_case(parameter: Parameter, text: str) -> bool:
    """Whether it is a documented word but for the case of its letters, which no source settles."""
    words = parameter.schema.get("enum", ())
    return text.casefold() in {word.casefold() for word in words if isinstance(word, str)}


def _typed(parameter: Parameter | None, text: str) -> Any:
    return text if parameter is None else typed(parameter, text)


def _use(parameter: Parameter, text: str) -> tuple[str, str | None]:
    return parameter.place.name, text[:80] if "enum" in parameter.schema else None
