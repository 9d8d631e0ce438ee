"""How fast recorded traffic is verified, beside openapi-core, schemathesis, and the limit.

    python -m benchmarks.verify_speed --openapi-core VENV/bin/python

All of them judge the same generated exchanges, one in a hundred wrong, in one run, one after the
other. Rates are by CPU time, which other work on the machine disturbs less; seconds of the clock
stand beside. The limit is parsing the JSON of the record and of its body, and asking one compiled
validator; nothing that verifies can be faster. Verdicts are compared exchange by exchange.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
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
from contract_tests.traffic.jobs import verify_sources
from contract_tests.traffic.records import Record, exchange_of
from contract_tests.traffic.sources import expand, read, read_stream
from contract_tests.traffic.verifier import Settings, Verifier
from contract_tests.traffic.verify import verify
from contract_tests.triage import triage

RIVAL = Path(__file__).parent / "rivals" / "openapi_core_validate.py"


def main() -> None:
    """Measure and print."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "traffic.ndjson"
        write(path, options.count)
        size = path.stat().st_size
        print(f"{options.count:,} exchanges, {size / 1e6:.0f} MB, {platform.processor() or ''}")
        rates = _rates(path, options)
        _compare(path, options, rates)


def _rates(path: Path, options: argparse.Namespace) -> dict[str, float]:
    """Exchanges a second of each, printed as they come."""
    view, count = load_contract().view("observed"), options.count
    rates: dict[str, float] = {}

    def measure(name: str, run: Callable[[], object]) -> None:
        begun, used = time.perf_counter(), _cpu()
        run()
        seconds, used = time.perf_counter() - begun, _cpu() - used
        rates[name] = count / used
        print(f"{name:<42}{rates[name]:>10,.0f}/s of CPU{seconds:>9.1f} s", flush=True)

    measure("limit (orjson): parse, one validator", lambda: _limit(path, view, orjson.loads))
    measure("limit (json): parse, one validator", lambda: _limit(path, view, json.loads))
    measure("verify: schema checks", lambda: _schema_checks(path, view))
    measure("verify: all checks, invariants, triage", lambda: _all_checks(path, 1))
    measure("  the same with --jobs 2", lambda: _all_checks(path, 2))
    measure("schemathesis: validate_response", lambda: list(_schemathesis(path, view)))
    return rates


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


def _all_checks(path: Path, jobs: int) -> object:
    tally = verify_sources(Settings(now=time.time()), expand((str(path),)), jobs)
    return triage(tally.sightings(), load_contract().ledger)


def _schemathesis(path: Path, view: View) -> Iterator[str]:
    schema = schemathesis.openapi.from_dict(json.loads(json.dumps(view.document)))
    operations = {(o.method, o.path): schema[o.path][o.method] for o in view.operations}
    for record in _records(path):
        match = view.match(
            record.raw["request"]["method"], urlsplit(record.raw["request"]["url"]).path
        )
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


def _response(raw: dict[str, Any]) -> requests.Response:
    response, body = requests.Response(), raw["response"]["body"].encode()
    response.status_code = raw["response"]["status"]
    response._content = body
    response.headers.update(dict(raw["response"]["headers"]))
    response.raw = urllib3.HTTPResponse(body, urllib3.HTTPHeaderDict(raw["response"]["headers"]))
    response.elapsed = timedelta(seconds=raw["response"]["elapsed"])
    response.request = requests.Request(raw["request"]["method"], raw["request"]["url"]).prepare()
    return response


def _compare(path: Path, options: argparse.Namespace, rates: dict[str, float]) -> None:
    """Run openapi-core, print the ratios, and every kind of verdict that differs."""
    view = load_contract().view("observed")
    verdicts = {
        "ours": "".join(_ours(path, view)),
        "schemathesis": "".join(_schemathesis(path, view)),
    }
    if options.openapi_core:
        found = _openapi_core(path, view, options)
        verdicts["openapi-core"] = found["verdicts"]
        rate = options.count / found["cpu"]
        name = "openapi-core: validate_response"
        print(f"{name:<42}{rate:>10,.0f}/s of CPU{found['seconds']:>9.1f} s")
        for name in ("verify: schema checks", "verify: all checks, invariants, triage"):
            print(f"  {name} is {rates[name] / rate:,.0f} times openapi-core")
    for limit in ("limit (orjson): parse, one validator", "limit (json): parse, one validator"):
        share = rates["verify: schema checks"] / rates[limit]
        print(f"  verify: schema checks is {share:.2f} of the {limit}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    print(f"verdicts ({', '.join(verdicts)}: v valid, s schema, o wrong in another way)")
    for letters, times in Counter(zip(*verdicts.values(), strict=True)).most_common():
        print(f"  {' '.join(letters)}  {times:>8,}{'' if len(set(letters)) == 1 else '  differ'}")
    _examples(path, verdicts)


def _examples(path: Path, verdicts: dict[str, str]) -> None:
    """One exchange of each kind on which the verdicts differ."""
    shown: set[tuple[str, ...]] = set()
    for record, letters in zip(_records(path), zip(*verdicts.values(), strict=True), strict=True):
        if len(set(letters)) > 1 and letters not in shown:
            shown.add(letters)
            answer = record.raw["response"]
            print(f"  {' '.join(letters)}  {answer['status']} {answer['body'][:1000]}")


def _ours(path: Path, view: View) -> Iterator[str]:
    verifier = Verifier(view, time.time())
    others = [
        c
        for c in verifier.selected
        if c.id in ("undocumented-status", "content-type", "strict-json")
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
    parser.add_argument("--openapi-core", metavar="PYTHON", help="of a venv with openapi-core")
    return parser.parse_args()


if __name__ == "__main__":
    main()
