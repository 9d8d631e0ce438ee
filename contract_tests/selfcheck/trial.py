"""One trial: the suite against the mock with one fault, stopped as soon as it finds something."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from contract_tests import suite
from contract_tests.findings import Severity
from contract_tests.suite.conftest import ENDING
from contract_tests.suite.options import BudgetName, Options
from contract_tests.targets.mock import Fault, Klass, PlayName
from contract_tests.verdicts import Run

LIKELY: Mapping[Klass, Sequence[str]] = {
    "response": ("test_start",),
    "request-validation": ("test_request_validation", "test_start"),
    "authentication": ("test_authentication", "test_identity"),
    "state": ("test_state", "test_start"),
    "robustness": ("test_identity", "test_robustness"),
    "security": ("test_start", "test_robustness", "test_authentication"),
    "rare": ("test_start", "test_state"),
}
"""The modules of the suite that a fault of a class likely shows in, tried first."""


@dataclass(frozen=True, slots=True)
class Order:
    """How to try: the play and its view, the seed, and how much the suite may spend."""

    play: PlayName = "observed"
    seed: int = 0
    budget: BudgetName = "standard"


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of one fault; `found` are the places of the new findings, with their ids."""

    fault: Fault
    found: tuple[str, ...]
    seconds: float

    @property
    def killed(self) -> bool:
        """Whether the suite found anything."""
        return bool(self.found)

    @property
    def named(self) -> bool:
        """Whether a finding is at a place that the fault names, or inside of it."""
        return any(is_at(place, wanted) for place in self.found for wanted in self.fault.detects)


def is_at(place: str, wanted: str) -> bool:
    """Whether a place is the wanted one or inside of it: `lifecycle.STARTING` is in `lifecycle`."""
    operation, _, name = place.partition(":")
    wanted_operation, _, wanted_name = wanted.partition(":")
    inside = name == wanted_name or name.startswith((f"{wanted_name}.", f"{wanted_name} "))
    return operation == wanted_operation and inside


def attempt(fault: Fault, order: Order) -> Trial:
    """Try one fault: quickly first, and with the whole budget where that finds nothing."""
    started = time.monotonic()
    quick = replace(order, budget="quick")
    for each in dict.fromkeys((quick, order)):
        found = _findings(run_once(each, (fault.id,), LIKELY[fault.klass]))
        if found:
            break
    return Trial(fault, found, time.monotonic() - started)


def false_alarms(order: Order) -> tuple[str, ...]:
    """What the whole suite finds in the clean mock."""
    return _findings(run_once(order))


def _findings(run: Run | None) -> tuple[str, ...]:
    """Where new findings are that would fail a run; a run that breaks down fails as well."""
    if run is None:
        return ("any:operation",)
    failing = [verdict for verdict in run.verdicts if verdict.fails(Severity.MISLEADS)]
    places = tuple(dict.fromkeys(str(verdict.finding.place) for verdict in failing))
    return places or (("any:operation",) if run.outcome == "unproven" else ())


def run_once(order: Order, faults: Iterable[str] = (), likely: Sequence[str] = ()) -> Run | None:
    """Run the suite in this process; None where it could not even be set up.

    With likely modules these come first, and the first finding ends the run.
    """
    with tempfile.TemporaryDirectory() as reports:
        options = Options(
            view=order.play,
            play=order.play,
            faults=tuple(faults),
            seed=order.seed,
            budget=order.budget,
            reports=reports,
            formats=(),
            quiet=True,
        )
        watch = Watch(options, likely)
        pytest.main(_arguments(options, stop=bool(likely)), plugins=[watch])
    return watch.run


def _arguments(options: Options, *, stop: bool) -> list[str]:
    folder = Path(suite.__file__).parent
    return [
        str(folder),
        f"--contract-options={options.to_json()}",
        f"--hypothesis-seed={options.seed}",
        *("-c", str(folder / "pytest.ini"), "-p", "no:cacheprovider", "-p", "no:xdist"),
        *("-p", "no:schemathesis", "-p", "no:terminal"),
        *(["-x"] if stop else []),
    ]


class Watch:
    """A plugin of pytest: puts the likely modules first, and keeps the run in the end."""

    def __init__(self, options: Options, likely: Sequence[str]) -> None:
        self.run: Run | None = None
        self._options = options
        self._likely = [*likely]

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """The likely modules first, the others in their own order."""
        items.sort(key=self._rank)

    def _rank(self, item: pytest.Item) -> int:
        module = item.path.stem
        return self._likely.index(module) if module in self._likely else len(self._likely)

    def pytest_unconfigure(self, config: pytest.Config) -> None:
        """Everything is torn down and recorded."""
        ending = config.stash.get(ENDING, None)
        if ending is not None and ending.error is None:
            self.run = ending.run(self._options)
