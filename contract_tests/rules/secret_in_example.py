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
    r"|\b(?P<access_key>(?:AWS)?AccessKeyId=\w{16,})"
    r"|(?P<token>\beyJ[\w-]{10,}\.[\w-]{10,}\.|\bgh[pousr]_\w{30,})"
    r'|X-(?:Auth|Subject)-Token"?\s*:\s*"?(?P<auth_token>[\w+/=-]{40,})'
    r'|"(?:\w*password|\w*passwd|secret\w*|\w*_secret|access_token|ak|sk)"\s*:\s*"(?P<password>[^"]+)"'
    r'|"(?:auth_)?token"\s*:\s*"(?P<token_by_name>[^"]+)"',
)
SIGNS = (
    *("PRIVATE KEY", 'token"', "Token", "passw", "secret", "eyJ", '"ak"', '"sk"', "KeyId"),
    *("ghp_", "gho_", "ghu_", "ghs_", "ghr_"),
)
"""One of these is in every text that holds a secret: quick to see."""
CERTAIN = frozenset({"private_key", "access_key", "token", "auth_token"})
"""What is a secret by its form; for the rest a reader must see whether the value is made up."""


def check(reading: Reading) -> Iterator[Problem]:
    """Secrets by their form or by the name of their field, each kind once an example."""
    for example in reading.page.examples:
        if not any(sign in example.text for sign in SIGNS):
            continue
        seen: set[str] = set()
        for match in SECRETS.finditer(example.text):
            kind = match.lastgroup or ""
            if kind not in seen and not is_placeholder(match[kind]):
                seen.add(kind)
                line = example.source.line + example.text.count("\n", 0, match.start(kind))
                yield _problem(reading, example, Source(example.source.file, line), kind)


def _problem(reading: Reading, example: Example, source: Source, kind: str) -> Problem:
    """At the row of the field that holds it, where there is one."""
    above = [
        value
        for value in reading.values
        if value.owner.body.example is example and value.source.line <= source.line
    ]
    row = max(above, key=lambda value: value.source.line, default=None)
    what = kind.replace("_", " ")
    return Problem(
        structure=row.table.name if row else "example",
        field=row.field.name if row else example.role,
        source=source,
        message=f"the example shows {'an' if what[0] in 'aeiou' else 'a'} {what}",
        values=(kind,),
        claims=(says(what, source),),
        certain=kind in CERTAIN,
    )
