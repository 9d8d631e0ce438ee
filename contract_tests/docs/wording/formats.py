"""How formats and sets of characters are stated."""

from __future__ import annotations

import re

_I = re.IGNORECASE

FORMAT_SIGNS = ("UUID", "UTC", "timestamp", "YYYY", "yyyy", "PEM")
FORMATS = (
    (re.compile(r"\bUUID\)? format|\bformat of (?:a )?UUID", _I), "uuid"),
    (
        re.compile(
            r"UTC ms\b|UTC milliseconds|UTC\)[^.]{0,120}accurate to milliseconds?"
            r"|\b13-digit timestamp"
            r"|milliseconds (?:calculated|counted) from|milliseconds between the current time and"
        ),
        "utc-ms",
    ),
    (re.compile(r"YYYY-MM-DD ?T ?HH:MM:SS|yyyy-MM-ddTHH:mm:ss"), "date-time"),
    (re.compile(r"\bPEM (?:encoded|format)"), "pem"),
)
FORMAT_UNITS = {"utc-ms": "ms"}

CHARSET_SIGNS = ("letters", "digits")
CHARSET = re.compile(
    r"\b(?:only|consists? of|including(?: only)?) "
    r"((?:(?:uppercase |lowercase |English )?letters|digits)\b.*)",
    _I | re.DOTALL,
)
CHARSET_END = re.compile(
    r"(?:\.(?!\))|;| (?:are|is) (?:allowed|supported)| and (?:must|cannot|special)|,? that "
    r"|, for example).*",
    _I | re.DOTALL,
)
"""What follows the characters in a sentence."""
CHARSET_SEPARATOR = re.compile(r", and |, or | and | or |, ")
CHARACTERS = (
    (re.compile(r"(?:english )?letters", _I), "A-Za-z"),
    (re.compile(r"lowercase letters", _I), "a-z"),
    (re.compile(r"uppercase letters", _I), "A-Z"),
    (re.compile(r"digits|numbers", _I), "0-9"),
    (re.compile(r"hyphens", _I), "-"),
    (re.compile(r"underscores", _I), "_"),
    (re.compile(r"[a-z ]+ \((\S)\)", _I), ""),
)
"""A name for characters, and the characters; "" for those that stand in brackets."""
