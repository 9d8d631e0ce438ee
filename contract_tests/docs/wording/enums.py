"""How the values of an enumeration are introduced, written and ended."""

from __future__ import annotations

import re

_I = re.IGNORECASE

ENUM_SIGNS = (
    *("- ", "ption", "alue", "num", "nly", "NUM", "PTION", "ALUE", "can be", "supported"),
    *("indicates", "means"),
)
"""A single paragraph without any of these enumerates nothing."""

_VALUES = r"(?:optional|possible|supported|valid|available|allowed|enumerated) values"
ENUM_LEAD_IN_ENDS = (
    *("options", "enums", "values", "follows", "following", "available", "including"),
    *("include", "supported", "be"),
)
"""The last words of a lead-in, in lower case."""
ENUM_LEAD_IN = re.compile(
    r"(?:^|(?<=[.:;)\s]))("
    r"(?:value )?options(?: are as follows)?"
    r"|the (?:value )?options are as follows|the following (?:options|values) are \w+"
    rf"|enums|(?:the )?{_VALUES}(?: are as follows| include)?|the values are as follows"
    r"|(?:two|three) (?:value )?options are available"
    r"|the value(?: of this parameter)? (?:can|must|may) (?:only )?be"
    r"(?: set to)?(?: (?:any of |one of |either of )?the following(?: values| options)?)?"
    r"|the value is one of the following(?: values)?"
    r"|by default, all \w+ are returned, including"
    r")\s*[:.]?$",
    _I,
)
"""The end of a paragraph that values follow; without it, a list has to look like values."""

NO_VALUES = frozenset(
    {
        *("Note", "NOTE", "Notice", "NOTICE", "CAUTION", "Example", "Examples", "Default"),
        *("Minimum", "Maximum", "Format", "Constraints", "Options", "Enums", "Range", "Unit"),
        *("Description", "Remarks", "Type"),
    }
)
"""Words that stand before a colon and are no values, unless they are set in bold."""
PLACEHOLDER_VALUE = re.compile(r"[xX]{3,}|yyyy|MMdd|\.{3}|…|<[^>]*>")
"""A "value" that stands for many."""
OPEN_ENUM = re.compile(r"\betc\.|\band so on\b", _I)

ENTRY = re.compile(
    r"([^\s:,;()]{1,64})(?: or ([^\s:,;()]{1,64}))? ?(\([^()]*\))?(?: ?[:\uff1a] ?(.*)|)$",
    re.DOTALL,
)
"""`VALUE`, `VALUE: meaning`, `VALUE (default): meaning`, `0 or false: meaning`."""
INDICATES = re.compile(r" (?:indicates|means)\b(?: that)? ?")
"""What may stand between a value in bold and its meaning instead of a colon."""
DASH = re.compile(r"-(?<![^\s.]-) (?=\S)")
"""What stands before each value where several are written into one paragraph."""

ENUM_SENTENCE_SIGNS = (" be ", " are ", "include ", ": ", "alue is ", "supported", "available")
ENUM_SENTENCE = re.compile(
    r"(?:and )?(?:the|its)(?: parameter)? (?:value|protocol|options?)s?(?: of this parameter)? "
    r"(?:can|must|may) (?:only )?be (?:(?:set|updated) to |either |one of )?"
    rf"|(?:the )?(?:{_VALUES}|value options|options) (?:are|include) "
    rf"|(?:(?:value )?options|enums|{_VALUES}): "
    r"|the (?:only )?value is (?:fixed at )?"
    r"|this parameter can (?:only )?be set to "
    r"|(?:currently, )?only (?:the )?(?:values? )?(?=.* (?:is|are) (?:supported|available)\b)"
    r"|(?=\S.* are supported\.?$)",
    _I,
)
"""The beginning of a sentence that enumerates values."""
ENUM_CLAUSE = re.compile(
    r"[,;] (?:(?:and )?(?:its|whose|the) value can (?:only )?be |which can be )"
)
"""The same in the middle of a sentence; what stands before must be no condition."""
CONDITION = re.compile(r"(?:if|when|for|in|once|after|where|unless) ", _I)
CASE = re.compile(r"[^.,:]{1,60}\b(?:listeners?|load balancers?): ", _I)
"""The beginning of a sentence that holds only under a condition, or only in one case."""
LIST_SEPARATOR = re.compile(r" ?, ?(?:and |or )?| (?:and|or) | ?/ ?", _I)
LIST_END = re.compile(
    r"\.?$|[.;]? ?\("
    r"|, (?:and )?(?:the default|its default|indicating|in (?:as|de)scending|where|so)\b"
    r"| (?:is|are) (?:supported|available)\b",
    _I,
)
"""What may follow the last value of an enumeration in a sentence."""
PLAIN_VALUE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./+-]*[A-Za-z0-9_+]|[A-Za-z0-9]")
DEFAULT_MARK = re.compile(
    r"\((?:the )?default(?: value)?\)|^(?:the )?default(?: value)?(?:$|\.)"
    r"|\b(?:it|this) is the default value",
    _I,
)
"""In the meaning of a value: that it is the default."""
