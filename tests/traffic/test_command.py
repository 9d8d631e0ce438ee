"""`contract-tests verify`: sources, exit codes, what it prints and writes."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import chdir, redirect_stderr, redirect_stdout, suppress
from pathlib import Path
from threading import Thread
from unittest.mock import patch

import pytest

from contract_tests.cli import main
from contract_tests.traffic.engines.jobs import PIECE, verify_sources
from contract_tests.traffic.reading.sources import expand
from contract_tests.traffic.verifier import Settings
from tests.suite.runs import contract_tests
from tests.traffic.samples import (
    BASE,
    PROJECT,
    START,
    TOKEN,
    har,
    har_entry,
    ndjson,
    notebook,
    packed,
    raw,
    vcrpy,
)

GOOD = ndjson(raw(), raw())
WRONG = ndjson(raw(), raw(notebook(status="SLEEPING")))


def run(
    folder: Path, *arguments: str, stdin: bytes | None = b""
) -> subprocess.CompletedProcess[bytes]:
    """The command, in a folder; its standard input is closed where that is None."""
    out, err = io.StringIO(), io.StringIO()
    with (
        chdir(folder),
        redirect_stdout(out),
        redirect_stderr(err),
        patch.object(sys, "argv", ["contract-tests", "verify", *arguments]),
        patch.object(sys, "stdin", stdin if stdin is None else io.TextIOWrapper(io.BytesIO(stdin))),
        pytest.raises(SystemExit) as ended,
    ):
        main()
    code = int(ended.value.code or 0)
    return subprocess.CompletedProcess(
        arguments, code, out.getvalue().encode(), err.getvalue().encode()
    )


def account(folder: Path) -> dict[str, object]:
    """What it wrote of the traffic."""
    found: dict[str, object] = json.loads((folder / "reports/latest/traffic.json").read_text())
    return found


def test_all_formats_at_once_by_pattern_packed_and_from_standard_input(tmp_path: Path) -> None:
    """Each counts; together they are one run with the reports of a run."""
    (tmp_path / "deep/er").mkdir(parents=True)
    (tmp_path / "deep/a.har").write_bytes(har(har_entry(raw())))
    (tmp_path / "deep/er/b.har.gz").write_bytes(packed(har(har_entry(raw()), har_entry(raw()))))
    (tmp_path / "c.yaml").write_bytes(vcrpy(raw()))
    done = run(tmp_path, "deep/**/*.har*", "c.yaml", "-", stdin=GOOD)
    assert done.returncode == 0, done.stderr
    assert b"6 exchanges" in done.stdout
    assert account(tmp_path)["exchanges"] == {"StartNotebook": {"200": 6}}
    assert {"run.json", "summary.md", "traffic.json"} <= {
        path.name for path in (tmp_path / "reports/latest").iterdir()
    }


def test_values_that_a_rule_cannot_be_asked_of_print_nothing(tmp_path: Path) -> None:
    """They are findings where their type is wrong; the engine of the rules would print a line."""
    odd = raw(notebook(lease={"type": 5}), url=f"{START}?type=timing")
    (tmp_path / "a.ndjson").write_bytes(ndjson(odd))
    done = contract_tests(tmp_path, "verify", "a.ndjson")
    assert "Lease.type" in done.out
    assert done.err == ""


def test_a_file_that_two_names_lead_to_is_read_once(tmp_path: Path) -> None:
    """As `reports/*/traffic.har` does, `latest` being one of them."""
    (tmp_path / "a.ndjson").write_bytes(GOOD)
    (tmp_path / "latest.ndjson").symlink_to(tmp_path / "a.ndjson")
    assert [source.name for source in expand((str(tmp_path / "*"),))] == [
        str(tmp_path / "a.ndjson")
    ]


def test_new_findings_are_exit_1_with_file_and_offset(tmp_path: Path) -> None:
    """The place to look at stands in the output and in traffic.json."""
    (tmp_path / "a.ndjson").write_bytes(WRONG)
    done = run(tmp_path, "a.ndjson")
    offset = len(ndjson(raw()))
    assert done.returncode == 1
    assert f"a.ndjson@{offset}" in done.stdout.decode()
    found = account(tmp_path)["findings"]
    assert isinstance(found, dict)
    (where,) = found.values()
    assert where == {
        "file": "a.ndjson",
        "offset": offset,
        "place": "StartNotebook:NotebookResp.status",
    }


def test_what_the_ledger_knows_does_not_fail_but_is_seen(tmp_path: Path) -> None:
    """EFS is a known discrepancy; by --view documented it fails all the same."""
    (tmp_path / "a.ndjson").write_bytes(ndjson(raw(notebook(volume={"category": "EFS"}))))
    assert run(tmp_path, "a.ndjson").returncode == 0
    ledger = json.loads((tmp_path / "reports/latest/run.json").read_text())["ledger"]
    assert {entry["id"]: entry["state"] for entry in ledger}["volume-category-efs"] == "seen"
    assert run(tmp_path, "a.ndjson", "--view", "documented").returncode == 1


def test_values_facts_and_strangers_are_accounted_for(tmp_path: Path) -> None:
    """Values by enumeration, facts that were exercised, templates of no operation."""
    stranger = raw(url=f"{BASE}/v1/{PROJECT}/images/42")
    blank = raw(url=f"{START}?type=%20")
    (tmp_path / "a.ndjson").write_bytes(ndjson(raw(), blank, stranger, stranger))
    done = run(tmp_path, "a.ndjson")
    found = account(tmp_path)
    values, unmatched = found["values"], found["unmatched"]
    assert isinstance(values, dict)
    assert values["Lease.type"] == {"timing": 2}
    assert unmatched == {"exchanges": 2, "templates": {"POST /v1/{}/images/{}": 2}}
    assert b"Of no operation (2)" in done.stdout
    assert re.search(r"Lease\.type +timing \N{MULTIPLICATION SIGN}2\n", done.stdout.decode())
    assert '" "' in done.stdout.decode()
    run_json = json.loads((tmp_path / "reports/latest/run.json").read_text())
    exercised = [f for f in run_json["matrix"] if not f["agreement"].endswith("-unexercised")]
    places = {(fact["place"]["structure"], fact["place"]["field"]) for fact in exercised}
    assert ("Lease", "type") in places
    assert ("Pool", "id") not in places


def test_diagnostics_are_printed_and_the_rest_is_verified(tmp_path: Path) -> None:
    """Broken lines, a body that cannot be unpacked, a clock that went backwards."""
    packed_badly = raw({"base64": "AAAA"})
    packed_badly["response"]["headers"] = [["Content-Encoding", "br"]]
    (tmp_path / "a.ndjson").write_bytes(
        ndjson(raw(), "{broken", packed_badly, raw(sent_at=1763899990.0), raw())
    )
    done = run(tmp_path, "a.ndjson")
    out = done.stdout.decode()
    assert done.returncode == 0
    assert "Not read, or odd (3)" in out
    assert "broken record" in out
    assert "packed with br" in out
    assert "the clock went backwards by 10.000 s" in out
    assert account(tmp_path)["records"] == 4


@pytest.mark.parametrize("content", [b"{broken\n", b"no traffic at all", b"\x1f\x8b\x08broken"])
def test_nothing_readable_is_exit_2(tmp_path: Path, content: bytes) -> None:
    """Though another file could be read, and is reported."""
    (tmp_path / "good.ndjson").write_bytes(GOOD)
    (tmp_path / "bad.ndjson").write_bytes(content)
    done = run(tmp_path, "good.ndjson", "bad.ndjson")
    assert done.returncode == 2
    assert b"error: bad.ndjson: nothing could be read; see the diagnostics" in done.stderr
    assert account(tmp_path)["records"] == 2
    assert run(tmp_path, "*.ndjson").returncode == 0


@pytest.mark.parametrize("content", [b"", b"\n\n", har()], ids=["empty", "blank", "no entries"])
def test_no_exchange_at_all_is_exit_2(tmp_path: Path, content: bytes) -> None:
    """It proves nothing; beside a file that holds one, it does no harm."""
    (tmp_path / "a.ndjson").write_bytes(content)
    done = run(tmp_path, "a.ndjson")
    assert done.returncode == 2
    assert b"error: a.ndjson: there is no exchange in it" in done.stderr
    (tmp_path / "b.ndjson").write_bytes(GOOD)
    assert run(tmp_path, "a.ndjson", "b.ndjson").returncode == 0


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("missing.har", "missing.har: there is no such file; name files, or a pattern"),
        ("*.har", "*.har: there is no such file"),
        (".", ".: is a folder; name files"),
    ],
)
def test_what_is_not_there_is_one_line(tmp_path: Path, pattern: str, message: str) -> None:
    """With how to do it better."""
    done = run(tmp_path, pattern)
    assert done.returncode == 2
    assert message in done.stderr.decode()
    assert len(done.stderr.decode().strip().splitlines()) == 1


def test_the_schema_of_a_line_is_printed(tmp_path: Path) -> None:
    """It is the documented one, and JSON Schema."""
    done = run(tmp_path, "--schema")
    assert done.returncode == 0
    assert json.loads(done.stdout)["title"] == "A recorded exchange"


def test_the_columns_of_parquet_are_printed(tmp_path: Path) -> None:
    """Those of exchanges and of findings, each with its type."""
    pytest.importorskip("pyarrow", reason="the extra arrow is not installed")
    done = run(tmp_path, "--columns")
    assert done.returncode == 0
    assert re.search(r"^sent_at +double +seconds since 1970$", done.stdout.decode(), re.MULTILINE)
    assert re.search(r"^fingerprint +string +finding: ", done.stdout.decode(), re.MULTILINE)


def test_processes_here_and_workers_elsewhere_are_one_or_the_other(tmp_path: Path) -> None:
    """Before anything is read."""
    done = run(tmp_path, "a.har", "--jobs", "2", "--scheduler", "tcp://127.0.0.1:9")
    assert done.returncode == 2
    assert b"error: --jobs is for this machine, --scheduler for others; give one" in done.stderr


def test_several_processes_find_what_one_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of files in pieces, of whole files, packed or not."""
    monkeypatch.setattr("contract_tests.traffic.engines.jobs.PIECE", 5000)
    lines = [raw(notebook(status="SLEEPING" if i % 7 == 0 else "RUNNING")) for i in range(60)]
    (tmp_path / "a.ndjson").write_bytes(ndjson(*lines, "{broken", *lines))
    (tmp_path / "b.ndjson.gz").write_bytes(packed(ndjson(*lines)))
    (tmp_path / "c.har").write_bytes(har(*map(har_entry, lines)))
    (tmp_path / "cut.ndjson.gz").write_bytes(packed(ndjson(*lines[:20]))[:-30])
    sources = expand((str(tmp_path / "*"),))
    one, two = (verify_sources(Settings(now=1.8e9), sources, jobs) for jobs in (1, 2))
    for kind in ("record", "exchange", "finding", "exercised", "value", "diagnostic"):
        assert one.totals(kind) == two.totals(kind)
    assert {k: s.rank for k, s in one.samples.items()} == {
        k: s.rank for k, s in two.samples.items()
    }
    assert one.diagnostics == two.diagnostics
    assert any("the gzip file breaks off" in found.reason for found in one.diagnostics)
    assert one.total("record") > 240


def test_what_is_packed_twice_is_read_once_by_any_number_of_processes(tmp_path: Path) -> None:
    """What comes out of gzip is what the file holds, whatever it looks like."""
    (tmp_path / "a.ndjson.gz").write_bytes(packed(packed(GOOD)))
    sources = expand((str(tmp_path / "a.ndjson.gz"),))
    one, two = (verify_sources(Settings(now=1.8e9), sources, jobs) for jobs in (1, 2))
    assert one.total("record") == two.total("record") == 0
    assert two.diagnostics == one.diagnostics != ()


def test_a_line_that_is_too_long_is_one_diagnostic_for_any_number_of_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many pieces it would fill; the lines beside it are verified."""
    monkeypatch.setattr("contract_tests.traffic.engines.jobs.PIECE", 2000)
    for module in ("engines.jobs", "reading.lines"):
        monkeypatch.setattr(f"contract_tests.traffic.{module}.LIMIT", 4000)
    (tmp_path / "a.ndjson").write_bytes(ndjson(raw(), "x" * 30_000, raw(), raw()))
    sources = expand((str(tmp_path / "a.ndjson"),))
    one, two = (verify_sources(Settings(now=1.8e9), sources, jobs) for jobs in (1, 2))
    assert [found.reason for found in one.diagnostics] == ["broken record: longer than 4000 bytes"]
    assert two.diagnostics == one.diagnostics
    assert one.total("record") == two.total("record") == 3


def test_a_name_that_is_too_long_is_one_line(tmp_path: Path) -> None:
    """As is any that the system refuses to look at."""
    done = run(tmp_path, "a" * 300)
    assert done.returncode == 2
    assert done.stderr.decode().endswith(
        "a: cannot be read: File name too long; name files that can be read\n"
    )


def test_standard_input_and_a_file_of_that_name_both_count(tmp_path: Path) -> None:
    """The names of sources tell their counts apart."""
    (tmp_path / "stdin").write_bytes(GOOD)
    assert b"4 exchanges" in run(tmp_path, "-", "stdin", stdin=GOOD).stdout


def test_standard_input_that_is_closed_or_empty_is_exit_2(tmp_path: Path) -> None:
    """One line each."""
    done = run(tmp_path, "-")
    assert done.returncode == 2
    assert b"<stdin>@0: it is empty" in done.stdout
    done = run(tmp_path, "-", stdin=None)
    assert done.returncode == 2
    assert b"error: -: standard input is closed; pipe traffic into it" in done.stderr


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("pack", [bytes, packed], ids=["plain", "gzip"])
def test_what_can_be_read_only_once_is_read_whole(
    tmp_path: Path, jobs: str, pack: Callable[[bytes], bytes]
) -> None:
    """A named pipe, as `<(zcat a.har.gz)` is one, for any number of processes."""
    os.mkfifo(tmp_path / "pipe")
    content = pack(har(*[har_entry(raw())] * 200))
    writer = Thread(target=(tmp_path / "pipe").write_bytes, args=(content,))
    writer.start()
    done = run(tmp_path, "pipe", "--jobs", jobs)
    writer.join()
    assert done.returncode == 0, done.stdout
    assert b"200 exchanges" in done.stdout


def test_ctrl_c_ends_all_processes_in_one_line(tmp_path: Path) -> None:
    """The terminal interrupts them all; only the one that was started says so."""
    options = ("--jobs", "2", "--format", "ndjson")
    with subprocess.Popen(
        [sys.executable, "-m", "contract_tests", "verify", "-", *options],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        line = b"x" * 1_000_000 + b"\n"
        for _ in range(2 * PIECE // len(line)):  # so the first piece is being worked on
            process.stdin.write(line)
        while process.poll() is None:  # it may be about to read on, and not see the first
            os.killpg(process.pid, signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=3)
        assert process.stderr.read().strip() == b"interrupted"
    assert process.returncode == 130
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("content", "code"), [(GOOD, 0), (WRONG, 1)], ids=["good", "wrong"])
def test_who_stops_reading_changes_no_verdict(tmp_path: Path, content: bytes, code: int) -> None:
    """As `| head -1` does, which is gone before the summary ends."""
    (tmp_path / "a.ndjson").write_bytes(content)
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "contract_tests", "verify", "a.ndjson"],
        cwd=tmp_path,
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (code, b"")
    assert account(tmp_path)["records"] == 2


def test_a_screen_of_ascii_shows_what_it_can(tmp_path: Path) -> None:
    """Rather than nothing of it, as in the log of a machine without a locale."""
    (tmp_path / "a.ndjson").write_bytes(ndjson(raw(notebook(status="M\u00fcde"))))
    done = subprocess.run(
        [sys.executable, "-m", "contract_tests", "verify", "a.ndjson"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, b"")
    assert re.search(rb"NotebookResp\.status +M\?de \?1\n", done.stdout)


@pytest.mark.parametrize("checks", [(), ("no-answer", "response-schema", "undocumented-field")])
def test_nothing_tells_a_secret(tmp_path: Path, checks: tuple[str, ...]) -> None:
    """Neither a token that an answer or a query repeats, nor one in the words of the transport."""
    echoed = raw(notebook(**{TOKEN: 1, "status": TOKEN}))
    echoed["request"]["url"] += f"?type={TOKEN}"
    detail = "too many retries with url: /v1/x?token=hunter2 (refused)"
    failed = raw(failure={"kind": "unreachable", "detail": detail})
    del failed["response"]
    (tmp_path / "a.ndjson").write_bytes(ndjson(echoed, failed, echoed))
    formats = ("html", "har", "sarif", "markdown")
    options = [option for name in formats for option in ("--report", name)]
    options += [option for id_ in checks for option in ("--check", id_)]
    done = run(tmp_path, "a.ndjson", *options)
    assert done.returncode == 1
    assert b"?token=[masked]" in (tmp_path / "reports/latest/run.json").read_bytes()
    shown = [path.read_text() for path in (tmp_path / "reports/latest").iterdir()]
    for text in (done.stdout.decode(), *shown):
        assert "hunter2" not in text
        assert TOKEN not in text
    assert re.search(rb"NotebookResp\.status +\[masked\] \xc3\x972", done.stdout)


def test_text_that_is_no_unicode_is_judged_like_any_other(tmp_path: Path) -> None:
    """In the URL as in the body: a recorder wrote the bytes as they came."""
    asked = ndjson(raw(url=f"{START}?type=BYTE"), raw(notebook(status="BYTE")))
    (tmp_path / "a.ndjson").write_bytes(asked.replace(b"BYTE", b"\x80"))
    done = run(tmp_path, "a.ndjson", "--report", "html", "--report", "har")
    assert done.returncode == 1
    found = account(tmp_path)["findings"]
    assert isinstance(found, dict)
    places = {where["place"] for where in found.values()}
    assert places >= {"StartNotebook:query.type", "StartNotebook:body.200"}


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_that_is_gone_is_a_diagnostic(tmp_path: Path, jobs: int) -> None:
    """The others are verified, by any number of processes."""
    for name in "abc":
        (tmp_path / f"{name}.har").write_bytes(har(har_entry(raw())))
    sources = expand((str(tmp_path / "*.har"),))
    (tmp_path / "b.har").unlink()
    tally = verify_sources(Settings(now=1.8e9), sources, jobs)
    assert tally.total("record") == 2
    assert [found.reason for found in tally.diagnostics] == [
        "cannot be read: No such file or directory"
    ]
