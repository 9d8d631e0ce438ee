"""What an SDK made of an answer: the differences between what went in and what came out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from contract_tests.contract import Location
from contract_tests.contract.violations import kind

Loss = Literal["dropped", "changed", "coerced"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One part of an answer that did not come back as it went in."""

    path: Location
    loss: Loss
    effect: str
    """`dropped`, or the kinds from what to what: a finding is not about one value by chance."""


def differences(sent: Any, back: Any, path: Location = ()) -> Iterator[Difference]:
    """Every part that was dropped, changed, or became another type; the innermost each."""
    if isinstance(sent, dict) and isinstance(back, dict):
        yield from _of_objects(sent, back, path)
    elif isinstance(sent, list) and isinstance(back, list) and len(sent) == len(back):
        for index, (one, other) in enumerate(zip(sent, back, strict=True)):
            yield from differences(one, other, (*path, index))
    elif kind(sent) != kind(back):
        yield Difference(path, "coerced", f"{kind(sent)} -> {kind(back)}")
    elif sent != back:
        yield Difference(path, "changed", f"another {kind(back)}")


def effect(sent: Any, back: Any) -> str:
    """From what to what: the values of a probe where they are short, of texts made the kind."""
    made = kind(back) if isinstance(back, str) else _shown(back)
    return f"{_shown(sent)} -> {made}"


def _of_objects(sent: dict[str, Any], back: dict[str, Any], path: Location) -> Iterator[Difference]:
    for name, value in sent.items():
        if name in back:
            yield from differences(value, back[name], (*path, name))
        else:
            yield Difference((*path, name), "dropped", "dropped")
    for name in back.keys() - sent.keys():
        yield Difference((*path, name), "changed", f"absent -> {kind(back[name])}")


def _shown(value: Any) -> str:
    text = kind(value) if isinstance(value, dict | list) else json.dumps(value)
    return text if len(text) <= 24 else kind(value)
