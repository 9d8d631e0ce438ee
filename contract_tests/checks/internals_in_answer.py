"""The answer shows the inside of the service: a stack trace, SQL, an internal host, a key.

Why it matters: it helps an attacker more than it helps any client.

How to mend: answer with an error code; write the details to the log, under an id that the
answer names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from contract_tests.checks._reading import Reading
from contract_tests.exchange import Response
from contract_tests.findings import Claim, Finding, Severity

SEVERITY = Severity.MISLEADS

PRIVATE_KEY = re.compile(r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----")
SIGNS = {
    "stack trace": re.compile(
        r"Traceback \(most recent|File \\?\"[^\"]+\", line \d+|\bat [\w.$<>]+\([\w$]+\.\w+:\d+\)"
        r"|goroutine \d+ \[|\w+(?:Exception|Error): |java\.lang\.|panic: runtime"
    ),
    "SQL": re.compile(
        r"\bSELECT\b.{1,200}\bFROM\b|\bINSERT INTO\b|\bUPDATE\b.{1,80}\bSET\b|\bDELETE FROM\b"
        r"|ORA-\d{5}|SQLSTATE|syntax error at or near|error in your SQL|psycopg2|pymysql|sqlite3\.",
        re.DOTALL,
    ),
    "internal host": re.compile(
        r"\b[\w-]+(?:\.[\w-]+)*\.(?:internal|local|svc|cluster\.local|intranet|corp|lan)\b"
        r"|\b(?:10\.\d{1,3}|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d{1,3}\.\d{1,3}\b"
    ),
    "file path": re.compile(
        r"(?:/usr/(?:local|lib|src)|/opt|/etc|/var/(?:lib|log|www)|/root|/srv|/app)/[\w./-]+"
        r"|\b[A-Z]:\\\\?[\w.\\-]+"
    ),
}
INTERNAL_HEADER = re.compile(
    r"^x-(?:debug|internal|backend|upstream|sql|query|real-server|server-name|host|node|pod"
    r"|container|db)(?:-|$)"
    r"|^x-(?:powered-by|runtime|generator|aspnet(?:mvc)?-version)$"
    r"|^server-timing$|-(?:debug|internal)(?:-|$)",
    re.IGNORECASE,
)


def check(reading: Reading) -> Iterator[Finding]:
    """Yield one finding per kind of internal shown, and per header that is internal by name."""
    response = reading.exchange.response
    if response is None:
        return
    for sign in _signs(response, asked=unquote(reading.exchange.request.url)):
        yield _finding(reading, "body", sign)
    for name, value in response.headers:
        if INTERNAL_HEADER.search(name):
            yield _finding(reading, f"header {name.lower()}", "internal header")
        elif SIGNS["internal host"].search(value) or PRIVATE_KEY.search(value):
            yield _finding(reading, f"header {name.lower()}", "internal host or key")


def _signs(response: Response, asked: str) -> Iterator[str]:
    """The kinds of internals in a body; what merely echoes the request is none."""
    text = response.body[:100_000].decode(errors="replace")
    if PRIVATE_KEY.search(text):
        yield "private key"
    if response.status < 400:
        return
    for name, pattern in SIGNS.items():
        if any(found.group() not in asked for found in pattern.finditer(text)):
            yield name


def _finding(reading: Reading, where: str, sign: str) -> Finding:
    return Finding(
        id="internals-in-answer",
        place=reading.place("security", where),
        severity=SEVERITY,
        message=f"the {where} of {reading.status} shows a {sign}",
        values=(sign,),
        claims=(Claim("service", sign),),
        exchange=reading.exchange,
    )
