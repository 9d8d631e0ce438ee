"""The recipe for Spark's mapInArrow, on a local Spark."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from contract_tests.traffic.verifier import Settings
from contract_tests.traffic.verify import verify
from tests.traffic.samples import ndjson, notebook, raw, read_all

pytest.importorskip("pyspark", reason="the extra spark is not installed")
pytest.importorskip("pandas", reason="the extra spark is not installed")
pytest.importorskip("pyarrow", reason="the extra arrow is not installed")
if shutil.which("java") is None:
    pytest.skip("there is no Java", allow_module_level=True)

pytestmark = pytest.mark.slow

SETTINGS = Settings(now=1.8e9)


def test_spark_finds_what_one_process_finds(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Parquet in four partitions, small Arrow batches, the result merged; rows alike all count."""
    import pyarrow as pa
    import pyarrow.parquet as pq
    from pyspark.sql import SparkSession

    from contract_tests.traffic.engines.rows import exchanges
    from contract_tests.traffic.engines.spark import findings, tally_of_rows

    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, sys.path)))
    statuses = ("STARTING", "SLEEPING", "STARTING", "DOZING")
    lines = [raw(notebook(status=statuses[i % 4], name=f"n{i}")) for i in range(200)]
    records, _ = read_all(ndjson(*lines))
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    spark = (
        builder.config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "20")
        .getOrCreate()
    )
    try:
        pq.write_table(pa.Table.from_batches([exchanges(records)]), tmp_path / "a.parquet")
        frame = spark.read.parquet(str(tmp_path))
        rows = findings(frame.repartition(4), SETTINGS).cache()
        tally = tally_of_rows(rows)
        alike = tally_of_rows(findings(frame.select("method", "url").repartition(4), SETTINGS))
        found = {row["place"] for row in rows.where("row = 'finding'").collect()}
    finally:
        spark.stop()
    one = verify(SETTINGS.verifier(), records, "one@0")
    assert tally.totals("finding") == one.totals("finding")
    assert tally.totals("exercised") == one.totals("exercised")
    assert {k: s.offset for k, s in tally.samples.items()} == {
        k: s.offset for k, s in one.samples.items()
    }
    assert alike.total("record") == 200
    assert found == {"StartNotebook:NotebookResp.status"}
