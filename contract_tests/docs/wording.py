"""All wording of the vendor: captions, heads of columns, lead-ins, units, phrases.

A page that words something anew needs a change here and nowhere else. Patterns match text
with white space folded; those for whole texts are used with `fullmatch`. None nests repeats,
so that no page, however odd, takes more than linear time.
"""

from __future__ import annotations

import re
from typing import Literal

from contract_tests.facts import Kind, TableRole

_I = re.IGNORECASE

# --- sections -----------------------------------------------------------------------------------

Section = Literal[
    "uri", "request", "response", "request-example", "response-example", "samples", "status", ""
]
SECTIONS: dict[str, Section] = {
    "uri": "uri",
    "request": "request",
    "request parameters": "request",
    "request body": "request",
    "request header": "request",
    "response": "response",
    "response parameters": "response",
    "response body": "response",
    "response header": "response",
    "example request": "request-example",
    "example requests": "request-example",
    "sample request": "request-example",
    "sample requests": "request-example",
    "example response": "response-example",
    "example responses": "response-example",
    "sample response": "response-example",
    "sample responses": "response-example",
    "samples": "samples",
    "example": "samples",
    "examples": "samples",
    "status code": "status",
    "status codes": "status",
}
"""Headings, in lower case, and what stands below them."""
GENERATED_SECTIONS = frozenset({"request parameters", "response parameters", "example requests"})
"""Headings that only generated pages have."""

HEADER_SECTIONS = frozenset({"request header", "response header"})

STATUS_LABEL = re.compile(r"Status code:? *(\d{3})\.?", _I)
"""A paragraph that says which status the tables and examples below it are of."""
STATUS_ALONE = re.compile(r"\d{3}")
REQUEST_LABEL = re.compile(r"\b(?:sample|example) requests?\b|\brequest (?:example|sample)", _I)
RESPONSE_LABEL = re.compile(r"\b(?:sample|example) responses?\b|\bresponse (?:example|sample)", _I)
"""Labels above an example, in an item or a paragraph."""

REQUEST_LINE = re.compile(
    r"[ \t]*(GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS)[ \t]+"
    r"((?:https?://|/|\{)\S*)(?:[ \t]+HTTP/\d(?:\.\d)?)?[ \t]*"
)
STATUS_LINE = re.compile(r"[ \t]*HTTP/\d(?:\.\d)?[ \t]+(\d{3})\b[^\n]*")
HEADER_LINE = re.compile(r"[ \t]*([A-Za-z][A-Za-z0-9-]*)[ \t]*:[ \t]*([^\n]*?)[ \t]*")

# --- tables -------------------------------------------------------------------------------------

CAPTION = re.compile(r"(?:Table (\d+))?\s*(.*)", re.DOTALL)
CAPTION_ROLES: dict[str, TableRole] = {
    "path parameters": "path",
    "uri parameters": "path",
    "query parameters": "query",
    "request header parameters": "header",
    "request headers": "header",
    "request body parameters": "request",
    "response body parameters": "response",
}
"""Captions, in lower case and without their number, that say what the table describes."""
GENERAL_CAPTION = re.compile(
    r"(?:(?:request|response|parameter)s? )?(?:parameters?|parameter description|description)?", _I
)
"""Captions that say nothing; the section decides."""
STRUCTURE_CAPTION = re.compile(
    r"(\S+?) (?:parameters?(?: descriptions?)?|data structure|structure(?: data)?|structures)"
    r"(?: of (\S+))?",
    _I,
)
"""`members parameter description`, `config parameters of batch`."""
STRUCTURE_ANCHOR = re.compile(r"_(?:request|response)_([A-Za-z]\w*)$")
"""The anchor of a table that bears the name of its structure."""

Column = Literal["name", "mandatory", "type", "description", "status", "message", "code", "other"]
COLUMNS: dict[str, Column] = {
    "parameter": "name",
    "name": "name",
    "field": "name",
    "header": "name",
    "mandatory": "mandatory",
    "required": "mandatory",
    "type": "type",
    "parameter type": "type",
    "description": "description",
    "status code": "status",
    "message": "message",
    "error message": "message",
    "error code": "code",
    "error codes": "code",
    "code": "message",
    "status code description": "description",
}
"""Heads of columns, in lower case."""
STATUS_CODE = re.compile(r"(\d{3})\b")
MANDATORY = {"yes": True, "true": True, "no": False, "false": False}

# --- types --------------------------------------------------------------------------------------

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
MAP_TYPE = re.compile(r"map ?<(.*)>", _I)
OBJECT_TYPE = re.compile(r"(.+?) (?:object|structure|data structure)s?(?:\. .*)?", _I)
TABLE_REFERENCE = re.compile(r"\bTable (\d+)\b")
