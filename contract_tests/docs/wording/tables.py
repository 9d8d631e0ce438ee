"""What captions, anchors and heads of columns say of a table; what its cells say of a row."""

from __future__ import annotations

import re
from typing import Literal

from contract_tests.facts import TableRole

_I = re.IGNORECASE

CAPTION = re.compile(r"(?:Table (\d+)\s*[:.\u2013-]?)?\s*(.*)", re.DOTALL)
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
ROLE_ANCHOR = re.compile(r"_(path|query|header)Parameter$", _I)
"""The anchor of a table that says what it describes where the caption does not."""
HEADER_ROW = "x-auth-token"
"""What only a table of headers has a row for."""
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
STRUCTURE_ANCHOR = re.compile(r"_(?:request|response)_([A-Z]\w*)$")
"""The anchor of a table that bears the name of its structure (RST folds its case: no name)."""

Column = Literal["name", "mandatory", "type", "description", "status", "message", "code", "other"]
COLUMNS: dict[str, Column] = {
    "parameter": "name",
    "name": "name",
    "field": "name",
    "header": "name",
    "parameter name": "name",
    "field name": "name",
    "header name": "name",
    "attribute": "name",
    "mandatory": "mandatory",
    "required": "mandatory",
    "mandatory or not": "mandatory",
    "mandatory (yes/no)": "mandatory",
    "mandatory/optional": "mandatory",
    "is mandatory": "mandatory",
    "required or not": "mandatory",
    "type": "type",
    "parameter type": "type",
    "data type": "type",
    "value type": "type",
    "description": "description",
    "parameter description": "description",
    "meaning": "description",
    "explanation": "description",
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
MANDATORY = {
    **dict.fromkeys(("yes", "y", "true", "m", "mandatory", "required"), True),
    **dict.fromkeys(("no", "n", "false", "o", "optional", "not required", "not mandatory"), False),
}
FULL_WIDTH = str.maketrans("\uff1a\uff0c\uff1b\uff08\uff09\uff5e\uff0d", ":,;()~-")
"""Punctuation as wide as a Chinese character, which now and then stands for that of ASCII."""
