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


def shows(text: str, signs: tuple[str, ...]) -> bool:
    """Whether one of the signs is in a text: far quicker than a pattern that needs one of them."""
    return any([sign in text for sign in signs])  # noqa: C419 (a generator takes twice as long)


# --- sections -----------------------------------------------------------------------------------

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

# --- tables -------------------------------------------------------------------------------------

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
MAP_TYPE = re.compile(r"map ?<[^,]*, ?(.*)>", _I)
"""The group is the type of the values."""
OBJECT_TYPE = re.compile(r"(.+?) (?:object|structure|data structure)s?(?:\. .*)?", _I)
STRUCTURE_NAME = re.compile(r"(?:(?:array|list) of )?(\S+) (?:object|structure)s?", _I)
TABLE_REFERENCE = re.compile(r"\bTable (\d+)\b")

# --- enumerations -------------------------------------------------------------------------------

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

# --- defaults -----------------------------------------------------------------------------------

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

# --- limits -------------------------------------------------------------------------------------

NUMBER = r"(-?\d[\d,]{0,20}(?:\.\d{1,10})?)"
_UNIT_WORD = r"(?: ?(?:[KMGT]?B|[KMG]bit/s|bytes|seconds|minutes|hours|days|ms)\b)?"
LIMIT_SIGNS = ("character", "rang", "imum", "must be ")
LENGTH_RANGE = re.compile(rf"\b{NUMBER}(?: to | ?[-~] ?){NUMBER}(?: Unicode)? characters?\b", _I)
LENGTH_MAXIMUM = re.compile(
    rf"\b(?:maximum of|up to|at most|no more than|cannot exceed) {NUMBER}"
    rf"(?: Unicode)? characters?\b"
    rf"|\bmaximum length (?:is|of) {NUMBER}",
    _I,
)
VALUE_RANGE = re.compile(
    rf"(?:\brang(?:es?|ing) (?:from|between)|(?<!default )\brange(?: is(?: from)?|:)"
    rf"|\bmust be (?:an integer )?(?:from|between)|\bin the range of) "
    rf"{NUMBER}{_UNIT_WORD}(?: to | and | ?[-~] ?){NUMBER}(?! ?(?:\w+ )?char)",
    _I,
)
INTERVAL = re.compile(
    rf"\brange(?:s from| is|:)? ?([\[(]) ?{NUMBER} ?, ?(?:{NUMBER}|\u221e) ?([\])])", _I
)
MINIMUM = re.compile(rf"^minimum(?: value| length)?: ?{NUMBER}|\bminimum value is {NUMBER}", _I)
MAXIMUM = re.compile(
    rf"^maximum(?: value| length)?: ?{NUMBER}|\bmaximum values? (?:is|are) {NUMBER}", _I
)
GREATER = re.compile(rf"^The value must be (greater than(?: or equal to)?|at least) {NUMBER}", _I)
LIMITS_SOMETHING_ELSE = re.compile(
    r"(?:an? (?!maximum)|each |every |the (?:minimum increment|recommended))\b", _I
)
"""The beginning of a sentence whose limits are not those of the value as a whole."""

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
    _I,
)
"""The unit of a value, in so many words."""
NUMBER_UNIT = re.compile(
    rf"\b(?:(?:default|maximum|minimum) value is|ranges? from) {NUMBER} ?({_UNIT})(?![\w/])", _I
)
"""The unit of a value, behind a limit or default."""

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

# --- values in prose ----------------------------------------------------------------------------

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

# --- markup -------------------------------------------------------------------------------------

BOLD_CLASSES = frozenset({"parmvalue", "parmname"})
"""Classes of `<span>` in HTML that are set in bold."""
ORIGINAL_NAME = "original_name"
"""The field in RST that names the page which it was made from."""
