"""A probe: one request of the suite, with what is due in answer to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from contract_tests.contract import Operation, Parameter
from contract_tests.exchange import Expectation, Headers

Outcome = Literal["accepted", "refused", "either"]

INT64_MAX = 2**63 - 1
HOUR = 3_600_000
"""Milliseconds: the default running time, and the least that the service takes."""

REFUSED_INTEGERS: Mapping[str, str] = {
    "": "no value",
    "abc": "text",
    "3600000a": "a letter behind it",
    "a3600000": "a letter before it",
    "36000o0": "a letter in it",
    "%203600000": "a space before it",
    "3600000%20": "a space behind it",
    "36%2000000": "a space in it",
    "%20": "a blank",
    "3600000%09": "a tab behind it",
    "3600000%0A": "a line feed behind it",
    "-2": "a negative number",
    "-3600000": "a large negative number",
    "0x36EE80": "hexadecimal notation",
    "3.6e6": "an exponent",
    "36e5": "an exponent without a point",
    "3600000ms": "a unit behind it",
    "3600000L": "a type suffix",
    "1h": "a duration with a unit",
    "PT1H": "an ISO duration",
    "3600000.5": "a fraction",
    "0.5": "a fraction below one",
    "3,600,000": "thousands separators",
    "3_600_000": "underscores",
    "true": "a boolean",
    "null": "null",
    "None": "None",
    "NaN": "not a number",
    "Infinity": "infinity",
    "[3600000]": "an array",
    "%7B%7D": "an object",
    "3600000;7200000": "two values in one",
    "%223600000%22": "quotation marks",
    "--3600000": "two signs",
    "1%27%20OR%20%271%27=%271": "SQL",
    "$(id)": "a shell command",
    str(INT64_MAX + 1): "one above int64",
    str(-INT64_MAX - 2): "one below int64",
    str(2**64 + HOUR): "a number that wraps to a valid one",
    "9" * 40: "forty digits",
    str(-INT64_MAX - 1): "the least int64",
}
"""Around 3600000: every way in which a text is no int64 of the documented kind."""

UNSETTLED_INTEGERS: Mapping[str, str] = {
    "-1": "minus one",
    "0": "zero",
    "1": "one millisecond",
    str(HOUR - 1): "just under one hour",
    str(72 * HOUR + 1): "just over three days",
    str(2**62): "a quarter of int64's range",
    str(INT64_MAX): "the largest int64",
    "3600000.0": "a fraction of nothing",
    "003600000": "leading zeros",
    "%2B3600000": "a plus sign",
    "-0": "minus zero",
    "3600000%00": "a NUL behind it",
    "%EF%BC%93600000": "a full-width digit",
}
"""Integers, and what may pass for one, that no source settles."""


@dataclass(frozen=True, slots=True)
class Probe:
    """One request to be sent.

    `path` gives path parameters as they go out (percent-encoded already); those it lacks are
    filled with the target's own. `query` is the raw query string. `credentials` says what is
    sent in place of the target's own token: None for exactly what `headers` hold.
    """

    operation: str
    expectation: Expectation
    path: Mapping[str, str] = field(default_factory=dict)
    query: str = ""
    headers: Headers = ()
    body: bytes = b""
    method: str | None = None
    raw_path: str | None = None
    authenticated: bool = True
    plain: bool = False
    """Send no header but the credentials: no User-Agent, no Content-Type."""

    @property
    def label(self) -> str:
        """A name for the test report: `StartNotebook-query.duration-a fraction`."""
        return f"{self.operation}-{self.expectation.about}-{self.expectation.reason}"


@dataclass(frozen=True, slots=True)
class WrongValue:
    """A value of a parameter as it stands in the query string, and what it is an example of."""

    text: str
    reason: str
    outcome: Outcome = "refused"


def wrong_values(parameter: Parameter) -> Iterator[WrongValue]:
    """Values that the parameter's schema forbids, and those that no source settles."""
    schema: Mapping[str, Any] = parameter.schema
    if "enum" in schema:
        yield from _wrong_words([str(value) for value in schema["enum"]])
    elif schema.get("type") == "integer":
        yield from _wrong_integers()


def _wrong_integers() -> Iterator[WrongValue]:
    yield from (WrongValue(text, reason) for text, reason in REFUSED_INTEGERS.items())
    yield from (WrongValue(text, reason, "either") for text, reason in UNSETTLED_INTEGERS.items())


def _wrong_words(words: list[str]) -> Iterator[WrongValue]:
    """Around the documented words: every way in which a text is none of them."""
    first = words[0]
    refused = {
        "": "no value",
        first[:-1]: "a letter less",
        first[1:]: "the first letter less",
        f"{first}s": "a letter more",
        f"x{first}": "a letter before it",
        f"%20{first}": "a space before it",
        f"{first}%20": "a space behind it",
        f"{first[:3]}%20{first[3:]}": "a space in it",
        "%20": "a blank",
        f"{first}%0A": "a line feed behind it",
        f"{first},{words[-1]}": "two words in one",
        f"{first}{words[-1]}": "two words as one",
        f"[{first}]": "an array",
        f"%22{first}%22": "quotation marks",
        "TOTALLY_DIFFERENT": "an unknown word",
        "bogus": "another unknown word",
        "0": "a number",
        "1": "another number",
        "-1": "a negative number",
        "1.5": "a fraction",
        "true": "a boolean",
        "null": "null",
        "%2A": "an asterisk",
        "t%C3%AFming": "a letter with an accent",
        f"{first}%27%20OR%20%271%27=%271": "SQL",
        "a" * 300: "three hundred letters",
    }
    yield from (WrongValue(text, reason) for text, reason in refused.items())
    unsettled = {
        first.upper(): "upper case",
        first.capitalize(): "a capital",
        words[-1].upper(): "upper case of another word",
        f"{first}%00": "a NUL behind it",
    }
    yield from (WrongValue(text, reason, "either") for text, reason in unsettled.items())


def validation_probes(operation: Operation) -> Iterator[Probe]:
    """Every documented query parameter with every wrong value, alone and beside a right one."""
    parameters = [p for p in operation.parameters if p.location == "query"]
    for parameter in parameters:
        for wrong in wrong_values(parameter):
            about = f"query.{parameter.name}"
            yield Probe(
                operation.id,
                Expectation(wrong.outcome, "validation", about, wrong.reason, (400,)),
                query=f"{parameter.name}={wrong.text}",
            )


def careless_probes(operation: Operation) -> Iterator[Probe]:
    """The same of an operation that may well ignore a wrong parameter: it only must not break."""
    for probe in validation_probes(operation):
        if probe.expectation.outcome == "refused":
            yield replace(probe, expectation=replace(probe.expectation, outcome="either"))


def unsettled_probes(operation: Operation) -> Iterator[Probe]:
    """Queries that no source settles: unknown, repeated and oddly written parameters."""
    queries = {
        "an unknown parameter": "unknown=1",
        "an unknown parameter beside a known one": "duration=3600000&unknown=1",
        "a repeated parameter": "duration=3600000&duration=7200000",
        "a parameter repeated as it is": "type=timing&type=timing",
        "a repeated parameter of two words": "type=timing&type=idle",
        "a name in capitals": "Duration=3600000",
        "an array notation": "duration[]=3600000",
        "a semicolon between parameters": "duration=3600000;type=timing",
        "a bare ampersand": "&",
        "a name without a value": "duration",
        "a broken percent-encoding": "type=%",
        "bytes that are no UTF-8": "type=%FF%FE",
        "a query of 4000 characters": "x=" + "a" * 4000,
    }
    for reason, query in queries.items():
        meant = Expectation("either", "validation", "query", reason, (400, 404, 414, 431))
        yield Probe(operation.id, meant, query=query)
