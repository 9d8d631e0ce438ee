"""Faults of authorization: the right token, with a project or notebook that is not its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from contract_tests.contract import View
from contract_tests.targets.faults.authentication import letting_in, sent_token
from contract_tests.targets.faults.edits import (
    LIST,
    SHOW,
    START,
    STOP,
    fault,
    foreign_notebook,
    short,
)
from contract_tests.targets.mock.fault import Fault, Rewrite, Turn
from contract_tests.targets.mock.service import TOKEN_HEADER
from contract_tests.targets.mock.wire import Answer, Call

_fault = partial(fault, "authentication")

PROJECTS: Mapping[str, tuple[str, Callable[[str, str], bool]]] = {
    "any-project": ("any project", lambda given, own: given != own),
    "project-prefix": (
        "the beginning of the project id",
        lambda g, o: len(g) > 4 and o.startswith(g),
    ),
    "project-end": ("the end of the project id", lambda g, o: len(g) > 4 and o.endswith(g)),
    "project-and-more": ("a project id with more behind it", lambda g, o: g.startswith(o)),
    "more-and-project": ("a project id with more before it", lambda g, o: g.endswith(o)),
    "project-other-case": ("a project id in other case", lambda g, o: g.lower() == o),
    "project-asterisk": ("an asterisk as a project", lambda given, _: given == "*"),
    "project-hyphen": ("a hyphen as a project", lambda given, _: given in ("-", "_")),
    "project-null": ("null as a project", lambda given, _: given in ("null", "0")),
    "project-text": ("a project id that is none", lambda given, _: "-" in given and len(given) > 3),
    "project-sql": ("SQL as a project", lambda given, _: "'" in given),
    "project-list": ("a list with the project id in it", lambda g, o: o in g.split(",") and g != o),
    "project-blank": ("a project id with a space", lambda g, o: g.strip() == o and g != o),
}
"""Projects in the path that the own token is taken to count for."""


def faults(view: View) -> Iterator[Fault]:
    """Projects that are taken for the own one, and notebooks of another project."""
    del view
    for name, (words, accepts) in PROJECTS.items():
        yield _fault(
            f"start-trusts-{name}",
            f"a start is let in with {words} in the path",
            f"{START}:path.project_id",
            rewrite=_taking_for_own(accepts),
        )
    yield from _reaching_others()


def _taking_for_own(accepts: Callable[[str, str], bool]) -> Rewrite:
    def rewrite(turn: Turn) -> Call:
        given, own = turn.ids.get("project_id", ""), turn.world.credentials.project_id
        if turn.operation == START and given != own and accepts(given, own):
            return turn.call.with_segment(1, own)
        return turn.call

    return rewrite


def _reaching_others() -> Iterator[Fault]:
    """Notebooks of another project, reached with the own token."""
    for operation in (START, SHOW, STOP):
        yield _fault(
            f"{short(operation)}-reaches-foreign-notebooks",
            f"{operation} reaches another project's notebook through the own project",
            f"{operation}:path.id",
            rewrite=_going_to_the_owner(operation),
        )
        yield _fault(
            f"{short(operation)}-reaches-foreign-projects",
            f"{operation} reaches another project with the own token",
            f"{operation}:path.project_id",
            rewrite=letting_in(_is_foreign_project, operation),
        )
    yield _fault(
        "list-reaches-foreign-projects",
        "a list shows another project to the own token",
        f"{LIST}:path.project_id",
        rewrite=letting_in(_is_foreign_project, LIST),
    )
    yield _fault(
        "list-shows-foreign-notebooks",
        "a list shows a notebook of another project",
        f"{LIST}:security.body",
        alter=_listing_a_foreign_one,
    )


def _is_foreign_project(turn: Turn) -> bool:
    known = turn.world.credentials
    return sent_token(turn) == known.token and turn.ids.get("project_id") == known.other_project_id


def _going_to_the_owner(operation: str) -> Rewrite:
    def rewrite(turn: Turn) -> Call:
        known, notebook = turn.world.credentials, turn.notebook
        is_foreign = notebook is not None and notebook.project_id == known.other_project_id
        if turn.operation != operation or not is_foreign or sent_token(turn) != known.token:
            return turn.call
        call = turn.call.with_segment(1, known.other_project_id)
        return call.with_header(TOKEN_HEADER, known.other_token)

    return rewrite


def _listing_a_foreign_one(turn: Turn, answer: Answer) -> Answer:
    if turn.operation != LIST or not answer.is_success:
        return answer
    shown = turn.world.shown(foreign_notebook(turn))
    listed = {**answer.content, "data": [*answer.content["data"], shown]}
    listed["total"] += 1
    return Answer(200, listed)
