"""Another project's notebooks, where a second token lets them be listed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from contract_tests.checks import read_json
from contract_tests.exchange import Expectation
from contract_tests.suite.probes import Probe
from contract_tests.suite.recorder import Recorder


@dataclass(frozen=True, slots=True)
class ForeignNotebook:
    """A notebook that the target's own token has no right to."""

    id: str
    name: str
    state: str

    @property
    def shown(self) -> dict[str, str]:
        """As rules see a neighbour."""
        return {"id": self.id, "name": self.name, "status": self.state}


LEAST_TELLING = 6
"""Characters of a name that does not stand in an answer by chance."""


def foreign_secrets(foreign: Iterable[ForeignNotebook], own: Iterable[str]) -> Iterator[str]:
    """What of other notebooks no answer may hold: ids, and names that no own notebook has."""
    known = " ".join(own)
    for notebook in foreign:
        yield notebook.id
        if len(notebook.name) >= LEAST_TELLING and notebook.name not in known:
            yield notebook.name


def foreign_notebooks(recorder: Recorder) -> tuple[ForeignNotebook, ...]:
    """The notebooks of the other project, listed with its own token; empty where it has none."""
    target, secrets = recorder.session.target, recorder.session.secrets
    if target.other_project_id is None or secrets.other_token is None:
        return ()
    due = Expectation("either", "identity", "operation.ListNotebooks", "another project's list")
    probe = Probe(
        "ListNotebooks",
        due,
        path={"project_id": target.other_project_id},
        query="limit=100",
        headers=(("X-Auth-Token", secrets.other_token),),
        authenticated=False,
    )
    exchange = recorder.send(probe, look=True)
    if exchange is None or exchange.response is None:
        return ()
    value, _ = read_json(exchange.response.body)
    listed = value.get("data") if isinstance(value, dict) else None
    items = listed if isinstance(listed, list) else []
    return tuple(_foreign(item) for item in items if isinstance(item, dict) and "id" in item)


def _foreign(item: dict[str, object]) -> ForeignNotebook:
    return ForeignNotebook(*(str(item.get(key, "")) for key in ("id", "name", "status")))
