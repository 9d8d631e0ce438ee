"""The values of an example's body, each under its path."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from contract_tests.facts import Example, digest

SECRETS = ("token", "password", "secret", "private_key")
"""What the name of a field contains whose value is never kept."""
DEEPEST = 40
"""Values inside of values; what lies deeper is left out."""


def values_of(example: Example) -> tuple[tuple[str, str], ...]:
    """Path and JSON text of each value: `$.volume.capacity`, `50`; none for a body that is no JSON.

    The value of a field that is named like a secret is a digest.
    """
    if example.body is None:
        return example.values
    try:
        body = json.loads(example.body)
    except (ValueError, RecursionError):
        return ()
    return tuple(_flatten(body, "$", 0))


def _flatten(value: Any, path: str, depth: int) -> Iterator[tuple[str, str]]:
    if depth > DEEPEST:
        return
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            place = f"{path}.{name}" if name.isidentifier() else f"{path}[{json.dumps(name)}]"
            if any(secret in name.lower() for secret in SECRETS) and isinstance(inner, str):
                yield place, json.dumps(f"digest:{digest(inner)}")
            else:
                yield from _flatten(inner, place, depth + 1)
    elif isinstance(value, list) and value:
        for number, inner in enumerate(value):
            yield from _flatten(inner, f"{path}[{number}]", depth + 1)
    else:
        yield path, json.dumps(value, ensure_ascii=False)
