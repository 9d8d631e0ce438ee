"""What was stopped before a run is stopped again after it, however the run ends."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest
from click.testing import CliRunner

from contract_tests.commands.cleanup import command
from contract_tests.contract import View
from contract_tests.errors import InputError, TargetError
from contract_tests.exchange import Request
from contract_tests.targets.cleanup import Limits
from contract_tests.targets.journal import Journal, left_behind
from contract_tests.targets.session import Session, open_session
from contract_tests.targets.target import Secrets
from tests.targets.live.conftest import ONE, PROJECT, QUICK, TOKEN, TWO, Opener, live
from tests.targets.live.service import Notebooks, Seen, Service, answer, reset, say


def start(session: Session, notebook: str = ONE) -> None:
    """Start a notebook, with whatever answer."""
    url = f"{session.target.base_url}/v1/{PROJECT}/notebooks/{notebook}/start"
    session.send(session.authorize(Request("POST", url)))


def lines(folder: Path) -> list[dict[str, object]]:
    """All lines of all journals."""
    texts = [path.read_text() for path in sorted(folder.glob("*.ndjson"))]
    return [json.loads(line) for text in texts for line in text.splitlines()]


def test_a_run_leaves_what_it_found(
    open_live: Opener, notebooks: Notebooks, tmp_path: Path
) -> None:
    """Both notebooks are started and stopped again; no journal is left."""
    session = open_live()
    start(session, ONE)
    start(session, TWO)
    assert notebooks.running() == {ONE, TWO}
    session.close()
    assert notebooks.running() == set()
    assert sorted(notebooks.stopped) == [ONE, TWO]
    assert list(tmp_path.iterdir()) == []


def test_a_notebook_that_ran_before_runs_on(open_live: Opener, notebooks: Notebooks) -> None:
    """It is somebody's work."""
    notebooks.states[ONE] = "RUNNING"
    session = open_live()
    start(session, ONE)
    session.close()
    assert notebooks.states[ONE] == "RUNNING"
    assert notebooks.stopped == []


def test_what_the_tests_stopped_themselves_is_not_stopped_again(
    open_live: Opener, notebooks: Notebooks
) -> None:
    """It looks first."""
    session = open_live()
    start(session)
    notebooks.states[ONE] = "STOPPED"
    session.close()
    assert notebooks.stopped == []


def test_closing_twice_is_closing_once(open_live: Opener, notebooks: Notebooks) -> None:
    """The second time there is nothing to put back."""
    session = open_live()
    start(session)
    session.close()
    session.close()
    assert notebooks.stopped == [ONE]


def test_a_start_is_written_down_before_it_is_sent(
    open_live: Opener, service: Service, notebooks: Notebooks, tmp_path: Path
) -> None:
    """With the place, the notebook and its state before; without the token."""
    at_start: list[list[dict[str, object]]] = []

    def look_at_the_journal(connection: socket.socket, seen: Seen) -> bool:
        if seen.method == "POST" and not at_start:
            at_start.append(lines(tmp_path))
        return notebooks(connection, seen)

    service.play = look_at_the_journal
    start(open_live())
    ((line,),) = at_start
    assert line["base_url"] == service.url
    assert (line["project_id"], line["notebook_id"]) == (PROJECT, ONE)
    assert (line["before"], line["status"]) == ("STOPPED", None)
    assert TOKEN not in json.dumps(lines(tmp_path))
    assert lines(tmp_path)[1]["status"] == 200


def test_a_run_without_starts_keeps_no_journal(open_live: Opener, tmp_path: Path) -> None:
    """There is nothing to put back."""
    session = open_live()
    session.check_reachable()
    assert list(tmp_path.iterdir()) == []


def test_the_state_before_is_that_before_the_first_start(
    open_live: Opener, notebooks: Notebooks, tmp_path: Path
) -> None:
    """A second start finds the notebook as the first left it; that is not what it was."""
    session = open_live()
    start(session)
    start(session)
    assert {line["before"] for line in lines(tmp_path)} == {"STOPPED"}
    session.close()
    assert notebooks.running() == set()


def test_a_notebook_that_does_not_stop_is_told(
    open_live: Opener, service: Service, notebooks: Notebooks, tmp_path: Path
) -> None:
    """In one line, with the journal that is kept for the next time."""

    def refuse_stops(connection: socket.socket, seen: Seen) -> bool:
        if seen.target.endswith("/stop"):
            connection.sendall(answer(500))
            return True
        return notebooks(connection, seen)

    session = open_live(limits=Limits(rest=0.05, settling=0, first_pause=0.01))
    start(session)
    service.play = refuse_stops
    with pytest.raises(TargetError) as caught:
        session.close()
    (journal,) = tmp_path.iterdir()
    assert str(caught.value) == (
        f"notebook {ONE} may still run: RUNNING after 0.05 s; "
        f"stop it by hand, or run `contract-tests cleanup` again ({journal})"
    )
    service.play = notebooks
    open_live()
    assert notebooks.running() == set()
    assert list(tmp_path.iterdir()) == []


def test_a_service_that_is_gone_is_told(
    open_live: Opener, service: Service, tmp_path: Path
) -> None:
    """The state of a notebook stays unknown for too long."""
    session = open_live(limits=Limits(unknown=0.05, settling=0, first_pause=0.01))
    start(session)
    service.play = say(answer(401))
    with pytest.raises(
        TargetError, match=f"notebook {ONE} may still run: ShowNotebook answers 401"
    ):
        session.close()
    assert len(list(tmp_path.iterdir())) == 1


def test_a_start_without_an_answer_is_waited_for(
    open_live: Opener, service: Service, notebooks: Notebooks
) -> None:
    """The service may begin only after the first look; it is stopped all the same."""
    looks: list[int] = []

    def start_late(connection: socket.socket, seen: Seen) -> object:
        if seen.method == "POST" and seen.target.endswith("/start"):
            return reset(connection, seen)
        looks.append(1)
        if len(looks) == 5:
            notebooks.states[ONE] = "RUNNING"
        return notebooks(connection, seen)

    session = open_live(limits=Limits(settling=0.5, rest=9, first_pause=0.01))
    service.play = start_late
    start(session)
    session.close()
    assert notebooks.stopped == [ONE]


def test_an_unknown_state_before_is_known_from_an_accepted_start(
    open_live: Opener, service: Service, notebooks: Notebooks
) -> None:
    """Where the look failed: a service starts only what is stopped."""
    session = open_live()
    service.play = lambda c, s: say(answer(500))(c, s) if s.method == "GET" else notebooks(c, s)
    start(session)
    service.play = notebooks
    session.close()
    assert notebooks.running() == set()


def test_an_unknown_state_before_may_be_somebody_s_work(
    service: Service, view: View, notebooks: Notebooks, tmp_path: Path
) -> None:
    """Where the look failed and no start was accepted: it is left alone, and that is said."""
    said: list[str] = []
    notebooks.states[ONE] = "RUNNING"
    secrets = Secrets.of(TOKEN)
    with open_session(
        live(service.url), secrets, view, tmp_path, limits=QUICK, say=said.append
    ) as s:
        service.play = lambda c, seen: (
            say(answer(500))(c, seen) if seen.method == "GET" else notebooks(c, seen)
        )
        start(s)
        service.play = notebooks
    assert notebooks.states[ONE] == "RUNNING"
    assert said == [f"notebook {ONE} is left as it is: its state before the run is not known"]


def test_the_mock_needs_no_journal(service: Service, view: View, tmp_path: Path) -> None:
    """Nobody shares it."""
    target = live(service.url, kind="mock", max_starts=None)
    with open_session(target, Secrets.of(TOKEN), view, tmp_path) as session:
        start(session)
    assert list(tmp_path.iterdir()) == []


def test_an_unwritable_folder_is_told_before_anything_is_sent(
    service: Service, view: View, tmp_path: Path
) -> None:
    """No start without a journal."""
    blocked = tmp_path / "file"
    blocked.write_text("")
    session = open_session(live(service.url), Secrets.of(TOKEN), view, blocked / "x")
    with session, pytest.raises(InputError, match="no journal of starts can be kept"):
        start(session)
    assert not [seen for seen in service.seen if seen.method == "POST"]


class TestLeftBehind:
    """Journals of runs that ended without a chance to put anything back."""

    @pytest.fixture
    def leave(self, service: Service, view: View, tmp_path: Path) -> Path:
        """A killed run's journal: it started a notebook; its lock went with it."""
        session = open_session(live(service.url), Secrets.of(TOKEN), view, tmp_path)
        start(session)
        for journal in _journals(session):
            journal.close()
        (path,) = tmp_path.iterdir()
        long_ago = [json.dumps(json.loads(line) | {"at": 0}) for line in path.open()]
        path.write_text("".join(f"{line}\n" for line in long_ago))
        return tmp_path

    def test_the_next_run_keeps_it(
        self, leave: Path, open_live: Opener, notebooks: Notebooks
    ) -> None:
        """Before it sends anything of its own."""
        session = open_live()
        assert notebooks.running() == set()
        assert session.runs_put_back == 1
        assert list(leave.iterdir()) == []

    def test_a_run_on_another_service_does_not(
        self, leave: Path, view: View, notebooks: Notebooks
    ) -> None:
        """Its credentials are for elsewhere."""
        other = live("http://127.0.0.1:9")
        with open_session(other, Secrets.of(TOKEN), view, leave):
            assert notebooks.running() == {ONE}
        assert len(list(leave.iterdir())) == 1

    def test_a_line_that_was_cut_short_was_never_sent(
        self, leave: Path, open_live: Opener, notebooks: Notebooks
    ) -> None:
        """The start goes out only once its line is on the disk."""
        (path,) = leave.iterdir()
        path.write_text(path.read_text() + '{"number": 9, "at"')
        open_live()
        assert notebooks.running() == set()
        assert list(leave.iterdir()) == []

    def test_a_broken_journal_is_told(self, leave: Path, open_live: Opener) -> None:
        """With file, line and what to do; it is not dropped."""
        (path,) = leave.iterdir()
        path.write_text("nonsense\n" + path.read_text())
        with pytest.raises(InputError) as caught:
            open_live()
        assert str(caught.value) == (
            f"{path}:1: not a line of a journal; "
            "see by hand whether a notebook of it runs, then delete the file"
        )
        assert path.exists()

    def test_a_running_run_is_left_alone(self, open_live: Opener, tmp_path: Path) -> None:
        """Its lock says that it goes on."""
        start(open_live())
        assert list(left_behind(tmp_path)) == []
        assert open_live().runs_put_back == 0

    def test_an_empty_journal_owes_nothing(self, open_live: Opener, tmp_path: Path) -> None:
        """Its run was killed before it wrote down a start."""
        (tmp_path / "20260101T000000-1-0.ndjson").touch()
        assert open_live().runs_put_back == 0
        assert list(tmp_path.iterdir()) == []

    def test_two_who_clean_up_do_not_meet(self, leave: Path) -> None:
        """Whoever has the journal has it alone; then it is gone for the other."""
        (mine,) = left_behind(leave)
        assert list(left_behind(leave)) == []
        mine.remove()
        assert list(left_behind(leave)) == []

    def test_the_command(
        self, leave: Path, notebooks: Notebooks, service: Service, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """`contract-tests cleanup` needs no target where there is only one to be meant."""
        monkeypatch.setenv("CONTRACT_TESTS_TOKEN", TOKEN)
        notebooks.states[ONE] = "RUNNING"
        result = CliRunner().invoke(command, ["--journal-folder", str(leave)])
        assert result.exception is None
        assert result.output == (
            f"stopping notebook {ONE}, which was stopped before the run\n"
            f"put back what 1 ended run left on {service.url}\n"
        )
        assert notebooks.running() == set()
        again = CliRunner().invoke(command, ["--journal-folder", str(leave)])
        assert again.output == "nothing to clean up\n"

    def test_the_command_knows_a_mistyped_target(self, tmp_path: Path) -> None:
        """Also where nothing is owed: silence would be taken for a system put back."""
        config = tmp_path / "contract-tests.toml"
        config.write_text('[targets.staging]\nbase_url = "https://a.example"\n')
        named = ["--journal-folder", str(tmp_path), "--config", str(config), "--target"]
        result = CliRunner().invoke(command, [*named, "stagin"])
        assert isinstance(result.exception, TargetError)
        assert "did you mean staging?" in str(result.exception)
        assert CliRunner().invoke(command, [*named, "staging"]).output == "nothing to clean up\n"

    def test_the_command_asks_which(self, leave: Path) -> None:
        """Where the journals speak of two services, one token is not for both."""
        (path,) = leave.iterdir()
        line = json.loads(path.read_text().splitlines()[0]) | {"base_url": "https://other.example"}
        (leave / "other.ndjson").write_text(json.dumps(line) + "\n")
        result = CliRunner().invoke(command, ["--journal-folder", str(leave)])
        assert isinstance(result.exception, TargetError)
        assert "there are journals for http://127.0.0.1" in str(result.exception)
        assert "give one as --base-url" in str(result.exception)


def _journals(session: Session) -> list[Journal]:
    """The lock that a killed process lets go of."""
    found = session._starts._journal
    return [found] if found else []
