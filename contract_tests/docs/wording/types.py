"""How types are written."""

from __future__ import annotations

import re

from contract_tests.facts import Kind

_I = re.IGNORECASE

KINDS: dict[str, Kind] = {
    "string": "string",
    "strings": "string",
    "integer": "integer",
    "integers": "integer",
    "int": "integer",
    "long": "long",
    "longs": "long",
    "float": "number",
    "double": "number",
    "number": "number",
    "numbers": "number",
    "boolean": "boolean",
    "booleans": "boolean",
    "bool": "boolean",
    "object": "object",
    "objects": "object",
    "json": "object",
    "json object": "object",
    "dict": "map",
    "map": "map",
    "array": "array",
    "list": "array",
    "json array": "array",
}
ARRAY_TYPES = (
    re.compile(r"(?:array|list) of (.+?)(?: structures?)?", _I),
    re.compile(r"(?:array|list) ?[<\[](.*)[>\]]", _I),
    re.compile(r"(.+?) (?:array|list)(?: (?:data structure|corresponding to)\b.*)?", _I),
    re.compile(r"(?:array|list)(?: data structure)?()(?:\. .*)?", _I),
)
"""The group is the type of the items."""
MAP_TYPE = re.compile(r"map ?<[^,]*, ?(.*)>", _I)
"""The group is the type of the values."""
OBJECT_TYPE = re.compile(r"(.+?) (?:object|structure|data structure)s?(?:\. .*)?", _I)
STRUCTURE_NAME = re.compile(r"(?:(?:array|list) of )?(\S+) (?:object|structure)s?", _I)
TABLE_REFERENCE = re.compile(r"\bTable (\d+)\b")
