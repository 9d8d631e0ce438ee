"""Which row of which table documents each value of an example."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from contract_tests.facts import Field, Table
from contract_tests.findings import Source
from contract_tests.rules.reading.bodies import Body, Json
from contract_tests.rules.reading.kinds import is_of_kind
from contract_tests.rules.reading.positions import Path


@dataclass(frozen=True, slots=True)
class Object:
    """An object of an example beside the table that describes it.

    Where a row offers several tables, `table` is the one that shares the most names with the
    object, and `offered` holds them all. `holder` is the row that holds it, None at the root.
    Older pages list the fields of an object beneath it in the same table: `is_flat` then.
    """

    body: Body
    path: Path
    table: Table
    offered: tuple[Table, ...]
    members: Mapping[str, Json]
    holder: tuple[Table, Field] | None = None

    @property
    def is_flat(self) -> bool:
        """Whether the object's table is also that of the object around it."""
        return self.holder is not None and self.holder[0] is self.table

    @property
    def source(self) -> Source:
        """Where it stands."""
        return self.body.source_of(self.path)

    @property
    def is_request(self) -> bool:
        """Whether a client sends it."""
        return self.body.example.role == "request"


@dataclass(frozen=True, slots=True)
class Value:
    """A value of an example beside the row that documents it.

    The items of an array of plain values are values of their own (`item`), with the array's row.
    """

    owner: Object
    path: Path
    field: Field
    value: Json
    item: bool = False

    @property
    def table(self) -> Table:
        """The table that the row stands in."""
        return self.owner.table

    @property
    def source(self) -> Source:
        """Where it stands."""
        return self.owner.body.source_of(self.path)


@dataclass(frozen=True, slots=True)
class Matching:
    """The objects and values of one example; empty where its shape is none of the tables'."""

    body: Body
    roots: tuple[Table, ...]
    """The tables that could describe the whole body."""
    objects: tuple[Object, ...]
    values: tuple[Value, ...]


def match(body: Body, roots: Sequence[Table], tables: Mapping[str, Table]) -> Matching:
    """Walk an example's body and the tables together."""
    parts = [
        part
        for path, value in _flat((), body.value)
        for part in _walk(body, path, value, tuple(roots), tables, None)
    ]
    return Matching(
        body,
        tuple(roots),
        tuple(part for part in parts if isinstance(part, Object)),
        tuple(part for part in parts if isinstance(part, Value)),
    )


def _walk(
    body: Body,
    path: Path,
    value: Json,
    offered: tuple[Table, ...],
    tables: Mapping[str, Table],
    holder: tuple[Table, Field] | None,
) -> Iterator[Object | Value]:
    """The object at a path, its values, and what is inside them."""
    if not isinstance(value, dict) or not offered:
        return
    table = _closest(value, offered)
    owner = Object(body, path, table, offered, value, holder)
    yield owner
    for key, member in value.items():
        if field := _row(table, key, member):
            here = (*path, key)
            yield Value(owner, here, field, member)
            below = structures(field, tables)
            for deeper, inner in _inside(here, member, field):
                if isinstance(inner, dict):
                    offers = below or _beneath(table, field, inner)
                    yield from _walk(body, deeper, inner, offers, tables, (table, field))
                elif deeper != here:
                    yield Value(owner, deeper, field, inner, item=True)


def _row(table: Table, name: str, value: Json) -> Field | None:
    """The row of that name; of several, the first whose type the value has."""
    rows = [field for field in table.fields if field.name == name]
    fitting = (field for field in rows if is_of_kind(value, field.type.kind))
    return next(fitting, rows[0]) if rows else None


def _beneath(table: Table, field: Field, members: Mapping[str, Json]) -> tuple[Table, ...]:
    """The same table, where it lists the fields of one of its rows as rows of its own."""
    if field.type.kind not in {"object", "array"} or not members:
        return ()
    rows = {row.name for row in table.fields if row is not field}
    return (table,) if rows.issuperset(members) else ()


def _inside(path: Path, value: Json, field: Field) -> Iterator[tuple[Path, Json]]:
    """The value itself, the items of an array, the values of a map whose keys are the user's."""
    if isinstance(value, dict) and field.type.kind == "map":
        for key, item in value.items():
            yield from _flat((*path, key), item)
    else:
        yield from _flat(path, value)


def _flat(path: Path, value: Json) -> Iterator[tuple[Path, Json]]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _flat((*path, index), item)
    else:
        yield path, value


def structures(field: Field, tables: Mapping[str, Table]) -> tuple[Table, ...]:
    """The tables that may describe what a field holds; several where the row offers several."""
    ids = field.type.alternatives or ((field.type.structure,) if field.type.structure else ())
    return tuple(tables[name] for name in ids if name in tables)


def _closest(members: Mapping[str, Json], offered: Sequence[Table]) -> Table:
    if len(offered) == 1:
        return offered[0]
    return max(offered, key=lambda table: sum(field.name in members for field in table.fields))
