"""What changed between two versions of a contract, and whom each change breaks.

    for change in diff(old_view, new_view): ...

A rule is one module here, found with pkgutil; its id is the file's name in kebab case. Its
docstring says what changed, why it matters, and shows it under `Old::` and `New::` (notation:
`tests/changes/samples.py`). It has three constants and one generator:

    REQUEST = Effect.BREAKS_OLD          # in what clients send; None where it cannot happen there
    RESPONSE = Effect.BREAKS_NEW         # in what is answered
    INVERSE = "enum-widened"             # the rule that sees the same change backwards

    def check_schema(pair: SchemaPair) -> Iterator[Difference]: ...
                                         # or check_content, check_operation, check_views

What accepts or refuses and has no rule of its own is `constraint-changed`, which is breaking: no
change of what is accepted goes by unseen. Combined schemas (`allOf`, `anyOf`, …) belong there.
Fields that a document does not name are taken not to be sent or answered.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from contract_tests.changes.comparing import (
    Change,
    Difference,
    Effect,
    Side,
    pair_contents,
    pair_schemas,
    pair_views,
)
from contract_tests.contract import View

__all__ = ["Change", "ChangeRule", "Effect", "Side", "all_rules", "diff"]

LEVELS = ("views", "operation", "content", "schema")


@dataclass(frozen=True, slots=True)
class ChangeRule:
    """A rule module, loaded; `level` says what its check looks at."""

    id: str
    level: str
    request: Effect | None
    response: Effect | None
    inverse: str
    doc: str
    check: Callable[[Any], Iterator[Difference]]

    @property
    def title(self) -> str:
        """What changed, in one line."""
        return self.doc.partition("\n")[0]

    @property
    def side(self) -> Side:
        """The side that it speaks of where what it looks at has none."""
        if self.request and self.response:
            return "both"
        return "request" if self.request else "response"

    def effect(self, side: Side) -> Effect:
        """Whom the change breaks on a side."""
        found = self.response if side == "response" else self.request
        return found or Effect.HARMLESS


@cache
def all_rules() -> tuple[ChangeRule, ...]:
    """Every rule there is, by id."""
    names = sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.ispkg)
    return tuple(_load(name) for name in names)


def diff(old: View, new: View) -> tuple[Change, ...]:
    """What changed from one view to the other; breaking changes first, then by place."""
    changes = _changes(old, new)
    return tuple(sorted(_merged(changes), key=_order))


def _load(name: str) -> ChangeRule:
    module = importlib.import_module(f"{__name__}.{name}")
    level = next(level for level in LEVELS if hasattr(module, f"check_{level}"))
    return ChangeRule(
        id=name.replace("_", "-"),
        level=level,
        request=module.REQUEST,
        response=module.RESPONSE,
        inverse=module.INVERSE,
        doc=inspect.cleandoc(module.__doc__ or ""),
        check=getattr(module, f"check_{level}"),
    )


def _changes(old: View, new: View) -> Iterator[Change]:
    views = pair_views(old, new)
    yield from _asked("views", views)
    for operation in views.operations:
        yield from _asked("operation", operation)
        for content in pair_contents(operation):
            yield from _asked("content", content, content.side)
        for schema in pair_schemas(operation):
            yield from _asked("schema", schema, schema.side)


def _asked(level: str, pair: Any, side: Side | None = None) -> Iterator[Change]:
    for rule in all_rules():
        if rule.level == level:
            for difference in rule.check(pair):
                yield _change(rule, difference, side or rule.side)


def _change(rule: ChangeRule, difference: Difference, side: Side) -> Change:
    return Change(
        rule=rule.id,
        side=side,
        effect=rule.effect(side),
        place=difference.place,
        operations=(difference.place.operation,),
        message=difference.message,
        values=difference.values,
        old=difference.old,
        new=difference.new,
    )


def _merged(changes: Iterable[Change]) -> Iterator[Change]:
    """One change for one that several operations share, since they share what changed."""
    groups: dict[tuple[object, ...], list[Change]] = {}
    for c in changes:
        key = (c.rule, c.side, c.place.name, c.values, c.message, c.old, c.new)
        groups.setdefault(key, []).append(c)
    for group in groups.values():
        operations = tuple(dict.fromkeys(c.place.operation for c in group))
        yield replace(group[0], operations=operations)


def _order(change: Change) -> tuple[bool, str, str, str, tuple[str, ...]]:
    place = change.place
    return not change.breaking, place.name, change.side, change.rule, change.values
