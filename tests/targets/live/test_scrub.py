"""Nothing secret is printed or logged while a run goes on, by whomever."""
# ruff: noqa: T201 (what is printed is what is tested)

from __future__ import annotations

import io
import logging
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from contract_tests.exchange import Request
from contract_tests.masking import Secret
from contract_tests.targets.scrub import environment_secrets, scrubbed_logs, scrubbed_output
from tests.targets.live.conftest import ONE, PROJECT, TOKEN, Opener

SECRET = Secret("made-up-token-0123456789-of-nobody", "CONTRACT_TESTS_TOKEN")
SHOWN = "${CONTRACT_TESTS_TOKEN}"


def test_what_is_printed_is_masked(capsys: pytest.CaptureFixture[str]) -> None:
    """On both streams, and only for the time of the block."""
    with scrubbed_output(lambda: [SECRET]):
        print(f"a {SECRET} b")
        sys.stderr.writelines([f"{SECRET}\n"])
        assert not sys.stdout.isatty()
    print("after")
    captured = capsys.readouterr()
    assert captured.out == f"a {SHOWN} b\nafter\n"
    assert captured.err == f"{SHOWN}\n"


def test_a_secret_that_is_learned_later_is_masked(capsys: pytest.CaptureFixture[str]) -> None:
    """A renewed token joins those that are known."""
    known: list[str] = []
    with scrubbed_output(lambda: known):
        known.append(SECRET)
        print(SECRET)
    assert capsys.readouterr().out == f"{SHOWN}\n"


def test_what_is_logged_is_masked() -> None:
    """Message, arguments and traceback; also on a handler that writes elsewhere."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    log = logging.getLogger("tests.scrub")
    log.addHandler(handler)
    try:
        with scrubbed_logs(lambda: [SECRET]):
            log.error("sent %s", SECRET)
            try:
                raise ValueError(f"bad {SECRET}")
            except ValueError:
                log.exception("it failed")
        log.error("after")
    finally:
        log.removeHandler(handler)
    text = written.getvalue()
    assert "made-up" not in text
    assert f"sent {SHOWN}\n" in text
    assert f"ValueError: bad {SHOWN}" in text
    assert text.endswith("after\n")


def test_a_session_scrubs_what_libraries_log(
    open_live: Opener, caplog: pytest.LogCaptureFixture
) -> None:
    """urllib3 logs each request; whoever turns that on sees no token in it."""
    caplog.set_level(logging.DEBUG)
    with open_live() as session:
        url = f"{session.target.base_url}/v1/{PROJECT}/notebooks/{ONE}?token={TOKEN}"
        session.send(session.authorize(Request("GET", url)))
        logging.getLogger("somebody").warning("headers: %r", {"X-Auth-Token": TOKEN})
    assert "somebody" in {record.name for record in caplog.records}
    assert TOKEN not in caplog.text


def test_the_environment_s_secrets_are_known() -> None:
    """Those of every scheme, by their names."""
    environ = {"CONTRACT_TESTS_TOKEN": "a", "OS_PASSWORD": "b", "HUAWEICLOUD_SDK_SK": "c", "X": "d"}
    found = environment_secrets(environ)
    assert {secret.name: str(secret) for secret in found} == {
        "CONTRACT_TESTS_TOKEN": "a",
        "OS_PASSWORD": "b",
        "HUAWEICLOUD_SDK_SK": "c",
    }


def test_a_failing_property_shows_no_token(tmp_path: Path) -> None:
    """Neither pytest's traceback with all variables nor hypothesis' falsifying example does."""
    (tmp_path / "test_it.py").write_text(
        textwrap.dedent("""
            import os
            from hypothesis import given, settings, strategies as st
            from contract_tests.exchange import Request

            TOKEN = os.environ["CONTRACT_TESTS_TOKEN"]
            REQUEST = Request("GET", "http://h/", (("X-Auth-Token", TOKEN),))

            @given(st.just(REQUEST))
            @settings(database=None)
            def test_it(request):
                headers = dict(request.headers)
                assert headers == {}, TOKEN[:-2]
        """)
    )
    program = """
        import pytest
        from contract_tests.targets.scrub import scrubbed_output
        with scrubbed_output():
            pytest.main(["-vv", "-l", "--color=no", "-pno:schemathesis", "test_it.py"])
    """
    environment = {"CONTRACT_TESTS_TOKEN": str(SECRET), "PYTHONPATH": str(Path.cwd())}
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "1 failed" in done.stdout
    assert "Request(method='GET'" in done.stdout
    assert "made-up-token" not in done.stdout + done.stderr
