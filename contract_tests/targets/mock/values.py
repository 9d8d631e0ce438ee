"""Values made from a schema: valid, different from notebook to notebook, the same per seed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any
from zlib import crc32

from contract_tests.errors import InputError
from contract_tests.targets.mock.words import candidates, formatted

Schema = Mapping[str, Any]

ABSENT_ONE_IN = 9
"""An optional property is left out of one object in so many."""


def resolved(document: Mapping[str, Any], schema: Schema) -> Schema:
    """The schema with its local `$ref`s followed; keywords beside a `$ref` count too."""
    while "$ref" in schema:
        target: Any = document
        for part in schema["$ref"].removeprefix("#/").split("/"):
            target = target[part.replace("~1", "/").replace("~0", "~")]
        schema = {**target, **{key: v for key, v in schema.items() if key != "$ref"}}
    return schema


@dataclass
class Maker:
    """Makes values for one notebook.

    `turn` is the notebook's number: enumerations are walked in step with it, so that a few
    notebooks together show every value. `always` names properties that are never left out,
    `never` properties and `unused` enumeration values (`category.SFS`) that are not made.
    """

    document: Mapping[str, Any]
    random: Random
    turn: int
    always: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    unused: frozenset[str] = field(default_factory=frozenset)

    def value(self, schema: Schema, name: str = "") -> Any:
        """A value that the schema accepts; `name` is the property it is for."""
        schema = resolved(self.document, schema)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return self._choice(schema["enum"], name)
        kinds = schema.get("type", "object" if "properties" in schema else "string")
        kind = next(k for k in ([kinds] if isinstance(kinds, str) else kinds) if k != "null")
        makers: dict[str, Callable[[Schema, str], Any]] = {
            "object": self._object,
            "array": self._array,
            "integer": self._integer,
            "number": self._integer,
            "boolean": self._boolean,
            "string": self._string,
        }
        return makers[kind](schema, name)

    def _step(self, name: str) -> int:
        """The notebook's number, shifted by the property: not all change at once."""
        return self.turn + crc32(name.encode())

    def _choice(self, values: list[Any], name: str) -> Any:
        usable = [value for value in values if f"{name}.{value}" not in self.unused]
        return usable[self._step(name) % len(usable)]

    def _object(self, schema: Schema, name: str) -> dict[str, Any]:
        required = {*schema.get("required", ()), *self.always}
        return {
            key: self.value(inner, f"{name}.{key}".strip("."))
            for key, inner in schema.get("properties", {}).items()
            if key not in self.never and (key in required or self._is_present(f"{name}.{key}"))
        }

    def _is_present(self, name: str) -> bool:
        return self._step(name) % ABSENT_ONE_IN != 0

    def _array(self, schema: Schema, name: str) -> list[Any]:
        least, most = schema.get("minItems", 0), schema.get("maxItems", 3)
        items = resolved(self.document, schema.get("items", {"type": "string"}))
        length = max(least, min(most, 1 + self._step(name) % 3))
        if "enum" in items:
            length = min(length, len(items["enum"]))
            return sorted(self.random.sample(items["enum"], length), key=items["enum"].index)
        return [self.value(items, name) for _ in range(length)]

    def _integer(self, schema: Schema, name: str) -> int:
        low = schema.get("minimum", schema.get("exclusiveMinimum", 0) + 1)
        high = schema.get("maximum", schema.get("exclusiveMaximum", low + 2_000_000) - 1)
        edges = [int(low), int(high)] if "maximum" in schema else []
        inside = [self.random.randint(int(low), int(high)) for _ in range(4)]
        return [*edges, *inside][self._step(name) % (4 + len(edges))]

    def _boolean(self, schema: Schema, name: str) -> bool:
        del schema
        return self._step(name) % 2 == 0

    def _string(self, schema: Schema, name: str) -> str:
        least, most = schema.get("minLength", 0), schema.get("maxLength", 10_000)
        pattern = re.compile(schema.get("pattern", ""))
        form, leaf = schema.get("format"), name.rpartition(".")[2]
        texts = (
            [formatted(form, self.random, self.turn)]
            if form
            else candidates(leaf, self.random, self.turn)
        )
        for text in texts:
            if least <= len(text) <= most and pattern.search(text):
                return text
        raise InputError(
            f"no value for {name} fits its pattern, length and format",
            "give its schema an `example` or a `default` that does",
        )
