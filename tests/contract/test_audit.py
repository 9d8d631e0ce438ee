"""The audit: every fault of the documents, each with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from contract_tests.contract import find_files
from contract_tests.contract.audit import Known, audit
from contract_tests.contract.files import SDK_LEDGER
from tests.contract.sample_contract import LEDGER, OVERLAY, SPEC, line_of, write_contract

KNOWN = Known(
    ids=frozenset({"response-schema", "undocumented-field", "example-outside-enum"}),
    losses=frozenset({"sdk-field-dropped", "sdk-type-coerced"}),
    sdks=frozenset({"own", "other"}),
)
OF_SDKS = """\
entries:
  - id: part-kind-dropped
    where: Part.kind
    what: The SDK leaves it out.
    documented: [kept]
    observed: ['own: dropped']
    matches: [sdk-field-*]
    evidence:
      - {sure: client, source: the SDK as it runs}
    wrong: undetermined
    review: 2027-05-31
"""
INVARIANT = """\
        - id: thing-changed-after-made
          at: changed
"""


def problems(
    folder: Path, spec: str = SPEC, overlay: str | None = OVERLAY, ledger: str | None = LEDGER
) -> list[str]:
    """What is wrong, each as `file:line: problem; remedy`, without the folder."""
    files = find_files(write_contract(folder, spec, overlay, ledger))
    return [str(problem).replace(f"{folder}/", "") for problem in audit(files, KNOWN)]


def test_nothing_is_wrong_with_a_right_contract(tmp_path: Path) -> None:
    """Nor with a spec that stands alone."""
    assert problems(tmp_path) == []
    (tmp_path / "alone").mkdir()
    assert problems(tmp_path / "alone", overlay=None, ledger=None) == []


@pytest.mark.parametrize(
    ("before", "after", "line", "words"),
    [
        ("title: Things, ", "", "info:", 'not OpenAPI 3.1: "title" is a required property'),
        ("schemas/Part'", "schemas/Pert'", "schemas/Part'", "leads nowhere"),
        (
            "'#/components/schemas/Error'",
            "'other.yaml#/Error'",
            "schemas/Error",
            "leads out of this",
        ),
        ("minutes\n          in: query", "minutes", "- name: minutes", "not OpenAPI 3.1"),
        ("pattern: ^[a-z]*$", "pattern: ^[a-z", "pattern: ^[", "no JSON Schema: "),
        ("  field: Thing.state", "  field: Thing.stat", "field:", "there is no field Thing.stat"),
        ("states: [OFF, ", "states: [OFF, IDLE, ", "states:", "IDLE is a state here or a value"),
        ("StartThing, in:", "StopThing, in:", "in: ['ON']", "no operation StopThing"),
        ("rule: self.changed >= self.made", "rule: self.changed >=", "rule: self.ch", "no CEL"),
        (
            INVARIANT,
            INVARIANT.replace("at: changed", "at: chnged"),
            "at: changed",
            "about no field",
        ),
        (
            INVARIANT,
            INVARIANT.replace("          at: changed\n", ""),
            "- id: thing",
            "about no field",
        ),
        ("          at: Thing.id\n", "          at: Thng.id\n", "at: Thing.id", "about no field"),
        (
            "  x-source: {page: Thing, table: Part, row: seen}",
            "",
            "   seen:",
            "seen has no x-source",
        ),
        ("x-source: {page: Thing, table: Query, row: quick}", "", "- name: quick", "no x-source"),
        ("  x-source: {page: Thing, table: Error}", "", "    Error:", "Error has no x-source"),
        ("{page: Thing, table: Part, row: seen}", "{pag: Thing}", "        seen:", "no x-source"),
    ],
)
def test_a_fault_of_the_spec_is_named_with_its_line(
    tmp_path: Path, before: str, after: str, line: str, words: str
) -> None:
    """And with what to do about it."""
    assert before in SPEC
    found = problems(tmp_path, SPEC.replace(before, after, 1))
    named = [text for text in found if words in text]
    assert named, found
    assert named[0].startswith(f"spec.yaml:{line_of(SPEC, line)}: "), found
    assert "; " in named[0]


@pytest.mark.parametrize(
    ("before", "after", "line", "words"),
    [
        ("$.components.schemas.Part.properties.kind", "$.nowhere", 4, "matches nothing"),
        ("x-ledger: part-kind-lower-case", "x-ledger: other", 4, "the ledger has no entry 'other'"),
        ("    x-ledger: part-kind-lower-case\n", "", 4, "an action names no ledger entry"),
        ("update: {enum: [wheel]}", "update: {type: strong}", 5, "no JSON Schema"),
        ("overlay: 1.0.0", "overlay: 2.0.0", 1, "no OpenAPI Overlay 1.0"),
        ("actions:", "actions: {", 4, "not YAML"),
    ],
)
def test_a_fault_of_the_overlay_is_named_with_its_line(
    tmp_path: Path, before: str, after: str, line: int, words: str
) -> None:
    """What it makes of the spec is checked like the spec; nothing else is said."""
    (found,) = problems(tmp_path, overlay=OVERLAY.replace(before, after))
    assert found.startswith(f"observed.overlay.yaml:{line}: ")
    assert words in found


@pytest.mark.parametrize(
    ("before", "after", "line", "words"),
    [
        (
            "matches: [response-schema]",
            "matches: [response-shema]",
            2,
            "is called 'response-shema'",
        ),
        ("where: Part.kind", "where: Part.kid", 2, "there is no Part.kid in the observed view"),
        ("where: Part.kind", "where: 'ShowThing:Prt.kind'", 2, "there is no ShowThing:Prt.kind"),
        ("wrong: docs", "wrong: me", 10, "'me' is none of docs"),
    ],
)
def test_a_fault_of_the_ledger_is_named_with_its_line(
    tmp_path: Path, before: str, after: str, line: int, words: str
) -> None:
    """What it names has to exist; nothing else is said."""
    (found,) = problems(tmp_path, ledger=LEDGER.replace(before, after))
    assert found.startswith(f"discrepancies.yaml:{line}: ")
    assert words in found


def test_an_id_that_is_not_in_kebab_case_is_a_fault(tmp_path: Path) -> None:
    """Also where the overlay spells it the same."""
    overlay, ledger = (
        text.replace("part-kind-lower-case", "Part_kind") for text in (OVERLAY, LEDGER)
    )
    (found,) = problems(tmp_path, overlay=overlay, ledger=ledger)
    assert found.startswith("discrepancies.yaml:2: the id 'Part_kind' is not in kebab case; ")


def test_what_only_follows_from_another_fault_is_not_said(tmp_path: Path) -> None:
    """An overlay or ledger that cannot be read is not an empty one, to those who refer to it."""
    backed_by_the_overlay = LEDGER.replace("[response-schema]", "[]")
    (overlay,) = problems(tmp_path, overlay="", ledger=backed_by_the_overlay)
    assert overlay.startswith("observed.overlay.yaml:1: no OpenAPI Overlay 1.0; ")
    (ledger,) = problems(tmp_path, ledger="")
    assert ledger.startswith("discrepancies.yaml:1: a ledger holds `entries` and nothing else; ")


def of_sdks(folder: Path, ledger: str) -> list[str]:
    """What is wrong with a right contract that has this ledger of SDKs beside it."""
    (folder / SDK_LEDGER).write_text(ledger, encoding="utf-8")
    return problems(folder)


@pytest.mark.parametrize(
    "where", ["Part.kind", "'ShowThing:Part.kind'", "type.integer", "security", "body"]
)
def test_nothing_is_wrong_with_a_right_ledger_of_sdks(tmp_path: Path, where: str) -> None:
    """Its places are those of the contract, and what an SDK does wherever a type stands."""
    assert of_sdks(tmp_path, OF_SDKS.replace("Part.kind", where)) == []


@pytest.mark.parametrize(
    ("before", "after", "line", "words"),
    [
        ("where: Part.kind", "where: Part.kid", 2, "there is no Part.kid in the observed view"),
        ("where: Part.kind", "where: type.text", 2, "there is no type.text in the observed"),
        ("own: dropped", "owm: dropped", 2, "there is no SDK 'owm'; write SDK: what it does; SDKs"),
        ("own: dropped", "dropped", 2, "there is no SDK 'dropped'; write SDK: what it does"),
        ("['own: dropped']", "[]", 2, "observed names no SDK"),
        ("sdk-field-*", "sdk-feld-*", 2, "no finding of SDKs is called 'sdk-feld-*'"),
        ("sdk-field-*", "response-schema", 2, "no finding of SDKs is called 'response-schema'"),
        ("[sdk-field-*]", "[]", 2, "nothing backs the entry part-kind-dropped"),
        ("id: part-kind-dropped", "id: Part_kind", 2, "is not in kebab case"),
        ("    wrong: undetermined\n", "", 2, "an entry without 'wrong'; add it"),
        ("wrong: undetermined", "wrong: me", 10, "'me' is none of docs"),
        ("entries:", "entry:", 1, "a ledger holds `entries` and nothing else"),
        ("entries:", "entries: [", 2, "not YAML"),
    ],
)
def test_a_fault_of_the_ledger_of_sdks_is_named_with_its_line(
    tmp_path: Path, before: str, after: str, line: int, words: str
) -> None:
    """As one of the ledger is, and nothing else is said."""
    assert before in OF_SDKS
    (found,) = of_sdks(tmp_path, OF_SDKS.replace(before, after))
    assert found.startswith(f"sdk-discrepancies.yaml:{line}: ")
    assert words in found


def test_two_entries_of_one_id_are_a_fault_of_the_ledger_of_sdks(tmp_path: Path) -> None:
    """The second is named."""
    twice = OF_SDKS + OF_SDKS.removeprefix("entries:\n")
    (found,) = of_sdks(tmp_path, twice)
    assert found.startswith("sdk-discrepancies.yaml:12: the entry part-kind-dropped stands already")


def test_two_operations_of_one_id_are_a_fault(tmp_path: Path) -> None:
    """The second is named."""
    (found,) = problems(tmp_path, SPEC.replace("operationId: ListThings", "operationId: ShowThing"))
    line = line_of(SPEC, "operationId: ShowThing") - 1
    assert found.startswith(f"spec.yaml:{line}: the operationId ShowThing stands here twice; ")


def test_an_entry_that_nothing_backs_is_a_fault(tmp_path: Path) -> None:
    """Neither an action nor a rule, check or invariant: nobody would notice that it is wrong."""
    ledger = LEDGER.replace("[response-schema]", "[]")
    overlay = OVERLAY.replace("    x-ledger: part-kind-lower-case\n", "")
    found = problems(tmp_path, overlay=overlay, ledger=ledger)
    assert any("nothing backs the entry part-kind-lower-case" in text for text in found)
    (tmp_path / "backed").mkdir()
    assert problems(tmp_path / "backed", ledger=ledger) == []


def test_an_entry_may_name_an_invariant(tmp_path: Path) -> None:
    """By its id, or by a pattern."""
    for name in ("thing-changed-after-made", "thing-*"):
        folder = tmp_path / name.replace("*", "")
        folder.mkdir()
        assert problems(folder, ledger=LEDGER.replace("response-schema", f"'{name}'")) == []


def test_all_faults_are_named_at_once_in_order(tmp_path: Path) -> None:
    """Not the first alone."""
    spec = SPEC.replace("at: changed", "at: chnged").replace("rule: size(", "rule: sze(")
    overlay = OVERLAY.replace("part-kind-lower-case", "other")
    ledger = LEDGER.replace("wrong: docs", "wrong: me")
    found = problems(tmp_path, spec, overlay, ledger)
    assert [text.partition(":")[0] for text in found] == [
        "discrepancies.yaml",
        "observed.overlay.yaml",
        "spec.yaml",
        "spec.yaml",
    ]


def test_the_rest_is_audited_where_one_document_cannot_be_read(tmp_path: Path) -> None:
    """A broken spec does not hide a broken ledger."""
    found = problems(tmp_path, "openapi: [", ledger=LEDGER.replace("wrong: docs", "wrong: me"))
    assert len(found) == 2
    assert found[0].startswith("discrepancies.yaml:10:")
    assert "not YAML" in found[1]


def test_entries_and_invariants_of_one_id_are_faults(tmp_path: Path) -> None:
    """The second is named."""
    ledger = LEDGER + LEDGER.removeprefix("entries:\n")
    spec = SPEC.replace("id: working-thing-has-parts", "id: thing-changed-after-made")
    found = problems(tmp_path, spec, ledger=ledger)
    assert any("the entry part-kind-lower-case stands already at line 2" in text for text in found)
    assert any("the invariant thing-changed-after-made stands already" in text for text in found)
