"""The core over Arrow: the same tally, however the data was split and whoever splits it."""

from __future__ import annotations

import json
import pickle
import random
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from contract_tests.contract import default_spec_folder, load_contract
from contract_tests.errors import TargetError
from contract_tests.masking import MASK
from contract_tests.traffic.merge import Tally, merge_all
from contract_tests.traffic.reading.records import Record
from contract_tests.traffic.verifier import Settings
from contract_tests.traffic.verify import verify
from tests.traffic.samples import JSON_HEADERS, TOKEN, ndjson, notebook, raw, read_all

pa = pytest.importorskip("pyarrow", reason="the extra arrow is not installed")

from contract_tests.traffic.engines.batches import (  # noqa: E402 (needs what was asked for above)
    FINDINGS,
    tally_of,
    to_batch,
    verify_batch,
)
from contract_tests.traffic.engines.portable import Portable, portable  # noqa: E402
from contract_tests.traffic.engines.rows import EXCHANGES, exchanges  # noqa: E402

SETTINGS = Settings(now=1.8e9)


def records() -> list[Record]:
    """A hundred starts, some of them wrong in one of several ways."""
    wrong = {
        3: raw(notebook(status="SLEEPING")),
        17: raw(notebook(surprise=1)),
        31: raw("not JSON"),
        40: raw({"error": "x"}, status=500),
        55: raw({"base64": "//79"}),
        70: raw(notebook(), url="https://elsewhere.example/v1/x/images"),
        80: raw(None, failure={"kind": "timeout", "detail": "30 s"}, response=None),
    }
    lines = [wrong.get(i, raw(notebook(name=f"n{i}"))) for i in range(100)]
    return read_all(ndjson(*lines))[0]


def whole() -> Tally:
    """What one process makes of them."""
    return verify(SETTINGS.verifier(), records(), "all@0")


def comparable(tally: Tally) -> object:
    """All but the names of the batches."""
    kinds = {name[0] for counts in tally.counts.values() for name in counts}
    sizes = {key: (s.size, s.file, s.offset, s.finding) for key, s in tally.samples.items()}
    return {kind: tally.totals(kind) for kind in kinds}, sizes, tally.diagnostics


@pytest.mark.parametrize("sizes", [(100,), (1,) * 100, (7, 50, 1, 42), (99, 1)])
def test_however_the_rows_are_split_the_tally_is_the_same(sizes: tuple[int, ...]) -> None:
    """Split, verified batch by batch, shuffled, some of it twice, and put together again."""
    rows = exchanges(records())
    results, begin = [], 0
    for size in sizes:
        results.append(verify_batch(SETTINGS, rows.slice(begin, size)))
        begin += size
    results += results[::3]
    random.Random(1).shuffle(results)  # noqa: S311 (any order will do)
    assert comparable(tally_of(results)) == comparable(whole())


def test_it_is_a_pure_function_with_a_fixed_schema() -> None:
    """The same rows give the same rows; both schemas are those that are documented."""
    rows = exchanges(records())
    assert rows.schema == EXCHANGES
    once, again = verify_batch(SETTINGS, rows), verify_batch(SETTINGS, rows)
    assert once.schema == FINDINGS
    assert once.equals(again)


def test_rows_that_name_no_file_still_count() -> None:
    """They are told apart by where they stand, though they say the same; each counts once."""
    rows = exchanges([records()[0]] * 60).drop_columns(["file", "offset"])
    results = [verify_batch(SETTINGS, rows.slice(i, 20), "part", i) for i in (0, 20, 40, 20)]
    assert tally_of(results).total("record") == 60


def test_bodies_may_be_text_and_columns_absent() -> None:
    """As who writes Parquet from a log would have them."""
    row = {"method": "POST", "url": raw()["request"]["url"], "status": 500, "response_body": "{}"}
    tally = tally_of([verify_batch(SETTINGS, pa.RecordBatch.from_pylist([row]))])
    assert [sample.finding.id for sample in tally.samples.values()] == ["server-error"]


OTHERWISE: dict[str, Any] = {
    "numbers as pandas leaves them": lambda row: {**row, "status": float(row["status"])},
    "numbers as text": lambda row: {**row, "status": "200", "elapsed": "0.25"},
    "text for bytes": lambda row: {**row, "response_body": row["response_body"].decode()},
    "a timestamp": lambda row: {**row, "sent_at": datetime.fromtimestamp(row["sent_at"], tz=UTC)},
    "headers by name": lambda row: {**row, "response_headers": dict(JSON_HEADERS)},
    "headers in pairs": lambda row: {**row, "response_headers": JSON_HEADERS},
    "headers as JSON": lambda row: {**row, "response_headers": json.dumps(JSON_HEADERS)},
    "a column more": lambda row: {**row, "region": "eu-de"},
    "structs": lambda row: nested(row),
    "JSON": lambda row: {name: json.dumps(part) for name, part in nested(row).items()},
}
"""Rows as others write them."""


def nested(row: dict[str, Any]) -> dict[str, Any]:
    """A row in the shape of a line of NDJSON, with a field that other rows may have."""
    return {
        "request": {"method": row["method"], "url": row["url"], "body": None},
        "response": {
            "status": row["status"],
            "headers": row["response_headers"],
            "body": row["response_body"].decode(),
            "size": None,
        },
        "failure": None,
    }


@pytest.mark.parametrize("written", OTHERWISE.values(), ids=OTHERWISE)
def test_columns_of_other_types_say_the_same(written: Any) -> None:
    """A wrong status is found all the same, and nothing else."""
    found = exchanges(read_all(ndjson(raw(notebook(status="SLEEPING")), raw()))[0]).to_pylist()
    rows = pa.RecordBatch.from_pylist([written(row) for row in found])
    tally = tally_of([verify_batch(SETTINGS, rows)])
    (sample,) = tally.samples.values()
    assert sample.finding.values == ("SLEEPING",)
    assert tally.total("record") == 2
    assert tally.diagnostics == ()


def test_headers_that_are_a_map_say_the_same() -> None:
    """As Spark and Hive have them."""
    rows = exchanges(read_all(ndjson(raw()))[0])
    kind = pa.map_(pa.string(), pa.string())
    at = rows.schema.get_field_index("response_headers")
    column = pa.array([[tuple(JSON_HEADERS[0])]], kind)
    rows = rows.set_column(at, pa.field("response_headers", kind), column)
    tally = tally_of([verify_batch(SETTINGS, rows)])
    assert (tally.total("record"), tally.diagnostics, tally.samples) == (1, (), {})


def test_a_row_that_is_no_exchange_is_a_diagnostic() -> None:
    """The other rows count."""
    good = {"method": "GET", "url": "/v1/p/images", "status": None, "response_headers": "[]"}
    rows = [{**good, "url": None}, good, {**good, "status": 200, "response_headers": "{broken"}]
    tally = tally_of([verify_batch(SETTINGS, pa.RecordBatch.from_pylist(rows))])
    assert tally.total("unmatched") == 1
    assert [found.reason for found in tally.diagnostics] == [
        "no exchange: Expected `str`, got `null` - at `$.request.url`",
        "no exchange: text that is no JSON",
    ]


def test_a_missing_column_is_one_diagnostic_for_all_rows() -> None:
    """It says where to read what the columns are."""
    tally = tally_of([verify_batch(SETTINGS, exchanges(records()).drop_columns(["url"]))])
    (found,) = tally.diagnostics
    assert found.reason == "100 rows without url; see contract-tests verify --columns"


def test_a_tally_survives_the_way_through_arrow() -> None:
    """Findings with their masked exchanges, counts, diagnostics."""
    assert tally_of([to_batch(whole())]) == whole()


def test_no_row_holds_a_token() -> None:
    """What leaves a worker is masked already."""
    text = str(verify_batch(SETTINGS, exchanges(records())).to_pylist())
    assert TOKEN not in text
    assert MASK in text


def test_pieces_of_a_file_show_what_the_whole_file_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut at any byte, each line is read once: by the piece that it begins in."""
    pytest.importorskip("fsspec", reason="the extra dask is not installed")
    from contract_tests.traffic.engines import pieces

    path = tmp_path / "a.ndjson"
    path.write_bytes(ndjson(*(msgspec.to_builtins(record.raw) for record in records())))
    found = []
    for size in (1 << 20, 997, 5000):
        monkeypatch.setattr(pieces, "PIECE", size)
        found.append(comparable(shown(path)))
    assert found[0] == found[1] == found[2]


def test_row_groups_of_parquet_show_what_the_records_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Read through fsspec, a row group at a time, some rows at a time."""
    pytest.importorskip("fsspec", reason="the extra dask is not installed")
    import pyarrow.parquet as pq

    from contract_tests.traffic.engines import pieces

    monkeypatch.setattr(pieces, "ROWS", 20)
    path = tmp_path / "a.parquet"
    table = pa.Table.from_batches([exchanges(records())])
    for columns in (["file", "offset"], []):
        pq.write_table(table.drop_columns(columns), path, row_group_size=30)
        tally = shown(path)
        assert list(tally.counts) == [f"{path}@{first}" for first in (0, 30, 60, 90)]
        assert tally.totals("finding") == whole().totals("finding")
        files = {sample.file for sample in tally.samples.values()}
        assert files == ({str(path)} if columns else {"traffic.ndjson"})


@pytest.mark.parametrize("cut", [2, -30], ids=["the first rows", "the end"])
def test_parquet_that_is_broken_is_a_diagnostic(tmp_path: Path, cut: int) -> None:
    """The row groups that can be read count."""
    pytest.importorskip("fsspec", reason="the extra dask is not installed")
    import pyarrow.parquet as pq

    path = tmp_path / "a.parquet"
    table = pa.Table.from_batches([exchanges(records())])
    pq.write_table(table, path, row_group_size=50, compression="none", use_dictionary=False)
    content = path.read_bytes()
    path.write_bytes(content[:4] + b"\xff" * 400 + content[404:] if cut > 0 else content[:cut])
    tally = shown(path)
    assert "cannot be read: " in tally.diagnostics[0].reason
    assert tally.total("record") == (50 if cut > 0 else 0)


def test_a_file_that_is_gone_is_a_diagnostic(tmp_path: Path) -> None:
    """As it is for who reads it, who may stand on another machine."""
    pytest.importorskip("fsspec", reason="the extra dask is not installed")
    (found,) = shown(tmp_path / "a.ndjson").diagnostics
    assert found.reason == "cannot be read: there is no such file, or not on this machine"


def shown(path: Path) -> Tally:
    """What the pieces of a file show, one of them twice."""
    from contract_tests.traffic.engines import pieces
    from contract_tests.traffic.engines.dask import do

    split = pieces.split(pieces.File(str(path), str(path), str(path)), None)
    return merge_all(tally_of([do(piece, SETTINGS)]) for piece in (*split, split[0]))


def test_portable_settings_hold_the_contract(tmp_path: Path) -> None:
    """Who judges elsewhere needs no file, and says of the same lines what is said here."""
    for document in default_spec_folder().iterdir():
        if document.is_file():
            shutil.copy(document, tmp_path)
    spec = tmp_path / "modelarts-notebook.openapi.yaml"
    features = "\n          enum: [DEFAULT, {}]"
    spec.write_text(spec.read_text().replace(features.format("NOTEBOOK"), features.format("X")))
    settings = Settings(now=1.8e9, spec=str(spec))
    here = verify_batch(settings, exchanges(records()))
    carried = pickle.loads(pickle.dumps(portable(settings)))  # noqa: S301 (just made)
    shutil.rmtree(tmp_path)
    assert verify_batch(carried, exchanges(records())).equals(here)
    assert not here.equals(verify_batch(SETTINGS, exchanges(records())))


def test_another_version_of_the_toolkit_does_not_judge() -> None:
    """It would find something else, or nothing, and say so of all its part."""
    with pytest.raises(TargetError, match=r"who asked it has 0\.0\.0; install the same"):
        Portable(SETTINGS, (), version="0.0.0").verifier()


def test_settings_make_one_verifier_a_process() -> None:
    """The contract is compiled once, however many batches come."""
    assert SETTINGS.verifier() is Settings(now=1.8e9).verifier()
    assert SETTINGS.verifier().view.name == load_contract().view("documented").name
