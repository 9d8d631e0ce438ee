"""Verifies a Spark data frame of exchanges: a recipe for `mapInArrow`.

    from contract_tests.traffic.engines.spark import findings
    from contract_tests.traffic.verifier import Settings

    rows = findings(spark.read.parquet("s3a://logs/2026-11-*"), Settings(now=time.time()))
    rows.where("row = 'finding'").groupBy("id", "place").agg(sum("count"), first("message"))

Its rows are those of `batches.FINDINGS`; `tally_of_rows` makes the tally of them. Where the data
frame has the columns `file` and `offset`, a task that Spark runs twice counts once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from contract_tests.errors import MissingExtraError
from contract_tests.traffic.merge import Tally
from contract_tests.traffic.verifier import Settings

try:
    import pyarrow as pa

    from contract_tests.traffic.engines.batches import FINDINGS, tally_of, verify_batch
except ImportError as missing:
    raise MissingExtraError(
        f"{missing.name} is not installed; pip install 'contract-tests[spark]'"
    ) from missing

SCHEMA = (
    "row string, batch string, name array<string>, count bigint, fingerprint string, id string, "
    "place string, severity string, message string, file string, offset bigint, size bigint, "
    "detail string"
)
"""The columns of the result, in Spark's words."""


def findings(frame: Any, settings: Settings) -> Any:
    """What the exchanges of a data frame show, as a data frame of `batches.FINDINGS`.

    Args:
        frame: a `pyspark.sql.DataFrame` with columns as in `batches.EXCHANGES`.
        settings: how to judge them.
    """

    def verify_partition(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return (verify_batch(settings, batch) for batch in batches)

    return frame.mapInArrow(verify_partition, SCHEMA)


def tally_of_rows(frame: Any) -> Tally:
    """The tally of a data frame that `findings` made; fetches its rows to this process."""
    table: pa.Table = frame.toArrow().cast(FINDINGS)
    return tally_of(table.to_batches())
