"""An example shows what looks like a real secret.

Readers who trust the example paste it, scanners of the repositories that quote the page raise
the alarm, and if the secret is live anybody can use it.

Fails::

    GET /v1/disks
    = response 200
    url | String | Address of the disk.
    = example response 200
    {"url": "https://disks.example.com/1?AccessKeyId=AAAABBBBCCCCDDDDEEEE&Signature=s1gn4tur3"}

Passes::

    GET /v1/disks
    = response 200
    url | String | Address of the disk.
    password | String | Password of the disk.
    = example response 200
    {"url": "https://disks.example.com/1?AccessKeyId=xxx", "password": "********"}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from contract_tests.facts import Example
from contract_tests.findings import Severity, Source
from contract_tests.rules.reading import Problem, Reading, says
from contract_tests.rules.reading.placeholders import is_placeholder

SEVERITY = Severity.MISLEADS
AREA = "example"

SECRETS = re.compile(
    r"(?P<private_key>-----BEGIN (?:\w+ )*PRIVATE KEY-----)"
    r"|\b(?P<access_key>(?:AccessKeyId|AWSAccessKeyId)=(?P<key>[A-Za-z0-9]{16,}))"
    r"|(?P<token>\beyJ[\w-]{10,}\.[\w-]{10,}\.|\bgh[pousr]_\w{30,}|\bMII[\w+/-]{60,})"
    r'|"(?:\w*password|\w*passwd|secret\w*|access_token|ak|sk)"\s*:\s*"(?P<password>[^"]+)"'
    r'|"(?:auth_)?token"\s*:\s*"(?P<named_token>[^"]+)"',
    re.IGNORECASE,
)
CERTAIN = frozenset({"private_key", "access_key"})
"""What is a secret by its form; for the rest a reader must see whether the value is made up."""


def check(reading: Reading) -> Iterator[Problem]:
    """Secrets by their form or by the name of their field, each kind once an example."""
    for example in reading.page.examples:
        seen: set[str] = set()
        for match in SECRETS.finditer(example.text):
            kind = match.lastgroup or ""
            if kind not in seen and not is_placeholder(match[kind]):
                seen.add(kind)
                yield _problem(example, match, kind)


def _problem(example: Example, match: re.Match[str], kind: str) -> Problem:
    line = example.source.line + example.text.count("\n", 0, match.start())
    what = kind.replace("_", " ")
    return Problem(
        structure="example",
        field=example.role,
        source=Source(example.source.file, line),
        message=f"the example shows a {what}",
        values=(kind,),
        claims=(says(what, Source(example.source.file, line)),),
        certain=kind in CERTAIN,
    )
