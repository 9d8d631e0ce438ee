"""How fast recorded traffic is verified, beside openapi-core, schemathesis, and the limit.

    python -m benchmarks.verify_speed --openapi-core VENV/bin/python

All of them judge the same generated exchanges, one in a hundred wrong, in one run, one after the
other. Rates are by CPU time, which other work on the machine disturbs less; seconds of the clock
stand beside. The limit is parsing the JSON of the record and of its body, and asking one compiled
validator; nothing that verifies can be faster. Verdicts are compared exchange by exchange, all of
them; each that differs is explained by what is wrong with it, or the run fails.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import orjson
import requests
import schemathesis
import urllib3
from schemathesis.core.failures import Failure, FailureGroup

from benchmarks.traffic_sample import write
from contract_tests.checks import response_schema
from contract_tests.contract import View, load_contract
from contract_tests.contract.strict import strict_schema
from contract_tests.traffic.engines.jobs import verify_sources
from contract_tests.traffic.reading.records import Raw, RawResponse, Record, exchange_of, pairs
from contract_tests.traffic.reading.sources import expand, read, read_stream
from contract_tests.traffic.verifier import Settings, Verifier
from contract_tests.traffic.verify import verify
from contract_tests.triage import triage

LIMIT = "limit (orjson): parse, one validator"
SCHEMA = "verify: schema checks"
ALL = "verify: all checks, invariants, triage"
LENIENT = "limit (json): parse, one validator"
JOBS = "  the same with --jobs 2"
OTHERS = "schemathesis: validate_response"
CORE = "openapi-core: validate_response"
UNEXPLAINED = "NOT EXPLAINED"
RIVAL = Path(__file__).parent / "rivals" / "openapi_core_validate.py"


def main() -> int:
    """Measure and print; 1 where a difference is not explained."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "traffic.ndjson"
        write(path, options.count)
        size = path.stat().st_size
        print(f"{options.count:,} exchanges, {size / 1e6:.0f} MB, {platform.processor() or ''}")
        return _compare(path, _rates(path, options))


@dataclass
class Measured:
    """Exchanges a second, and verdicts by who gave them."""

    rates: dict[str, float]
    verdicts: dict[str, str]


@dataclass(frozen=True)
class Taken:
    """What one run took, in seconds."""

    cpu: float
    clock: float


def _rates(path: Path, options: argparse.Namespace) -> Measured:
    """Measure each in turn, several times, and print the medians; the slow ones once."""
    view = load_contract().view("observed")
    taken: dict[str, list[Taken]] = defaultdict(list)
    for _ in range(options.rounds):
        settings = Settings(now=time.time())
        settings.verifier()  # it is kept: nobody loads a contract while the clock runs
        taken[LIMIT].append(_timed(lambda: _limit(path, view, orjson.loads)))
        taken[LENIENT].append(_timed(lambda: _limit(path, view, json.loads)))
        taken[SCHEMA].append(_timed(lambda: _schema_checks(path, view)))
        taken[ALL].append(_timed(lambda: _all_checks(path, settings, 1)))  # noqa: B023 (runs now)
        taken[JOBS].append(_timed(lambda: _all_checks(path, settings, 2)))  # noqa: B023
    verdicts = {"ours": "".join(_ours(path, view)), "schemathesis": ""}

    def others() -> None:
        verdicts["schemathesis"] = "".join(_schemathesis(path, view))

    taken[OTHERS].append(_timed(others))
    if options.openapi_core:
        found = _openapi_core(path, view, options)  # which times itself, without its start
        taken[CORE].append(Taken(found["cpu"], found["seconds"]))
        verdicts["openapi-core"] = found["verdicts"]
    rates = {name: options.count / _median(runs).cpu for name, runs in taken.items()}
    for name, runs in taken.items():
        print(f"{name:<42}{rates[name]:>10,.0f}/s of CPU{_median(runs).clock:>9.1f} s")
    return Measured(rates, verdicts)


def _timed(run: Callable[[], object]) -> Taken:
    begun, used = time.perf_counter(), _cpu()
    run()
    return Taken(_cpu() - used, time.perf_counter() - begun)


def _median(runs: list[Taken]) -> Taken:
    return sorted(runs, key=lambda taken: taken.cpu)[len(runs) // 2]


def _cpu() -> float:
    """CPU seconds of this process and of those that have ended."""
    own, children = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _limit(path: Path, view: View, loads: Callable[[Any], Any]) -> int:
    schema = strict_schema(view, "StartNotebook", 200, closed=False)
    assert schema is not None
    valid = 0
    with path.open("rb") as lines:
        for line in lines:
            try:
                valid += schema.is_valid(loads(loads(line)["response"]["body"]))
            except ValueError:
                continue
    return valid


def _schema_checks(path: Path, view: View) -> object:
    verifier = Verifier(view, time.time(), checks=frozenset({"response-schema"}))
    (source,) = expand((str(path),))
    return verify(verifier, read(source), "all@0")


def _all_checks(path: Path, settings: Settings, jobs: int) -> object:
    tally = verify_sources(settings, expand((str(path),)), jobs)
    return triage(tally.sightings(), load_contract().ledger)


def _schemathesis(path: Path, view: View) -> Iterator[str]:
    schema = schemathesis.openapi.from_dict(json.loads(json.dumps(view.document)))
    operations = {(o.method, o.path): schema[o.path][o.method] for o in view.operations}
    for record in _records(path):
        request = record.raw.request
        match = view.match(request.method, urlsplit(request.url).path)
        assert match is not None
        operation = operations[match.operation.method, match.operation.path]
        try:
            operation.validate_response(_response(record.raw))
        except (Failure, FailureGroup) as error:
            failures = error.exceptions if isinstance(error, FailureGroup) else [error]
            is_schema = any(type(f).__name__ == "JsonSchemaError" for f in failures)
            yield "s" if is_schema else "o"
        else:
            yield "v"


def _response(raw: Raw) -> requests.Response:
    answer, response = answered(raw), requests.Response()
    headers, body = dict(pairs(answer.headers)), str(answer.body).encode()
    response.status_code = answer.status
    response._content = body
    response.headers.update(headers)
    response.raw = urllib3.HTTPResponse(body, urllib3.HTTPHeaderDict(headers))
    response.elapsed = timedelta(seconds=answer.elapsed)
    response.request = requests.Request(raw.request.method, raw.request.url).prepare()
    return response


def answered(raw: Raw) -> RawResponse:
    """The answer of a record; all that are generated have one."""
    assert raw.response is not None
    return raw.response


def _compare(path: Path, found: Measured) -> int:
    """Print the ratios, and what every exchange is that the verdicts differ on."""
    rates, verdicts = found.rates, found.verdicts
    for name in (SCHEMA, ALL):
        print(f"{name} is {rates[name] / rates[LIMIT]:.2f} of the limit")
        if CORE in rates:
            print(f"{name} is {rates[name] / rates[CORE]:,.0f} times openapi-core")
    print(f"verdicts ({', '.join(verdicts)}: v valid, s schema, o wrong in another way)")
    letters = ["".join(each) for each in zip(*verdicts.values(), strict=True)]
    for each, times in Counter(letters).most_common():
        print(f"  {each}  {times:>8,}{'' if len(set(each)) == 1 else '  differ'}")
    differing: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, (record, each) in enumerate(zip(_records(path), letters, strict=True)):
        if len(set(each)) > 1:
            differing[each, _why(answered(record.raw))].append(number)
    for (each, why), numbers in sorted(differing.items()):
        lines = ", ".join(map(str, numbers[:5]))
        print(f"  {each}  {why}: {len(numbers)} (lines {lines}{', …' * (len(numbers) > 5)})")
    return int(any(why == UNEXPLAINED for _, why in differing))


def _why(answer: RawResponse) -> str:
    """What is wrong with an answer that not everybody looks at."""
    text = str(answer.body)
    if answer.status in (418, 500):
        return "a status without a schema; schemathesis leaves it to another of its checks"
    if dict(pairs(answer.headers))["Content-Type"] != "application/json":
        return "HTML; schemathesis leaves media types to another of its checks"
    if text.startswith('{"id": "x", "id": "y"'):
        return "a key that stands twice; Python's JSON keeps the last"
    if '"capacity": 50.0' in text:
        return "50.0 for an integer; JSON Schema takes it, the decoders of clients do not"
    return UNEXPLAINED


def _ours(path: Path, view: View) -> Iterator[str]:
    verifier = Verifier(view, time.time())
    others = [
        c
        for c in verifier.selected
        if c.id in ("undocumented-status", "server-error", "content-type", "strict-json")
    ]
    for record in _records(path):
        exchange, _ = exchange_of(record)
        route = verifier.router.match(exchange.request.method, exchange.request.url)
        assert route is not None
        (reading,) = verifier.readings(exchange, route, ask=False)
        if any(True for _ in response_schema.check(reading)):
            yield "s"
        else:
            yield "o" if any(f for check in others for f in check.check(reading)) else "v"


def _openapi_core(path: Path, view: View, options: argparse.Namespace) -> dict[str, Any]:
    spec = path.with_name("spec.json")
    spec.write_text(json.dumps(view.document))
    done = subprocess.run(
        [options.openapi_core, RIVAL, spec, path, str(options.count)],
        capture_output=True,
        check=True,
        text=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _records(path: Path) -> Iterator[Record]:
    with path.open("rb") as stream:
        yield from (item for item in read_stream(stream, "traffic") if isinstance(item, Record))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3, help="of the quick ones")
    parser.add_argument("--openapi-core", metavar="PYTHON", help="of a venv with openapi-core")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
