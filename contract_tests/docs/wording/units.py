"""How the unit of a value is stated."""

from __future__ import annotations

import re

from contract_tests.docs.wording.limits import NUMBER

UNITS: dict[str, str] = {
    **dict.fromkeys(("millisecond", "milliseconds", "ms"), "ms"),
    **dict.fromkeys(("second", "seconds"), "s"),
    **dict.fromkeys(("minute", "minutes"), "min"),
    **dict.fromkeys(("hour", "hours"), "h"),
    **dict.fromkeys(("byte", "bytes"), "B"),
    **{unit.lower(): unit for unit in ("KB", "MB", "GB", "TB", "Mbit/s", "Kbit/s", "Gbit/s", "%")},
}
_UNIT = "|".join(re.escape(word) for word in sorted(UNITS, key=len, reverse=True))
UNIT_SIGNS = ("second", "minute", "hour", "byte", "KB", "MB", "GB", "TB", "bit/s", "ms", "%")
UNIT = re.compile(
    rf"\b(?:in|in UTC|unit of|unit is|unit:|accurate to|UTC) ({_UNIT})(?![\w/]|, \w+, or)"
    rf"|\(({_UNIT})\)|\bvalue is ({_UNIT}) between\b",
    re.IGNORECASE,
)
"""The unit of a value, in so many words."""
NUMBER_UNIT = re.compile(
    rf"\b(?:(?:default|maximum|minimum) value is|ranges? from) {NUMBER} ?({_UNIT})(?![\w/])",
    re.IGNORECASE,
)
"""The unit of a value, behind a limit or default."""
