"""What prose names: values in quotes or capitals, files."""

from __future__ import annotations

import re

QUOTED = re.compile(r"[\"\u201c]([^\s\"\u201c\u201d]{1,60})[\"\u201d]")
FILE_HINT = re.compile(r"\.(?:xml|html?|json|ya?ml|csv|txt|pem|py|zip)\b")
FILE = re.compile(rf"\b[A-Za-z][\w-]{{0,80}}{FILE_HINT.pattern}(?!\()")
CAPITALS = re.compile(
    r"[A-Z](?<!\w[A-Z])[A-Z0-9]{1,60}(?:_[A-Z0-9]{1,60}){0,10}\b(?![a-z(/-])"  # begins a word
)
"""What prose names in quotes; files; words in capitals."""
ABBREVIATIONS = frozenset(
    {
        *("ID", "IDS", "API", "URL", "URI", "UTC", "UUID", "JSON", "XML", "IP", "AND", "OR", "NOT"),
        *("NOTE", "KB", "MB", "GB", "TB", "AZ", "AK", "SK", "HTML", "REST", "IAM", "CIDR", "FAQ"),
    }
)
"""Words in capitals that are no values."""
