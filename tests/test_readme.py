"""The README keeps its word: every command in it is there, and does what it is said to do."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from contract_tests.cli import root
from contract_tests.contract import load_contract
from contract_tests.targets.mock import Mock, serve
from tests.suite.runs import contract_tests

REPOSITORY = Path(__file__).parent.parent
README = (REPOSITORY / "README.md").read_text()
CONSOLE = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
COMMANDS = [
    line.removeprefix("$ ").split("  #")[0].strip()
    for block in CONSOLE
    for line in block.splitlines()
    if line.startswith("$ ")
]
INLINE = re.findall(r"`contract-tests ([a-z][^`]*)`", README)
FINDING_SOMETHING = ("docs check", "--fault start-volume.capacity-string", "replay")
"""Commands whose exit code is 1, because there is something to find."""


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone of this repository, to run the commands in."""
    if not (REPOSITORY / ".git").exists():
        pytest.skip("this is no git checkout")
    folder = tmp_path_factory.mktemp("readme") / "clone"
    subprocess.run(["git", "clone", "--quiet", str(REPOSITORY), str(folder)], check=True)
    return folder


@pytest.fixture(scope="module")
def staging(checkout: Path) -> Iterator[Mock]:
    """The target of the README's `contract-tests.toml`, which is a mock here."""
    (settings,) = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    with serve(load_contract().view("observed")) as mock:
        values = {
            "base_url": f'"{mock.url}"',
            "project_id": f'"{mock.project_id}"',
            "notebook_ids": json.dumps(mock.notebook_ids[:4]),
        }
        for name, value in values.items():
            settings = re.sub(rf"^{name} = .*$", f"{name} = {value}", settings, flags=re.MULTILINE)
        (checkout / "contract-tests.toml").write_text(settings)
        yield mock


def runnable() -> list[str]:
    """The README's `contract-tests` commands, in their order."""
    return [c for c in COMMANDS if c.startswith("contract-tests ")]


@pytest.mark.slow
def test_the_commands_of_the_readme_do_what_they_say(checkout: Path, staging: Mock) -> None:
    """One after the other, as a reader would: each ends with the exit code that it should."""
    for command in runnable():
        arguments = shlex.split(command)[1:]
        if arguments[0] == "mock":
            assert serves(checkout, arguments)
            continue
        if "FINGERPRINT" in arguments:
            arguments[arguments.index("FINGERPRINT")] = newest_fingerprint(checkout)
        if arguments[:1] == ["run"] and "--budget" not in arguments:
            arguments += ["--budget", "quick"]
        done = contract_tests(checkout, *arguments, CONTRACT_TESTS_TOKEN=staging.token)
        due = 1 if any(words in command for words in FINDING_SOMETHING) else 0
        assert done.code == due, f"{command}\n{done.out}\n{done.err}"


def serves(folder: Path, arguments: list[str]) -> bool:
    """Whether a mock says where it is, in one line of JSON."""
    process = subprocess.Popen(
        [sys.executable, "-m", "contract_tests", *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        first_line: dict[str, object] = json.loads(process.stdout.readline())
        return {"url", "token", "project_id"} <= first_line.keys()
    finally:
        process.terminate()
        process.wait(10)


def newest_fingerprint(folder: Path) -> str:
    """Of a new finding of the last run."""
    run = json.loads((folder / "reports" / "latest" / "run.json").read_text())
    new = [v["finding"]["fingerprint"] for v in run["verdicts"] if v["state"] == "new"]
    return str(new[0])


@pytest.mark.parametrize("command", sorted({*INLINE, *(c[15:] for c in runnable())}))
def test_every_command_and_option_of_the_readme_exists(command: str) -> None:
    """Also of those that stand in a sentence: the command, and each long option."""
    found: click.Command = root
    context = click.Context(root)
    words = command.split()
    while isinstance(found, click.Group) and words and re.fullmatch("[a-z-]+", words[0]):
        inner = found.get_command(context, words.pop(0))
        assert inner is not None, command
        found = inner
    known = {option for parameter in found.params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= known, command


def test_every_script_of_the_readme_is_there() -> None:
    """And can be run."""
    for name in set(re.findall(r"scripts/[a-z-]+", README)):
        path = REPOSITORY / name
        assert path.is_file(), name
        assert path.stat().st_mode & 0o111, name


def test_every_link_of_the_readme_leads_somewhere() -> None:
    """Inside of the repository."""
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (REPOSITORY / target).exists(), target
