"""A cell shows markup that should have been rendered.

`**day**`, `<br>` or `&lt;` in a description are traces of another format; what they marked (a
value, a list, a line break) is lost on the reader.

Fails::

    GET /v1/{id}
    = response 200
    time | String | Time to search. Options: <strong>day</strong> and <strong>month</strong>.

Passes::

    GET /v1/{id}
    = response 200
    time | String | Time to search, **day** or ***. Not allowed: !<>=&"'
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading, says

SEVERITY = Severity.COSMETIC
AREA = "structure"
SIGNS = ("**", "<", "&", "``", ":ref:`", "](", "\\")
LEAK = re.compile(
    r"(?<![*\w])\*\*[\w(][^*]*\*\*(?!\*)"
    r"|</?(?:a|b|br|code|div|em|i|li|ol|p|pre|span|strong|sub|sup|table|td|th|tr|u|ul)\b[^<>]*>"
    r"|&(?:lt|gt|amp|nbsp|quot|#\d+);"
    r"|``\S[^`]*``"
    r"|:ref:`"
    r"|\[[^\[\]]+\]\((?:https?:|#|\w+\.html)[^()]*\)"
    r"|\\[_*<>]",
    re.IGNORECASE,
)


def check(reading: Reading) -> Iterator[Problem]:
    """Find the descriptions that show markup."""
    for table, field in reading.saying(*SIGNS):
        if leaks := dict.fromkeys(LEAK.findall(field.description)):
            yield Problem.at(
                table,
                field,
                f"the description shows markup: {', '.join(leaks)}",
                values=tuple(leaks),
                claims=tuple(says(leak, field.source) for leak in leaks),
            )
