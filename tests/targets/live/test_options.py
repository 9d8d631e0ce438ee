"""The target that people describe, on the command line and in a file, and what wrong words get."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from contract_tests.errors import InputError, TargetError
from contract_tests.targets.options import (
    RATE,
    TargetChoice,
    target_from_options,
    target_options,
)
from contract_tests.targets.target import TOKEN, Secrets, Target

STAGING = """
# who may use it: everybody
[targets.staging]
base_url = "https://staging.example/"
project_id = "p"
notebook_ids = ["a", "b"]
max_starts = 2
rate = 1.5
allow = ["unlisted-ids"]

[targets.other]
base_url = "https://other.example"
project_id = "q"
notebook_ids = ["c"]
verify = false
"""
ALL = {"project_id": "p", "notebook_ids": ["a"]}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a configuration."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "contract-tests.toml").write_text(STAGING)
    return tmp_path


def target(name: str, **overrides: object) -> Target:
    """The target of the configuration in the working folder."""
    return target_from_options(name, None, overrides, {})[0]


def test_a_named_target(folder: Path) -> None:
    """Its fields come from the file; what the file does not say is the careful default."""
    assert target("staging") == Target(
        name="staging",
        base_url="https://staging.example",
        project_id="p",
        notebook_ids=("a", "b"),
        max_starts=2,
        rate=1.5,
        allow=frozenset({"unlisted-ids"}),
    )
    other = target("other")
    assert (other.kind, other.max_starts, other.rate, other.verify) == ("live", 5, RATE, False)


def test_options_go_before_the_file(folder: Path) -> None:
    """Field by field."""
    given = target("staging", max_starts=0, notebook_ids=["z"])
    assert (given.max_starts, given.notebook_ids, given.project_id) == (0, ("z",), "p")


def test_a_base_url_needs_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All else comes from options."""
    monkeypatch.chdir(tmp_path)
    given = target("https://h.example:8443/gateway/", **ALL)
    assert given.base_url == "https://h.example:8443/gateway"
    assert (given.origin, given.host, given.prefix) == (
        "https://h.example:8443",
        "h.example:8443",
        "/gateway",
    )


@pytest.mark.parametrize("url", ["http://127.0.0.1:80", "http://localhost", "http://[::1]:8080"])
def test_this_machine_needs_no_rate_and_no_tls(url: str) -> None:
    """Nobody shares it, and nobody listens in."""
    assert target(url, **ALL).rate is None


def test_tokens_come_from_the_environment(folder: Path) -> None:
    """And from nowhere else."""
    environ = {"CONTRACT_TESTS_TOKEN": " t0ken-1234\n", "CONTRACT_TESTS_OTHER_TOKEN": "other-1234"}
    _, secrets = target_from_options("staging", environ=environ)
    assert secrets == Secrets.of("t0ken-1234", "other-1234")
    assert [secret.name for secret in secrets.texts] == [TOKEN, "CONTRACT_TESTS_OTHER_TOKEN"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("stagin", "no target 'stagin' in contract-tests.toml; did you mean staging?"),
        ("x", "no target 'x' in contract-tests.toml; it has staging, other"),
    ],
)
def test_an_unknown_target_is_told(name: str, message: str, folder: Path) -> None:
    """With a near one, or those there are."""
    with pytest.raises(TargetError) as caught:
        target(name)
    assert str(caught.value) == message


def test_no_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the other way to name a target."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(TargetError) as caught:
        target("staging")
    assert str(caught.value) == (
        "no target 'staging': there is no contract-tests.toml here; give --base-url"
    )


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('token = "s3cret"', "11: token is a secret, which no file may hold; delete it there"),
        ('x-auth-token = "s3cret"', "11: x-auth-token is a secret"),
        ('password = "s3cret"', "11: password is a secret"),
        ('access_key = "s3cret"', "11: access_key is a secret"),
        ('projectid = "p"', "11: unknown key 'projectid'; did you mean project_id?"),
        ("zzz = 1", "11: unknown key 'zzz'; there are allow, auth, base_url, cert"),
        ("timeout = 0", "11: timeout: a number above 0 is expected, not 0; mend it"),
        ("timeout = inf", "11: timeout: a number above 0 is expected, not inf; mend it"),
        ('timeout = "5"', "11: timeout: a number is expected, not '5'; mend it"),
        ("read_only = 1", "11: read_only: true or false is expected, not 1; mend it"),
        ('verify = "no.pem"', "11: verify: there is no file no.pem; mend it"),
        ('cert = ["a"]', "11: cert: there is no file a; mend it"),
        ("auth = []", "11: auth: a text is expected, not []; mend it"),
        ("timeout = ", "11: no valid TOML: Invalid value; mend it"),
    ],
)
def test_a_wrong_line_is_told(line: str, message: str, folder: Path) -> None:
    """With file and line, what is wrong, and the remedy; a secret is not repeated."""
    file = folder / "contract-tests.toml"
    file.write_text(STAGING.replace("[targets.other]", f"{line}\n\n[targets.other]"))
    with pytest.raises(InputError) as caught:
        target("staging")
    assert str(caught.value).startswith(f"contract-tests.toml:{message}")
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"[target.staging]\n", ":1: unknown key 'target'; there is only [targets.NAME]"),
        (b"targets = 1\n", ":1: targets is no table; write [targets.NAME]"),
        (b"[targets]\nstaging = 1\n", ":2: target 'staging' is no table; write [targets.staging]"),
        (b"\xff", ": is not UTF-8; save it as UTF-8"),
    ],
)
def test_a_wrong_file_is_told(content: bytes, message: str, folder: Path) -> None:
    """With the line where one is to blame."""
    (folder / "contract-tests.toml").write_bytes(content)
    with pytest.raises(InputError) as caught:
        target("staging")
    assert str(caught.value) == f"contract-tests.toml{message}"


def test_another_file(folder: Path) -> None:
    """`--config`; one that cannot be read is told."""
    (folder / "mine.toml").write_text(STAGING.replace("staging.example", "mine.example"))
    assert target_from_options("staging", "mine.toml", environ={})[0].host == "mine.example"
    with pytest.raises(InputError, match=r"^none\.toml: cannot be read: No such file"):
        target_from_options("staging", "none.toml", environ={})


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("ftp://h", "--base-url: https://HOST is expected, not 'ftp://h'"),
        ("https://", "--base-url: https://HOST is expected"),
        ("https://h:x", "--base-url: no URL: "),
        ("https://u:p4ss@h", "--base-url: it holds a user or password; credentials come from"),
        ("https://h/?a=b", "--base-url: https://HOST/PATH is expected, without ? and #"),
        ("http://h.example", "http://h.example: http:// would send the token for all to read"),
    ],
)
def test_a_wrong_base_url_is_told(url: str, message: str) -> None:
    """One line, without a password in it."""
    with pytest.raises(TargetError) as caught:
        target(url, **ALL)
    assert str(caught.value).startswith(message)
    assert "p4ss" not in str(caught.value)


def test_what_is_missing_is_told() -> None:
    """With the option that gives it."""
    with pytest.raises(TargetError) as caught:
        target("https://h.example", project_id="p")
    assert str(caught.value) == "target https://h.example: no notebook_ids; give --notebook-id"


def choose(*arguments: str) -> TargetChoice | str:
    """What a command with the options of a target gets, or the error it gives."""
    got: list[TargetChoice] = []

    @click.command()
    @click.option("--seed", default=0)
    @target_options
    def command(choice: TargetChoice, seed: int) -> None:
        got.append(choice)

    result = CliRunner().invoke(command, list(arguments))
    said = result.output.strip() or f"Error: {result.exception}"
    return got[0] if got else said.splitlines()[-1]


def test_no_option_means_the_mock() -> None:
    """Nothing is overridden."""
    assert choose() == TargetChoice()
    assert choose("--seed", "3") == TargetChoice()


def test_all_options(tmp_path: Path) -> None:
    """Each becomes a field of the target; the choice can travel as JSON."""
    pem = tmp_path / "x.pem"
    pem.touch()
    arguments = ["--base-url", "https://h", "--project-id", "p", "--notebook-id", "a"]
    arguments += ["--notebook-id", "b", "--other-project-id", "q", "--auth", "iam"]
    arguments += ["--timeout", "3", "--rate", "2", "--ca-file", str(pem), "--client-cert", str(pem)]
    arguments += ["--max-starts", "0", "--read-only", "--allow", "unlisted-ids", "--allow", "all"]
    choice = choose(*arguments)
    assert isinstance(choice, TargetChoice)
    travelled = TargetChoice(**json.loads(json.dumps(asdict(choice))))
    given, _ = target_from_options(travelled.target, travelled.config, travelled.overrides, {})
    assert given == Target(
        name="https://h",
        base_url="https://h",
        project_id="p",
        notebook_ids=("a", "b"),
        other_project_id="q",
        auth="iam",
        timeout=3,
        rate=2,
        verify=str(pem),
        cert=str(pem),
        max_starts=0,
        read_only=True,
        allow=frozenset({"unlisted-ids", "all"}),
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--target", "a", "--base-url", "b"], "--target and --base-url both say what to test"),
        (["--base-url", "b", "--insecure", "--ca-file", "c"], "--ca-file verifies TLS"),
        (["--base-url", "staging"], "--base-url: https://HOST is expected, not 'staging'"),
        (["--project-id", "p", "--read-only"], "--project-id, --read-only: of which target?"),
        (["--insecure"], "--insecure: of which target? give --base-url or --target"),
        (["--allow", "x"], "Invalid value for '--allow'"),
        (["--token", "t"], "No such option '--token'"),
    ],
)
def test_contradictions_are_told(arguments: list[str], message: str) -> None:
    """There is no option for a token."""
    error = choose(*arguments)
    assert isinstance(error, str)
    assert error.startswith(f"Error: {message}")


def test_insecure_is_said() -> None:
    """It is the only way to leave TLS unverified."""
    choice = choose("--base-url", "https://h", "--insecure")
    assert isinstance(choice, TargetChoice)
    assert choice.overrides == {"verify": False}
