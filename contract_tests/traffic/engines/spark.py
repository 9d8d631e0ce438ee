"""Verifies a Spark data frame of exchanges: a recipe for `mapInArrow`.

    import time
    from pyspark.sql.functions import first, sum
    from contract_tests.traffic.engines.spark import findings
    from contract_tests.traffic.verifier import Settings

    rows = findings(spark.read.parquet("s3a://logs/2026-11-*"), Settings(now=time.time())).cache()
    rows.where("row = 'finding'").groupBy("id", "place").agg(sum("count"), first("message")).show()
    rows.where("row = 'diagnostic'").select("file", "offset", "message").show()

Its rows are those of `batches.FINDINGS` (`contract-tests verify --columns` prints them), and
`tally_of_rows` makes the tally of them. A task that Spark runs twice counts once. Spark 4;
`contract-tests[spark]` has to be installed on its executors.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from contract_tests.errors import MissingExtraError
from contract_tests.traffic.engines.portable import portable
from contract_tests.traffic.merge import Tally
from contract_tests.traffic.verifier import Settings

try:
    import pyarrow as pa

    from contract_tests.traffic.engines.batches import FINDINGS, tally_of, verify_batch
except ImportError as missing:
    raise MissingExtraError(
        f"{missing.name} is not installed; pip install 'contract-tests[spark]'"
    ) from missing

_WORDS = {pa.string(): "string", pa.int64(): "bigint", pa.list_(pa.string()): "array<string>"}
SCHEMA = ", ".join(f"{field.name} {_WORDS[field.type]}" for field in FINDINGS)
"""The columns of the result, in Spark's words."""


def findings(frame: Any, settings: Settings) -> Any:
    """What the exchanges of a data frame show, as a data frame of `batches.FINDINGS`.

    Args:
        frame: a `pyspark.sql.DataFrame` with columns as in `batches.EXCHANGES`.
        settings: how to judge them; the contract that they name here goes with them.

    Raises:
        InputError: the contract cannot be read.
    """
    judge = portable(settings)

    def verify_partition(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        from pyspark import TaskContext

        file, first = f"partition-{TaskContext.get().partitionId()}", 0
        for batch in batches:
            yield verify_batch(judge, batch, file, first)
            first += batch.num_rows

    return frame.mapInArrow(verify_partition, SCHEMA)


def tally_of_rows(frame: Any) -> Tally:
    """The tally of a data frame that `findings` made; fetches its rows to this process."""
    table: pa.Table = frame.toArrow().cast(FINDINGS)
    return tally_of(table.to_batches())
