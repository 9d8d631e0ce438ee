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
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from contract_tests.contract.files import SPEC
from contract_tests.errors import InputError, TargetError
from contract_tests.traffic.merge import Tally, merge_all
from contract_tests.traffic.reading.records import Record
from contract_tests.traffic.reading.sources import read_stream
from contract_tests.traffic.verifier import Settings
from contract_tests.traffic.verify import verify
from tests.traffic.samples import har, har_entry, ndjson, notebook, packed, raw

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
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]


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
    """A scheduler and three workers on loopback, where another contract lies about."""
    (tmp_path / "spec").mkdir()
    (tmp_path / "spec" / SPEC).write_text("openapi: 3.1.0")
    file = tmp_path / "scheduler.json"
    with ExitStack() as stack:
        starting = _dask(tmp_path, "scheduler", "--port", "0", "--scheduler-file", file)
        scheduler = stack.enter_context(starting)
        address = _written_address(file)
        how = (address, "--no-nanny", "--nthreads", "1", "--local-directory", tmp_path)
        starts = [_dask(tmp_path, "worker", *how, "--name", f"worker-{i}") for i in range(3)]
        yield Cluster(address, scheduler, [stack.enter_context(start) for start in starts])


def test_a_killed_worker_costs_nothing_and_counts_nothing_twice(
    bucket: str, cluster: Cluster
) -> None:
    """The tally is that of one process, though a worker died with work in its hands."""
    from distributed import Client

    with Client(cluster.address, set_as_default=False) as watch, ThreadPoolExecutor(1) as pool:
        watch.wait_for_workers(3, timeout=60)
        running = pool.submit(verify_on_cluster, SETTINGS, (bucket,), cluster.address)
        victim = cluster.workers[1]
        _wait_for(lambda: "worker-1" in _working(watch))
        victim.kill()
        victim.wait()
        tally, names = running.result(timeout=120)
        assert watch.run_on_scheduler(lambda dask_scheduler: len(dask_scheduler.workers)) == 2
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

    from contract_tests.traffic.engines.rows import exchanges

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


def test_the_reports_are_those_of_one_process(cluster: Cluster, tmp_path: Path) -> None:
    """Of local files, in pieces or not, byte for byte, but for when the run was."""
    here = tmp_path / "here"
    here.mkdir()
    lines = [_record(i, j) for i in range(4) for j in range(EACH)]
    (here / "a.ndjson").write_bytes(ndjson(*lines))
    (here / "b.ndjson.gz").write_bytes(packed(ndjson(*lines))[:-40])
    (here / "c.har").write_bytes(har(*(har_entry(raw()) for _ in range(9))))
    found: list[tuple[object, bytes]] = []
    for how in ((), ("--jobs", "2"), ("--scheduler", cluster.address)):
        folder = tmp_path / f"reports{len(found)}"
        command = (sys.executable, "-m", "contract_tests", "verify", "?.*", "--reports", folder)
        done = subprocess.run((*command, *how), cwd=here, check=False, capture_output=True)
        assert done.returncode == 1, done.stderr
        run = json.loads((folder / "latest/run.json").read_text())
        for when in ("id", "started", "duration"):
            del run[when]
        found.append((run, (folder / "latest/traffic.json").read_bytes()))
    assert found[0] == found[1] == found[2]
    assert b"the gzip file breaks off" in found[0][1]


def test_a_scheduler_that_loses_its_workers_or_ends_is_one_line(
    bucket: str,
    cluster: Cluster,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """It neither waits for ever nor reports a part of the traffic."""
    from distributed import Client

    monkeypatch.setattr("contract_tests.traffic.engines.dask.IDLE", 2.0)
    for worker in cluster.workers:
        worker.kill()
        worker.wait()
    with Client(cluster.address, set_as_default=False) as watch:
        _wait_for(
            lambda: not watch.run_on_scheduler(lambda dask_scheduler: len(dask_scheduler.workers))
        )
    with pytest.raises(TargetError, match="has no workers, and had none for 2 s; start some"):
        verify_on_cluster(SETTINGS, (bucket,), cluster.address)
    monkeypatch.setattr("contract_tests.traffic.engines.dask.IDLE", 60.0)
    capfd.readouterr()
    with ThreadPoolExecutor(1) as pool:
        with Client(cluster.address, set_as_default=False) as watch:
            running = pool.submit(verify_on_cluster, SETTINGS, (bucket,), cluster.address)
            _wait_for(lambda: _tasks(watch) > 0)
        cluster.scheduler.kill()
        with pytest.raises(TargetError, match="broke off; nothing is reported, try again"):
            running.result(timeout=90)
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("tcp://127.0.0.1:9", "Timed out trying to connect"),
        ("http://127.0.0.1:9", "unknown address scheme 'http'"),
        ("cluster", "missing port number in address 'cluster'"),
        ("tls://127.0.0.1:9", "TLS expects"),
    ],
)
def test_a_cluster_that_is_not_there_is_one_line(
    bucket: str, address: str, problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The address is named, and what is wrong with it; no traceback."""
    monkeypatch.setattr("contract_tests.traffic.engines.dask.PATIENCE", 1.0)
    with pytest.raises(TargetError, match=rf"{address} cannot be reached \({problem}"):
        verify_on_cluster(SETTINGS, (bucket,), address)


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("s3://logs/no-such/*.har", "there is no such file"),
        ("s3://logs/day/99.ndjson.gz", "there is no such file"),
        ("s3://logs/*", "there is no such file"),
        ("s3://no-such/a.har", "there is no such file"),
        ("no-such.har", "there is no such file"),
        ("tests", "is a folder"),
        ("-", "standard input: workers cannot read it; name files"),
        ("no-such://logs/a.har", "cannot be looked up: Protocol not known: no-such"),
        ("no-such://who:s3cr3t@logs/a.har", r"no-such://who:\[masked\]@logs/a.har: cannot be"),
    ],
)
def test_a_pattern_that_names_nothing_is_one_line(bucket: str, pattern: str, problem: str) -> None:
    """Before any worker is asked."""
    with pytest.raises(InputError, match=problem):
        verify_on_cluster(SETTINGS, (pattern,), "tcp://127.0.0.1:9")


def test_missing_credentials_are_one_line(bucket: str) -> None:
    """As they are where nobody has set the environment."""
    script = (
        "import contract_tests.traffic.engines.pieces as pieces\n"
        f"try: pieces.files(({bucket!r},))\n"
        "except Exception as error: print(error)"
    )
    kept = {name: value for name, value in os.environ.items() if "_KEY" not in name}
    environment = {**kept, "AWS_EC2_METADATA_DISABLED": "true"}
    done = subprocess.run(
        (sys.executable, "-c", script), env=environment, check=True, capture_output=True, text=True
    )
    assert done.stdout == (
        f"{bucket}: cannot be looked up: Unable to locate credentials; "
        "check the URL and the credentials in the environment\n"
    )


def test_a_file_that_two_patterns_name_counts_once(bucket: str) -> None:
    """Files of one name in two folders are two."""
    from contract_tests.traffic.engines.pieces import files

    found = files((bucket, "s3://logs/*/00.ndjson.gz"))
    assert len(found) == FILES
    assert {file.pattern for file in found} == {bucket}


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


@contextmanager
def _dask(folder: Path, role: str, *how: str | Path) -> Iterator[subprocess.Popen[bytes]]:
    """A scheduler or a worker of dask in that folder, killed in the end."""
    dask = Path(sys.executable).with_name("dask")
    process = subprocess.Popen(
        (dask, role, *how, "--host", "127.0.0.1", "--no-dashboard"),
        cwd=folder,
        env={**os.environ, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "5"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _written_address(file: Path) -> str:
    """Where the scheduler listens; its file is there before all of its text is."""
    _wait_for(lambda: file.exists() and file.read_text().rstrip().endswith("}"))
    return str(json.loads(file.read_text())["address"])


def _tasks(client: Any) -> int:
    return int(client.run_on_scheduler(lambda dask_scheduler: len(dask_scheduler.tasks)))


def _working(client: Any) -> list[str]:
    """The names of the workers that have work in their hands."""
    found: list[str] = client.run_on_scheduler(
        lambda dask_scheduler: [w.name for w in dask_scheduler.workers.values() if w.processing]
    )
    return found


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
