"""How ranges, lengths and bounds are stated."""

from __future__ import annotations

import re

_I = re.IGNORECASE

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
