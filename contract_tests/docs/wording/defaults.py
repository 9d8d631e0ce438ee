"""How a default is stated."""

from __future__ import annotations

import re

_I = re.IGNORECASE

DEFAULT = re.compile(
    r"\bdefault values?(?: and \w+ values?)?(?: of \S+)? (?:is|are) (?:set to )?"
    r"|\b(?:the|its) default is (?:set to )?"
    r"|\bdefaults to |^default(?: value)?: ?|(?<=[\s.])default value: ?",
    _I,
)
"""What stands before a default."""
NO_DEFAULT = re.compile(
    r"(?:an?|the|left|empty|blank|not|used|set|determined|none|automatically|generated)\b", _I
)
"""What follows where no value is named."""
DEFAULT_THAT_IS = re.compile(r"\bthat is, ")
"""`an empty string, that is, ""`."""
DEFAULT_FOR = re.compile(r"(?: ([A-Za-z/%]+))?? for ([^,.;]+?)(?= and |,|\.|;|$)")
"""`GB for EVS`, behind a default: what it hangs on."""
DEFAULT_AND = re.compile(r",? and (?=\S+ (?:[A-Za-z/%]+ )?for )")
"""Between two defaults: `10 GB for EVS and 40 GB for EFS`."""
