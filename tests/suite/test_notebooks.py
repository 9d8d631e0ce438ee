"""What the suite makes of the notebooks around a request: lists, looks, and what must not leak."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from contract_tests.suite.bench import set_up
from contract_tests.suite.foreign import ForeignNotebook, foreign_secrets
from contract_tests.suite.notebooks import Notebooks, stop_of
from contract_tests.suite.options import Options
from contract_tests.suite.probes import HOUR
from contract_tests.suite.recorder import Recorder
from contract_tests.suite.test_start import start_one, valid


@contextmanager
def notebooks_of(folder: Path, *faults: str) -> Iterator[Notebooks]:
    """The notebooks of a mock with these faults."""
    with set_up(Options(reports=str(folder), faults=faults)) as bench:
        observed = bench.contract.view("observed")
        recorder = Recorder(bench.view, bench.session, bench.contract.ledger, observed=observed)
        yield Notebooks(recorder, bench.session.target.notebook_ids, bench.patience)


def found(notebooks: Notebooks) -> set[str]:
    """The ids of what was found and is not known."""
    return {finding.id for finding in notebooks.recorder.unknown()}


def start(notebooks: Notebooks) -> None:
    """One valid start."""
    start_one(notebooks, valid("a start", f"duration={2 * HOUR}&type=timing"))


def test_a_right_start_finds_nothing(tmp_path: Path) -> None:
    """Nothing is wrong with it, and nothing is said."""
    with notebooks_of(tmp_path) as notebooks:
        start(notebooks)
        assert found(notebooks) == set()


@pytest.mark.parametrize(
    ("fault", "id_"),
    [
        ("list-is-empty", "start-is-listed"),
        ("list-contradicts-lease-duration", "start-list-agrees-on-lease"),
        ("start-keeps-no-lease-type", "start-shows-the-same-lease-type"),
    ],
)
def test_list_and_show_are_held_against_the_start(tmp_path: Path, fault: str, id_: str) -> None:
    """What they say of the notebook that was started has to fit the answer."""
    with notebooks_of(tmp_path, fault) as notebooks:
        start(notebooks)
        assert id_ in found(notebooks)


def test_the_token_of_another_notebook_is_a_secret(tmp_path: Path) -> None:
    """An answer about one notebook must not hold what leads into another."""
    with notebooks_of(tmp_path, "error-400-names-neighbour-token") as notebooks:
        (running,) = notebooks.in_state("RUNNING")
        start_on = valid("a start of a running notebook")
        notebooks.change(running, start_on)
        assert "secret-in-answer" in found(notebooks)


def test_an_answer_that_says_nothing_new_is_not_judged_again(tmp_path: Path) -> None:
    """A hundred looks at a notebook that rests are one judgement."""
    with notebooks_of(tmp_path) as notebooks:
        notebook = notebooks.stopped()
        assert notebook is not None
        notebooks.look(notebook)
        judged = notebooks.recorder.record.exercised["ShowNotebook:status.200"]
        for _ in range(100):
            notebooks.look(notebook)
        assert notebooks.recorder.record.exercised["ShowNotebook:status.200"] == judged


def test_a_state_that_requests_left_is_followed(tmp_path: Path) -> None:
    """After a stop that went past the bookkeeping the notebook must not start by itself."""
    with notebooks_of(tmp_path) as notebooks:
        start(notebooks)
        (notebook,) = [n for n in notebooks.ids if n in notebooks.trails]
        assert notebooks.settle(notebook) == "RUNNING"
        notebooks.recorder.send(stop_of(notebook))
        notebooks.forget(notebook, "STOPPING")
        assert notebooks.settle(notebook) == "STOPPED"
        assert notebooks.trails[notebook][0] == "STOPPING"
        assert found(notebooks) == set()


def test_names_of_others_are_secrets_where_they_tell_them_apart() -> None:
    """A name that an own notebook has as well, or that is short, stands anywhere by chance."""
    foreign = [
        ForeignNotebook("id-1", "their-notebook", "STOPPED"),
        ForeignNotebook("id-2", "training", "STOPPED"),
        ForeignNotebook("id-3", "nb", "STOPPED"),
    ]
    secrets = set(foreign_secrets(foreign, ["training", "mine"]))
    assert secrets == {"id-1", "their-notebook", "id-2", "id-3"}
