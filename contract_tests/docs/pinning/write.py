"""Facts as the text of a pinned file. No sentence of the page gets into it, only digests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from contract_tests.docs.pinning.flatten import values_of
from contract_tests.facts import (
    Bound,
    Default,
    Example,
    Field,
    FieldType,
    Limits,
    Page,
    Table,
    digest,
)

_WORDS_OF_A_VALUE = 3
_HEAD = """\
# Facts of a vendor page, written by `contract-tests docs pin`; do not edit.
# Names, types, values and figures; of every description a digest, never its words.
"""


def pin(page: Page) -> str:
    """The pinned facts of a page, as YAML."""
    ids = _short_ids(page.tables)
    plain = _filled(
        page=page.stem,
        original=page.original,
        style=page.style,
        method=page.method,
        uri=page.uri,
        tables=[_table(table, ids) for table in page.tables],
        statuses=[status.code for status in page.statuses],
        error_codes=[
            _filled(code=error.code, status=error.status, message=digest(error.message))
            for error in page.error_codes
        ],
        examples=[_example(example) for example in page.examples],
        sections=[heading for heading, _ in page.sections],
        links=[
            _filled(target=link.target, internal=link.internal, resolved=link.resolved)
            for link in page.links
        ],
    )
    text = yaml.safe_dump(
        plain, sort_keys=False, allow_unicode=True, default_flow_style=None, width=100
    )
    return _HEAD + text


def _short_ids(tables: Iterable[Table]) -> dict[str, str]:
    """An id for each table that says what it is: its name, numbered where several share it."""
    ids: dict[str, str] = {}
    for table in tables:
        name, number = table.name or table.id, 1
        while name in ids.values():
            number += 1
            name = f"{table.name or table.id}-{number}"
        ids[table.id] = name
    return ids


def _filled(**values: Any) -> dict[str, Any]:
    """Without what is empty; `false` and `0` are something."""
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def _table(table: Table, ids: Mapping[str, str]) -> dict[str, Any]:
    id_ = ids[table.id]
    return _filled(
        name=table.name or id_,
        id=id_ if id_ != table.name else None,
        role=table.role,
        number=table.number,
        status=table.status,
        section=table.section,
        columns=list(table.columns),
        fields=[_field(field, ids) for field in table.fields],
        records=[digest("\n".join(record.cells)) for record in table.records],
    )


def _field(field: Field, ids: Mapping[str, str]) -> dict[str, Any]:
    return _filled(
        name=field.name,
        **_type(field.type, ids),
        mandatory=field.mandatory,
        enum=[value.value for value in field.enum],
        enum_notation=field.enum_notation,
        enum_open=field.enum_open or None,
        default=field.default,
        defaults=[_default(default) for default in field.defaults],
        limits=_limits(field.limits),
        bounds=[_bound(bound) for bound in field.bounds],
        named=_words(value.value for value in field.named_values),
        description=field.digest,
    )


def _words(values: Iterable[str]) -> list[str]:
    """Each value once; what is as long as a sentence is none."""
    return [value for value in dict.fromkeys(values) if value.count(" ") < _WORDS_OF_A_VALUE]


def _type(type_: FieldType, ids: Mapping[str, str]) -> dict[str, Any]:
    return _filled(
        type=type_.written,
        kind=type_.kind,
        items=type_.items,
        structure=ids.get(type_.structure or ""),
        dangling=type_.target if type_.target and not type_.structure else None,
        alternatives=[ids[id_] for id_ in type_.alternatives],
    )


def _default(default: Default) -> dict[str, Any]:
    condition = digest(default.condition) if default.condition else None
    return {"value": default.value, **_filled(condition=condition)}


def _limits(limits: Limits) -> dict[str, Any]:
    return _filled(**{name: getattr(limits, name) for name in Limits.__slots__})


def _bound(bound: Bound) -> dict[str, Any]:
    return _filled(
        kind=bound.kind,
        minimum=bound.minimum,
        maximum=bound.maximum,
        exclusive=bound.exclusive or None,
        condition=digest(bound.condition) if bound.condition else None,
    )


def _example(example: Example) -> dict[str, Any]:
    return _filled(
        role=example.role,
        block=example.block,
        method=example.method,
        uri=example.uri,
        headers=[name for name, _ in example.headers],
        status=example.status,
        body=digest(example.body) if example.body else None,
        values=dict(values_of(example)),
    )
