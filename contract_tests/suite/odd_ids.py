"""Ids that name nothing: unknown, malformed, foreign, and those meant to break a router."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from contract_tests.suite.probes import Outcome

UNKNOWN = "00000000-0000-4000-8000-00000000dead"
REFUSALS = (400, 404)
"""The page lists 404; shipped clients expect 400 with ModelArts.6309 or 6404 as well."""
ROUTER_REFUSALS = (301, 308, 400, 401, 403, 404, 405, 414, 431)
"""What a router or gateway may say of a path that is none of the contract's."""


@dataclass(frozen=True, slots=True)
class OddId:
    """An id as it stands in the path, what is odd about it, and what is due."""

    text: str
    reason: str
    outcome: Outcome = "refused"
    statuses: tuple[int, ...] = REFUSALS


def odd_ids(known: str) -> Iterator[OddId]:
    """All odd ids around a known one."""
    yield from _malformed(known)
    yield from _router_breakers(known)
    yield from _other_spellings(known)


def _malformed(known: str) -> Iterator[OddId]:
    texts = {
        UNKNOWN: "an id that does not exist",
        "not-a-uuid": "text",
        "0": "zero",
        "-1": "a negative number",
        "null": "null",
        "undefined": "undefined",
        "true": "a boolean",
        known[:-1]: "a character less",
        f"{known}0": "a character more",
        known.replace("-", ""): "no hyphens",
        known.replace("-", "_"): "underscores",
        f"%7B{known}%7D": "braces",
        known.replace("-", "%252D"): "the known id encoded twice",
        f"{known}%20": "a space behind it",
        f"%20{known}": "a space before it",
        "%20": "a blank",
        "%2A": "an asterisk",
        "%25": "a percent sign",
        f"{known},{known}": "two ids in one",
        quote("ноутбук-ü-笔记本"): "unicode",
        quote("😀" * 8): "emoji",
        "%FF%FE": "bytes that are no UTF-8",
        "%27%20OR%20%271%27=%271": "SQL",
        quote("1; DROP TABLE notebooks"): "two SQL statements",
        quote("<img src=x onerror=alert(1)>"): "markup",
        "$%7Bjndi:ldap:x%7D": "a look-up expression",
        "%24(id)": "a shell command",
        f"{known}%0d%0aX-Injected:%201": "a line break",
    }
    yield from (OddId(text, reason) for text, reason in texts.items())


def _router_breakers(known: str) -> Iterator[OddId]:
    texts = {
        "": "an empty id",
        ".": "a dot",
        "..": "two dots",
        "..%2f..": "encoded traversal",
        "%2e%2e%2f%2e%2e%2fetc%2fpasswd": "encoded traversal to a file",
        "..%252f..": "doubly encoded traversal",
        f"{known}%2f": "an encoded slash behind it",
        f"{known}%5c": "a backslash behind it",
        f"{known};a=b": "a matrix parameter",
        "%00": "a NUL",
        f"{known}%00": "a NUL behind it",
        "a" * 300: "300 characters",
        "a" * 7000: "7000 characters",
        "%zz": "a broken percent-encoding",
    }
    for text, reason in texts.items():
        yield OddId(text, reason, "either", ROUTER_REFUSALS)


def _other_spellings(known: str) -> Iterator[OddId]:
    encoded = "".join(f"%{ord(char):02x}" for char in known)
    yield OddId(encoded, "the known id percent-encoded", "either", ROUTER_REFUSALS)
    if known.upper() != known:
        yield OddId(known.upper(), "the known id in capitals", "either", ROUTER_REFUSALS)
