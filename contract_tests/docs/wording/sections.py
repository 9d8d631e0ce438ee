"""What headings and labels say of what stands below them; request and status lines."""

from __future__ import annotations

import re
from typing import Literal

_I = re.IGNORECASE

Section = Literal[
    "uri", "request", "response", "request-example", "response-example", "samples", "status", ""
]
SECTIONS: dict[str, Section] = {
    "uri": "uri",
    "path parameters": "uri",
    "query parameters": "uri",
    "uri parameters": "uri",
    "request": "request",
    "request parameters": "request",
    "request headers": "request",
    "request header parameters": "request",
    "request body parameters": "request",
    "request body": "request",
    "request header": "request",
    "response": "response",
    "response parameters": "response",
    "response body": "response",
    "response body parameters": "response",
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
    "returned value": "status",
    "returned values": "status",
    "return value": "status",
    "return values": "status",
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
HEADER_LINE = re.compile(r"[ \t]*([A-Za-z][A-Za-z0-9-]*)[ \t]*:([^\n]*)")
