"""Verifying on a real Dask cluster, from a real S3 server, with a worker killed in between."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from contract_tests.errors import InputError, TargetError
from contract_tests.traffic.merge import Tally, merge_all
from contract_tests.traffic.reading.records import Record
from contract_tests.traffic.reading.sources import read_stream
from contract_tests.traffic.verifier import Settings
from contract_tests.traffic.verify import verify
from tests.traffic.samples import ndjson, notebook, packed, raw

pytest.importorskip("distributed", reason="the extra dask is not installed")
pytest.importorskip("moto", reason="moto is not installed")

from contract_tests.traffic.engines.dask import verify_on_cluster

pytestmark = pytest.mark.slow

SETTINGS = Settings(now=1.8e9)
FILES = 24
EACH = 150


@dataclass
class Cluster:
    """A scheduler and its workers, each a process of its own."""

    address: str
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    """A bucket of an S3-compatible server on loopback; the environment points at it."""
    import boto3
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    given = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "made-up",
        "AWS_SECRET_ACCESS_KEY": "made-up",
        "AWS_DEFAULT_REGION": "eu-de",
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in given.items():
            patch.setenv(name, value)
        client = boto3.client("s3")
        client.create_bucket(
            Bucket="logs", CreateBucketConfiguration={"LocationConstraint": "eu-de"}
        )
        for i, content in enumerate(_contents()):
            client.put_object(Bucket="logs", Key=f"day/{i:02}.ndjson.gz", Body=packed(content))
        yield "s3://logs/day/*.ndjson.gz"
    server.stop()


@pytest.fixture
def cluster(bucket: str, tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler and three workers on loopback."""
    folder = Path(sys.executable).parent
    file = tmp_path / "scheduler.json"
    environment = {**os.environ, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "5"}
    common = {"env": environment, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    processes = [
        subprocess.Popen(  # type: ignore[call-overload]
            [
                *(folder / "dask", "scheduler", "--host", "127.0.0.1", "--port", "0"),
                *("--no-dashboard", "--scheduler-file", file),
            ],
            cwd=tmp_path,
            **common,
        )
    ]
    _wait_for(file.exists)
    address = json.loads(file.read_text())["address"]
    workers = [
        subprocess.Popen(  # type: ignore[call-overload]
            [
                *(folder / "dask", "worker", address, "--host", "127.0.0.1", "--no-nanny"),
                *("--nthreads", "1", "--no-dashboard", "--name", f"worker-{i}"),
                *("--local-directory", tmp_path),
            ],
            cwd=tmp_path,
            **common,
        )
        for i in range(3)
    ]
    try:
        yield Cluster(address, workers)
    finally:
        for process in [*workers, *processes]:
            process.kill()
            process.wait()


def test_a_killed_worker_costs_nothing_and_counts_nothing_twice(
    bucket: str, cluster: Cluster
) -> None:
    """The tally is that of one process, though a worker died with work in its hands."""
    from distributed import Client

    with Client(cluster.address, set_as_default=False) as watch, ThreadPoolExecutor(1) as pool:
        watch.wait_for_workers(3, timeout=60)
        running = pool.submit(verify_on_cluster, SETTINGS, (bucket,), cluster.address)
        victim = cluster.workers[1]
        _wait_for(lambda: _is_working(watch, "worker-1"))
        victim.kill()
        victim.wait()
        tally, names = running.result(timeout=120)
        assert len(watch.scheduler_info()["workers"]) == 2
    assert set(names.values()) == {bucket}
    assert len(names) == FILES
    assert _comparable(tally) == _comparable(_by_one_process())
    assert tally.total("record") + tally.total("diagnostic") == FILES * EACH


def test_the_command_verifies_ndjson_and_parquet_of_a_bucket(
    bucket: str, cluster: Cluster, tmp_path: Path
) -> None:
    """The same exchanges in either format come to the same, and to the reports of a run."""
    import boto3
    import pyarrow as pa
    import pyarrow.parquet as pq

    from contract_tests.traffic.engines.batches import exchanges

    found = [read_stream(io.BytesIO(c), "x.ndjson") for c in _contents()]
    records = [item for items in found for item in items if isinstance(item, Record)]
    rows = pa.Table.from_batches([exchanges(records)]).drop_columns(["file", "offset"])
    buffer = io.BytesIO()
    pq.write_table(rows, buffer, row_group_size=1000)
    client = boto3.client("s3")
    client.put_object(Bucket="logs", Key="rows/all.parquet", Body=buffer.getvalue())
    both = [
        _verified(tmp_path / name, cluster.address, url)
        for name, url in (("lines", bucket), ("rows", "s3://logs/rows/*.parquet"))
    ]
    for name in ("exchanges", "values", "exercised", "unmatched"):
        assert both[0][name] == both[1][name]
    assert both[0]["findings"].keys() == both[1]["findings"].keys()
    assert both[1]["records"] == len(records)


def test_a_cluster_that_is_not_there_is_one_line(bucket: str) -> None:
    """The address is named; no traceback."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("contract_tests.traffic.engines.dask.PATIENCE", "1s")
        with pytest.raises(TargetError, match=r"tcp://127\.0\.0\.1:9 cannot be reached"):
            verify_on_cluster(SETTINGS, (bucket,), "tcp://127.0.0.1:9")


def test_a_pattern_that_names_nothing_is_one_line(bucket: str) -> None:
    """Before any worker is asked."""
    with pytest.raises(InputError, match="there is no such file"):
        verify_on_cluster(SETTINGS, ("s3://logs/no-such/*.har",), "tcp://127.0.0.1:9")


def _contents() -> Iterator[bytes]:
    for i in range(FILES):
        yield ndjson(*(_record(i, j) for j in range(EACH)))


def _record(i: int, j: int) -> object:
    if (i + j) % 37 == 0:
        return "{broken"
    status = "SLEEPING" if (i * j) % 50 == 3 else "STARTING"
    return raw(notebook(status=status, name=f"n{i}-{j}"))


def _by_one_process() -> Tally:
    verifier = SETTINGS.verifier()
    return merge_all(
        verify(verifier, read_stream(io.BytesIO(content), f"day/{i:02}"), f"day/{i:02}@0")
        for i, content in enumerate(_contents())
    )


def _comparable(tally: Tally) -> object:
    """All that does not name a file."""
    kinds = ("record", "exchange", "finding", "exercised", "value", "kind", "diagnostic")
    sizes = {key: sample.size for key, sample in tally.samples.items()}
    return sizes, {kind: tally.totals(kind) for kind in kinds}


def _is_working(client: object, name: str) -> bool:
    info = client.scheduler_info()["workers"]  # type: ignore[attr-defined]
    address = next(each for each, about in info.items() if about["name"] == name)
    return bool(client.processing()[address])  # type: ignore[attr-defined]


def _wait_for(holds: object, seconds: float = 60.0) -> None:
    assert callable(holds)
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it never came to it"
        time.sleep(0.02)


def _verified(folder: Path, scheduler: str, url: str) -> dict[str, Any]:
    """The account of a run of the command."""
    folder.mkdir()
    command = (sys.executable, "-m", "contract_tests", "verify", "--scheduler", scheduler, url)
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True)
    assert done.returncode in (0, 1), done.stderr
    found: dict[str, Any] = json.loads((folder / "reports/latest/traffic.json").read_text())
    return found
