"""Whatever a run is given, it ends with one clear line or with findings, never a traceback."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from contract_tests.contract import default_spec_folder
from tests.suite.odd_servers import BODY, NOTEBOOK, PROJECT, Answer, body, endless, serving
from tests.suite.runs import Done, contract_tests

TARGET = ("--project-id", PROJECT, "--notebook-id", NOTEBOOK)


def refused(done: Done, *words: str) -> None:
    """It ended with exit code 2 and one line, which holds these words; nothing was written."""
    assert done.code == 2, done.out + done.err
    assert "Traceback" not in done.out + done.err
    assert len(done.err.strip().splitlines()) == 1, done.err
    for word in words:
        assert word in done.err
    assert not (done.folder / "reports" / "latest").exists()


def spec_with(folder: Path, name: str, old: str, new: str) -> str:
    """A copy of the shipped contract in which one text of one document is another."""
    copy = shutil.copytree(default_spec_folder(), folder / "spec")
    text = (copy / name).read_text()
    assert old in text
    (copy / name).write_text(text.replace(old, new, 1))
    return str(copy / "modelarts-notebook.openapi.yaml")


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("modelarts-notebook.openapi.yaml", "openapi: 3.1.0", "openapi: [", ()),
        ("modelarts-notebook.openapi.yaml", "openapi: 3.1.0", "swagger: 2.0", ("OpenAPI 3.1",)),
        ("observed.overlay.yaml", "target: $", "target: $.nowhere", ("observed.overlay.yaml",)),
        ("discrepancies.yaml", "wrong: docs", "wrong: nobody", ("discrepancies.yaml", "nobody")),
        ("discrepancies.yaml", "    where:", "    wher:", ("discrepancies.yaml",)),
    ],
)
def test_a_wrong_contract_is_one_line(
    tmp_path: Path, name: str, old: str, new: str, words: tuple[str, ...]
) -> None:
    """Spec, overlay and ledger: file, line and remedy."""
    spec = spec_with(tmp_path, name, old, new)
    refused(contract_tests(tmp_path, "run", "--spec", spec), name, *words)


def test_a_spec_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    """The file is named."""
    refused(contract_tests(tmp_path, "run", "--spec", "nowhere.yaml"), "nowhere.yaml")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--target", "stagin"), ("stagin",)),
        (("--base-url", "http://127.0.0.1:9", *TARGET), ("CONTRACT_TESTS_TOKEN",)),
        (("--base-url", "http://127.0.0.1:9"), ("--project-id",)),
        (("--base-url", "ftp://example.org", *TARGET), ("ftp://example.org",)),
        (("--fault", "no-such-fault"), ("no-such-fault",)),
        (("--report", "htm"), ("htm",)),
        (("--shard", "4/3"), ("4/3",)),
        (("--page", "nowhere.html"), ("nowhere.html",)),
    ],
)
def test_wrong_options_are_one_line(
    tmp_path: Path, options: tuple[str, ...], words: tuple[str, ...]
) -> None:
    """What is wrong and what to do, before anything is sent."""
    refused(contract_tests(tmp_path, "run", *options), *words)


def test_an_unreachable_host_is_one_line(tmp_path: Path) -> None:
    """Nothing listens there."""
    options = ("run", "--base-url", "http://127.0.0.1:9", *TARGET)
    done = contract_tests(tmp_path, *options, CONTRACT_TESTS_TOKEN="secret-token-0")
    refused(done, "127.0.0.1:9")
    assert "secret-token-0" not in done.err


def hung(_: object) -> None:
    """Answer nothing for a while."""
    time.sleep(5)


@pytest.mark.slow
@pytest.mark.parametrize(
    "answer",
    [
        body(b"<html><body>Welcome</body></html>", "text/html"),
        body(BODY, length=len(BODY) + 500),
        body(BODY.replace(b"STOPPED", b"STOP\xff\xfeED")),
        body(b'{"id": NaN}'),
        body(BODY.replace(b'"id"', b'"id": "x", "id"', 1)),
        body(b""),
        body(b"[" * 100_000),
        endless,
        hung,
    ],
    ids=["html", "truncated", "no-utf-8", "nan", "twice", "empty", "deep", "100-mb", "hung"],
)
def test_an_odd_server_ends_in_findings_or_one_line(tmp_path: Path, answer: Answer) -> None:
    """Its oddness is found, or the run says that it could not be done; no traceback."""
    with serving(answer) as url:
        options = ("run", "--budget", "quick", "--base-url", url, "--timeout", "0.3", *TARGET)
        done = contract_tests(
            tmp_path, *options, "--shard", "1/20", CONTRACT_TESTS_TOKEN="secret-token-0"
        )
    assert done.code in (1, 2), done.out
    assert "Traceback" not in done.out + done.err
    assert "secret-token-0" not in done.out + done.err
    if done.code == 2 and "UNPROVEN" not in done.out:
        assert len(done.err.strip().splitlines()) == 1, done.err
