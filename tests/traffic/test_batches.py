"""The core over Arrow: the same tally, however the data was split and whoever splits it."""

from __future__ import annotations

import random
from pathlib import Path

import msgspec
import pytest

from contract_tests.contract import load_contract
from contract_tests.masking import MASK
from contract_tests.traffic.merge import Tally, merge_all
from contract_tests.traffic.reading.records import Record
from contract_tests.traffic.verifier import Settings
from contract_tests.traffic.verify import verify
from tests.traffic.samples import TOKEN, ndjson, notebook, raw, read_all

pa = pytest.importorskip("pyarrow", reason="the extra arrow is not installed")

from contract_tests.traffic.engines.batches import (  # noqa: E402 (needs what was asked for above)
    EXCHANGES,
    FINDINGS,
    exchanges,
    tally_of,
    to_batch,
    verify_batch,
)

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
    """Only method and url are needed; two batches that differ are two batches."""
    rows = exchanges(records()).drop_columns(["file", "offset"])
    results = [verify_batch(SETTINGS, rows.slice(0, 50)), verify_batch(SETTINGS, rows.slice(50))]
    assert tally_of(results).totals("finding") == whole().totals("finding")


def test_bodies_may_be_text_and_columns_absent() -> None:
    """As who writes Parquet from a log would have them."""
    row = {"method": "POST", "url": raw()["request"]["url"], "status": 500, "response_body": "{}"}
    tally = tally_of([verify_batch(SETTINGS, pa.RecordBatch.from_pylist([row]))])
    assert [sample.finding.id for sample in tally.samples.values()] == ["server-error"]


def test_a_row_without_a_url_is_a_diagnostic() -> None:
    """The other rows count."""
    rows = [{"method": "GET", "url": None}, {"method": "GET", "url": "/v1/p/images"}]
    tally = tally_of([verify_batch(SETTINGS, pa.RecordBatch.from_pylist(rows))])
    assert tally.total("unmatched") == 1
    assert "got `null` - at `$.request.url`" in tally.diagnostics[0].reason


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
    pytest.importorskip("distributed", reason="the extra dask is not installed")
    from contract_tests.traffic.engines import dask

    path = tmp_path / "a.ndjson"
    path.write_bytes(ndjson(*(msgspec.to_builtins(record.raw) for record in records())))
    found = []
    for size in (1 << 20, 997, 5000):
        monkeypatch.setattr(dask, "PIECE", size)
        pieces = list(dask._pieces(str(path), None))
        found.append(comparable(tally_of(dask.do(SETTINGS, piece) for piece in pieces)))
    assert found[0] == found[1] == found[2]


def test_row_groups_of_parquet_show_what_the_records_show(tmp_path: Path) -> None:
    """Read through fsspec, a row group at a time."""
    pytest.importorskip("distributed", reason="the extra dask is not installed")
    import pyarrow.parquet as pq

    from contract_tests.traffic.engines import dask

    path = tmp_path / "a.parquet"
    table = pa.Table.from_batches([exchanges(records())]).drop_columns(["file", "offset"])
    pq.write_table(table, path, row_group_size=30)
    pieces = list(dask._pieces(str(path), None))
    assert [piece.offset for piece in pieces] == [0, 30, 60, 90]
    tally = merge_all(tally_of([dask.do(SETTINGS, piece)]) for piece in (*pieces, pieces[1]))
    assert tally.totals("finding") == whole().totals("finding")
    assert {sample.file for sample in tally.samples.values()} == {str(path)}


def test_settings_make_one_verifier_a_process() -> None:
    """The contract is compiled once, however many batches come."""
    assert SETTINGS.verifier() is Settings(now=1.8e9).verifier()
    assert SETTINGS.verifier().view.name == load_contract().view("documented").name
