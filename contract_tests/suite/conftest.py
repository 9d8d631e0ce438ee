"""Both doors of the suite: options, fixtures, and what happens when all tests have run."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from contract_tests.contract import load_contract
from contract_tests.errors import ContractTestsError
from contract_tests.suite.bench import Bench, set_up
from contract_tests.suite.ending import Ending, finish
from contract_tests.suite.foreign import ForeignNotebook, foreign_notebooks, foreign_secrets
from contract_tests.suite.notebooks import Notebooks
from contract_tests.suite.options import Budget, Options
from contract_tests.suite.probes import careless_probes, unsettled_probes, validation_probes
from contract_tests.suite.recorder import Recorder
from contract_tests.suite.repetition import repeat_news
from contract_tests.suite.telling import Telling

OPTIONS = pytest.StashKey[Options]()
ENDING = pytest.StashKey[Ending]()
TELLING = pytest.StashKey[Telling]()
CUT_SHORT = (pytest.ExitCode.INTERRUPTED, pytest.ExitCode.INTERNAL_ERROR)
"""What pytest ends with where tests were left that never ran."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of the pytest door; `contract-tests run` passes all of its own as one."""
    group = parser.getgroup("contract", "contract tests")
    group.addoption("--contract-options", help="all options of a run, as JSON")
    group.addoption("--contract-target", help="a base URL or a target's name; default: the mock")
    group.addoption("--contract-project-id", help="the project of the target")
    group.addoption("--contract-notebook-id", action="append", help="a notebook that may be used")
    group.addoption("--contract-seed", type=int, default=0, help="makes the requests repeatable")
    group.addoption("--contract-view", choices=["observed", "documented"], default="observed")
    group.addoption("--contract-budget", choices=["quick", "standard", "thorough"], default="quick")


def pytest_configure(config: pytest.Config) -> None:
    """Read the options, and begin the record that the report is made of."""
    config.stash[OPTIONS] = _options(config)
    config.stash[ENDING] = Ending()
    config.pluginmanager.register(config.stash[ENDING], "contract-ending")
    options = config.stash[OPTIONS]
    is_worker = hasattr(config, "workerinput")
    config.stash[TELLING] = Telling(Console(stderr=True, quiet=options.quiet or is_worker))
    config.pluginmanager.register(config.stash[TELLING], "contract-telling")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Order the modules by their TURN, and leave out what is another shard's."""
    items.sort(key=lambda item: getattr(getattr(item, "module", None), "TURN", 99))
    shard = config.stash[OPTIONS].shard
    if shard is None:
        return
    index, count = (int(part) for part in shard.split("/"))
    mine = [item for item in items if zlib.crc32(item.nodeid.encode()) % count == index - 1]
    config.hook.pytest_deselected(items=[item for item in items if item not in mine])
    items[:] = mine


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Make a test of every probe that the contract's parameters imply."""
    makers = {
        "invalid_start": (validation_probes, "StartNotebook"),
        "unsettled_start": (unsettled_probes, "StartNotebook"),
        "careless_list": (careless_probes, "ListNotebooks"),
    }
    for name, (make, operation) in makers.items():
        if name in metafunc.fixturenames:
            options = metafunc.config.stash[OPTIONS]
            view = load_contract(Path(options.spec) if options.spec else None).view("documented")
            probes = list(make(view.operation(operation)))
            metafunc.parametrize(name, probes, ids=[probe.label for probe in probes])


@pytest.fixture(scope="session")
def bench(pytestconfig: pytest.Config) -> Iterator[Bench]:
    """Contract, target and session of this run."""
    worker = getattr(pytestconfig, "workerinput", {"workerid": "gw0", "workercount": 1})
    number, count = int(worker["workerid"][2:]), worker["workercount"]
    try:
        with set_up(pytestconfig.stash[OPTIONS], number, count) as ready:
            yield ready
            pytestconfig.stash[ENDING].see_session(ready)
    except ContractTestsError as error:
        pytestconfig.stash[ENDING].error = str(error)
        pytest.exit(f"error: {error}", returncode=2)


@pytest.fixture(scope="session")
def shared_recorder(bench: Bench, pytestconfig: pytest.Config) -> Iterator[Recorder]:
    """Sends, checks and keeps; at the end what was found is repeated once."""
    options = bench.options
    is_lenient = options.view == "observed"
    recorder = Recorder(
        bench.view,
        bench.session,
        bench.contract.ledger if is_lenient else (),
        observed=bench.contract.view("observed") if is_lenient else None,
        keep_traffic="har" in options.formats,
    )
    pytestconfig.stash[TELLING].record = recorder.record
    yield recorder
    pytestconfig.stash[ENDING].record = recorder.record


@pytest.fixture(scope="session")
def foreign(shared_recorder: Recorder) -> tuple[ForeignNotebook, ...]:
    """Another project's notebooks."""
    return foreign_notebooks(shared_recorder)


@pytest.fixture(scope="session")
def notebooks(
    bench: Bench, shared_recorder: Recorder, foreign: tuple[ForeignNotebook, ...]
) -> Iterator[Notebooks]:
    """The notebooks of the target; from now on other projects are secrets in any answer."""
    target = bench.session.target
    found = Notebooks(shared_recorder, target.notebook_ids, bench.patience)
    own = (str(shown.get("name")) for shown in found.listing.shown.values())
    others = (target.other_project_id,) if target.other_project_id else ()
    shared_recorder.secrets += (*others, *foreign_secrets(foreign, own))
    shared_recorder.news()
    yield found
    shared_recorder.test = "repetition"
    repeat_news(shared_recorder, found)


@pytest.fixture
def recorder(shared_recorder: Recorder, request: pytest.FixtureRequest) -> Recorder:
    """The recorder, told which test it works for."""
    shared_recorder.test = request.node.name
    return shared_recorder


@pytest.fixture
def budget(bench: Bench) -> Budget:
    """How much the run may spend."""
    return bench.budget


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A worker hands its record on; the controller triages and reports."""
    ending = session.config.stash[ENDING]
    ending.is_cut_short = exitstatus in CUT_SHORT
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["ending"] = ending.packed()
    else:
        session.exitstatus = finish(session.config.stash[OPTIONS], ending)


def _options(config: pytest.Config) -> Options:
    """The options of a run, from `contract-tests run` as one, or from pytest's own."""
    given = config.getoption("--contract-options")
    if given is not None:
        return Options.from_json(given)
    overrides = {
        "project_id": config.getoption("--contract-project-id"),
        "notebook_ids": config.getoption("--contract-notebook-id"),
    }
    return Options(
        target=config.getoption("--contract-target"),
        overrides={name: value for name, value in overrides.items() if value},
        seed=config.getoption("--contract-seed"),
        view=config.getoption("--contract-view"),
        budget=config.getoption("--contract-budget"),
    )
