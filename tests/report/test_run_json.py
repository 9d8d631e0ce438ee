"""run.json: its schema, and reading back exactly what was written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_type_hints

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, given, settings

from contract_tests.errors import InputError
from contract_tests.report import run_json
from contract_tests.report.codec import written_fields, written_members
from contract_tests.verdicts import Run
from tests.report.any_run import any_run
from tests.report.sample_runs import all_samples, base_run, mixed
from tests.report.sample_verdicts import new_efs

SAMPLES = ("empty", "all-known", "mixed", "hostile")


@cache
def sample(name: str) -> Run:
    """A sample run by name."""
    return all_samples()[name]


def read_back(text: str, folder: Path) -> Run:
    """What the reader makes of this text."""
    file = folder / "run.json"
    file.write_text(text, "utf-8")
    return run_json.read_run(file)


@given(any_run())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_reading_is_the_exact_inverse_of_writing(
    tmp_path_factory: pytest.TempPathFactory, run: Run
) -> None:
    """Whatever a run holds, it comes back the same, and its file satisfies the schema."""
    assert read_back(run_json.render(run), tmp_path_factory.mktemp("run")) == run


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_satisfies_the_schema(name: str) -> None:
    """Validated by a JSON Schema validator, formats included."""
    document = json.loads(run_json.render(sample(name)))
    validator = jsonschema_rs.Draft202012Validator(run_json.schema(), validate_formats=True)
    assert [str(error) for error in validator.iter_errors(document)] == []


def test_the_schema_is_a_schema() -> None:
    """It satisfies the meta-schema, and says at the top which version it is."""
    jsonschema_rs.meta.validate(run_json.schema())
    assert run_json.schema()["properties"]["schema_version"]["const"] == run_json.SCHEMA_VERSION


def test_the_schema_names_exactly_the_fields_that_are_written() -> None:
    """A field added to the model has to be documented; `run.schema.json` is where."""
    documented = {
        name: set(part["properties"]) for name, part in _object_schemas(run_json.schema())
    }
    written = {kind.__name__: set(written_members(kind)) for kind in _dataclasses(Run)}
    written["Run"].add("schema_version")
    assert documented == written


def _object_schemas(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "Run", schema
    yield from ((n, part) for n, part in schema["$defs"].items() if part.get("properties"))


def _dataclasses(kind: Any) -> set[type]:
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        inner = (_dataclasses(hints[name]) for name in written_fields(kind))
        return {kind}.union(*inner)
    return set[type]().union(*map(_dataclasses, get_args(kind)))


def test_secrets_of_an_exchange_are_never_written() -> None:
    """They are the texts that must not be printed, so they stay in memory."""
    verdict = new_efs()
    assert verdict.exchange is not None
    leaky = replace(verdict.exchange, secrets=("s3cr3t-token",))
    run = base_run(
        verdicts=(
            replace(verdict, exchange=leaky, finding=replace(verdict.finding, exchange=leaky)),
        ),
        traffic=(leaky,),
    )
    assert "s3cr3t" not in run_json.render(run)


def test_each_verdict_stands_on_its_own_line() -> None:
    """So that `grep` finds a finding and `diff` shows one."""
    lines = run_json.render(mixed()).splitlines()
    assert sum('"finding":' in line for line in lines) == len(mixed().verdicts)


def test_half_a_surrogate_pair_is_replaced(tmp_path: Path) -> None:
    """A server can name one in JSON; no UTF-8 file can hold it."""
    run = read_back(run_json.render(base_run(sentence="a\ud800b")), tmp_path)
    assert run.sentence == "a\ufffdb"


def test_numbers_that_json_lacks_are_written_as_text(tmp_path: Path) -> None:
    """A server that answers NaN must not make the report unreadable."""
    verdict = new_efs()
    assert verdict.exchange is not None
    odd = replace(verdict.exchange, around={"after": {"capacity": float("nan")}})
    text = run_json.render(base_run(verdicts=(replace(verdict, exchange=odd),)))
    read = read_back(text, tmp_path).verdicts[0].exchange
    assert read is not None
    assert read.around == {"after": {"capacity": "nan"}}


def test_the_kept_traffic_is_not_written_a_second_time() -> None:
    """It is what traffic.har is for; run.json keeps the evidence of its findings."""
    run = mixed()
    assert run.traffic
    assert "traffic" not in json.loads(run_json.render(run))


def test_keys_of_a_later_version_are_left_alone(tmp_path: Path) -> None:
    """Within one schema version keys are only added, so a reader passes over them."""
    document = {**json.loads(run_json.render(mixed())), "colour": "blue"}
    document["verdicts"][0]["mood"] = "grave"
    assert read_back(json.dumps(document), tmp_path) == replace(mixed(), traffic=())


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", r"run.json:1: not JSON: Expecting value"),
        ("{\n]", r"run.json:2: not JSON"),
        ("[]", r"schema_version is None, not 1"),
        ('{"schema_version": 2}', r"schema_version is 2, not 1"),
        ('{"schema_version": 1}', r'"id" is a required property'),
        ("[" * 100_000, r"not JSON"),
    ],
)
def test_what_is_no_run_gets_one_clear_line(text: str, problem: str, tmp_path: Path) -> None:
    """File, what is wrong, and the remedy."""
    with pytest.raises(InputError, match=problem) as caught:
        read_back(text, tmp_path)
    assert "\n" not in str(caught.value)
    assert "give a run.json that this version of contract-tests wrote" in str(caught.value)


def test_a_wrong_value_is_named_with_its_path(tmp_path: Path) -> None:
    """The reader says which value of the file it cannot take."""
    text = run_json.render(mixed()).replace('"state": "known"', '"state": "old"', 1)
    with pytest.raises(InputError, match=r"\['verdicts'\]\[0\]\['state'\].*\"old\" is not one of"):
        read_back(text, tmp_path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """Named, with the system's words."""
    with pytest.raises(InputError, match=r"no\.json: cannot be read: No such file or directory"):
        run_json.read_run(tmp_path / "no.json")
