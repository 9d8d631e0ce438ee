"""The ways to authenticate to an operation, comparable across documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contract_tests.changes.comparing.schemas import canonical
from contract_tests.contract import Operation, View
from contract_tests.contract.pointers import part, resolve
from contract_tests.findings import Source


def security_source(view: View, operation: Operation) -> Source:
    """Where it stands what opens an operation: the operation's own, or that of all."""
    own = "security" in part(view.document, operation.at)
    return view.source.source((*operation.at, "security") if own else ("security",))


def ways_in(view: View, operation: Operation) -> Mapping[str, str]:
    """The alternatives that open an operation: what each asks for, and its name for people.

    Without any the operation is open to all.
    """
    own = part(view.document, operation.at).get("security")
    alternatives = view.document.get("security") if own is None else own
    ways = alternatives or [{}]
    return {canonical(_asked(view, way)): " and ".join(sorted(way)) or "nothing" for way in ways}


def _asked(view: View, way: Mapping[str, Any]) -> dict[str, Any]:
    return {name: [_scheme(view, name), sorted(scopes)] for name, scopes in way.items()}


def _scheme(view: View, name: str) -> Any:
    schemes = view.document.get("components", {}).get("securitySchemes", {})
    if name not in schemes:
        return None
    _, scheme = resolve(view.source, ("components", "securitySchemes", name))
    return {k: v for k, v in scheme.items() if k != "description" and not k.startswith("x-")}
