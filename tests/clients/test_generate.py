"""Stubs are generated whole or not at all, the same each time; refusals name a line."""

from __future__ import annotations

import filecmp
import shutil
import subprocess
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from contract_tests.cli import root
from contract_tests.clients import _openapi_generator, generate, language, languages, python
from contract_tests.contract import View, load_contract
from contract_tests.errors import ContractTestsError, InputError, MissingExtraError

TOOLS = ["openapi-typescript@7.13.0", "typescript@5.9.3"]
CACHE = Path(__file__).parents[2] / "node_modules" / ".contract-tests" / "openapi-typescript"


REFUSED = """\
openapi: 3.1.0
info: {title: Things, version: '1'}
paths:
  /things:
    get:
      operationId: ListThings
      responses:
        '200':
          description: All.
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Wrong'}
components:
  schemas:
    Wrong:
      type: object
      properties:
        list: {type: array}
"""


def client_view(tmp_path: Path, spec: str) -> View:
    """The client view of a spec of one's own."""
    (tmp_path / "things.yaml").write_text(spec)
    return load_contract(tmp_path / "things.yaml").view("client")


def test_the_languages_are_the_modules_there_are() -> None:
    """A new language is a new file."""
    assert languages() == ("go", "java", "python", "typescript")
    assert all(language(id_).doc for id_ in languages())
    with pytest.raises(InputError, match="no language 'cobol'; choose of go, java"):
        language("cobol")


@pytest.mark.usefixtures("client_folder")
def test_the_same_contract_gives_the_same_bytes(tmp_path: Path) -> None:
    """In another folder, at another time."""
    view = load_contract().view("client")
    for name in ("one", "other"):
        generate("python", view, tmp_path / name)
    assert _files(tmp_path / "one") == _files(tmp_path / "other")
    files = [str(path) for path in _files(tmp_path / "one")]
    same, _, _ = filecmp.cmpfiles(tmp_path / "one", tmp_path / "other", files, shallow=False)
    assert sorted(same) == sorted(files)


@pytest.mark.usefixtures("client_folder")
def test_a_refusal_passes_the_generators_words_on_with_the_line(tmp_path: Path) -> None:
    """On one line, and nothing is written."""
    view = client_view(tmp_path, REFUSED)
    with pytest.raises(InputError) as caught:
        generate("python", view, tmp_path / "out")
    line = REFUSED.splitlines().index("    Wrong:") + 1
    message = str(caught.value)
    said = "openapi-python-client refuses the client view: "
    assert message.startswith(f"{tmp_path / 'things.yaml'}:{line}: {said}")
    assert "type array must have items" in message
    assert "\n" not in message
    assert [path.name for path in tmp_path.iterdir()] == ["things.yaml"]


def test_a_missing_generator_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For each language, and nothing is written."""

    def nothing(*_: object) -> None:
        return None

    monkeypatch.setattr(python, "find_spec", nothing)
    monkeypatch.setattr(_openapi_generator, "find_spec", nothing)
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}")
    wanted = {
        "python": "pip install 'contract-tests[clients]'",
        "java": "pip install openapi-generator-cli",
        "go": "pip install openapi-generator-cli",
    }
    for id_, remedy in wanted.items():
        with pytest.raises(MissingExtraError) as caught:
            generate(id_, load_contract().view("client"), tmp_path / "out")
        assert remedy in str(caught.value)
    monkeypatch.setattr(shutil, "which", nothing)
    with pytest.raises(MissingExtraError, match="npm install openapi-typescript"):
        generate("typescript", load_contract().view("client"), tmp_path / "out")
    with pytest.raises(MissingExtraError, match="needs Java 11 or newer; install a JRE"):
        generate("java", load_contract().view("client"), tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_a_jar_that_is_missing_is_a_missing_generator(monkeypatch: pytest.MonkeyPatch) -> None:
    """A package without its program is of no use."""
    bare = ModuleSpec("openapi_generator_cli", None, origin="/nowhere/__init__.py")
    monkeypatch.setattr(_openapi_generator, "find_spec", lambda _: bare)
    monkeypatch.setattr(shutil, "which", lambda _: "/bin/java")
    with pytest.raises(MissingExtraError, match="pip install openapi-generator-cli"):
        _openapi_generator.generate("go", {}, Path("a.json"), Path("out"))


@pytest.mark.usefixtures("client_folder")
def test_the_command_says_what_it_wrote_and_refuses_to_overwrite(tmp_path: Path) -> None:
    """A second time takes --force."""
    out = str(tmp_path / "out")
    arguments = ["client", "generate", "--lang", "python", "--out", out]
    done = CliRunner().invoke(root, arguments)
    assert done.exit_code == 0, done.output
    assert done.output.startswith(f"{out}: a python client, ")
    again = CliRunner().invoke(root, arguments)
    assert isinstance(again.exception, ContractTestsError)
    assert "exists already" in str(again.exception)


@pytest.fixture
def typescript(monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the programs of npm, on the PATH."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not installed")
    if not (CACHE / "node_modules" / ".bin" / "tsc").exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        command = [npm, "install", "--silent", "--ignore-scripts", "--prefix", str(CACHE), *TOOLS]
        done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
        if done.returncode:
            pytest.skip(f"npm cannot get {TOOLS}: {done.stderr.strip()[-200:]}")
    programs = CACHE / "node_modules" / ".bin"
    monkeypatch.setenv("PATH", str(programs), prepend=":")
    return programs


SAMPLE = """\
import type { components, operations } from "./out/api";

type Volume = components["schemas"]["VolumeRes"];
const known: Volume = { category: "EFS" };
const tomorrow: Volume = { category: "APPEARS_TOMORROW" };
const nothing: components["schemas"]["NotebookResp"] = {};
const sent: operations["StartNotebook"]["parameters"]["query"] = { type: "timing" };
// @ts-expect-error what is sent stays closed
const wrong: operations["StartNotebook"]["parameters"]["query"] = { type: "TIMING" };
export { known, nothing, sent, tomorrow, wrong };
"""


@pytest.mark.slow
def test_typescript_compiles_against_a_sample(typescript: Path, tmp_path: Path) -> None:
    """Strictly; known and unknown values of answers fit, a wrong request does not."""
    generate("typescript", load_contract().view("client"), tmp_path / "out")
    (tmp_path / "sample.ts").write_text(SAMPLE)
    command = [str(typescript / "tsc"), "--noEmit", "--strict", "sample.ts"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout == ""
    assert done.returncode == 0


@pytest.mark.slow
def test_java_compiles(tmp_path: Path) -> None:
    """Where a compiler and the libraries are: those of the generator itself, and annotations."""
    pytest.importorskip("openapi_generator_cli", reason="needs the extra clients")
    if shutil.which("javac") is None:
        pytest.skip("javac is not installed")
    annotations = sorted(Path.home().glob(".m2/repository/**/javax.annotation-api-*.jar"))
    if not annotations:
        pytest.skip("no javax.annotation-api among the local Maven packages")
    generate("java", load_contract().view("client"), tmp_path / "out")
    sources = [str(path) for path in (tmp_path / "out" / "src" / "main").rglob("*.java")]
    libraries = f"{_openapi_generator._jar()}:{annotations[-1]}"
    done = subprocess.run(
        ["javac", "-nowarn", "-d", str(tmp_path / "classes"), "-cp", libraries, *sources],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.mark.slow
def test_go_is_written_and_compiles_where_a_compiler_is(tmp_path: Path) -> None:
    """Known values of answers are no closed type there."""
    pytest.importorskip("openapi_generator_cli", reason="needs the extra clients")
    if shutil.which("java") is None:
        pytest.skip("Java is not installed")
    generate("go", load_contract().view("client"), tmp_path / "out")
    volume = (tmp_path / "out" / "model_volume_res.go").read_text()
    assert "Category *string" in volume
    if shutil.which("go") is None:
        pytest.skip("written; no Go compiler is installed to compile it")
    done: Any = subprocess.run(["go", "build", "./..."], cwd=tmp_path / "out", check=False)
    assert done.returncode == 0


def _files(folder: Path) -> list[Path]:
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
