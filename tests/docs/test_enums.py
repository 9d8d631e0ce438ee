"""Enumerations in each notation; and lists that are none."""

from __future__ import annotations

import pytest

from tests.docs.cells import field, values

LEAD_INS = [
    "Options:",
    "Enums:",
    "Value options:",
    "The options are as follows:",
    "The value options are as follows:",
    "The enumerated values are as follows:",
    "The value can be one of the following:",
    "Possible values are as follows:",
    "Valid values:",
    "The following values are supported:",
    "The value can be set to one of the following values:",
    "The value is one of the following:",
    "The value can be:",
]


@pytest.mark.parametrize("lead_in", LEAD_INS)
def test_list_under_a_lead_in(lead_in: str) -> None:
    """Each lead-in makes the list below it an enumeration, with or without meanings."""
    read = field(f"<p>Glaze. {lead_in}</p><ul><li><b>RAKU</b>: crackled</li><li>ASH</li></ul>")
    assert values(read) == ["RAKU", "ASH"]
    assert [value.meaning for value in read.enum] == ["crackled", ""]
    assert [value.marked for value in read.enum] == [True, False]
    assert read.enum_notation == "list"
    assert read.lead_in == lead_in.rstrip(":")


def test_list_without_a_lead_in() -> None:
    """Values that are all explained need no lead-in; each stands on its line."""
    read = field("<p>Glaze.</p><ul>\n<li>matt: dull</li>\n<li>gloss: shiny</li></ul>")
    assert values(read) == ["matt", "gloss"]
    assert [value.source.line for value in read.enum] == [6, 7]


@pytest.mark.parametrize(
    "description",
    [
        "<p>Name.</p><ul><li>Cannot be left blank.</li><li>Must be unique.</li></ul>",
        "<p>Name. Can contain only the following character types:</p><ul><li>Digits</li></ul>",
        "<p>Path. The options are as follows:</p><ul><li>If <b>a</b> is 1, a path</li></ul>",
        "<p>Needs these parameters:</p><ul><li><b>cone</b></li><li><b>shelf</b></li></ul>",
        "<p>Idle time.</p><ul><li>For gas kilns: 10</li><li>For wood kilns: 20</li></ul>",
        "<p>Default: <b>false</b></p><p>Minimum: <b>1</b></p>",
        "<p>Codes. The value options are as follows:</p><ul><li>A range, such as 1-2</li></ul>",
    ],
)
def test_other_lists_are_none(description: str) -> None:
    """What is a list but names no values stays text, and each item is accounted for."""
    read = field(description)
    assert read.enum == ()
    assert len(read.notes) == description.count("<li>")


def test_an_item_that_is_no_value_is_a_note() -> None:
    """In a list of values, an item of prose neither is one nor gets lost."""
    read = field("Options:<ul><li>GAS: hot</li><li>WOOD: slow</li><li>Choose with care.</li></ul>")
    assert values(read) == ["GAS", "WOOD"]
    assert [note.text for note in read.notes] == ["Choose with care."]


def test_dashes_in_one_paragraph() -> None:
    """Values after dashes, also where the next paragraph goes on with them."""
    read = field(
        "<p>Kind. The options are as follows: - <b>0</b>: bisque - <b>-1</b>: none</p>"
        "<p>- <b>month</b>: all of a month. - <b>yyyyMMdd</b>: a day</p>"
    )
    assert values(read) == ["0", "-1", "month", "yyyyMMdd"]
    assert read.enum_notation == "dashes"
    assert read.enum[0].meaning == "bisque"
    assert read.enum_open, "a placeholder stands for many values"


def test_dashes_that_explain_something_else() -> None:
    """A list of formats under another introduction is no enumeration."""
    read = field("The format of each is as follows: - <b>box</b>: two points - <b>dot</b>: one")
    assert read.enum == ()


def test_lines() -> None:
    """A paragraph or a line for each value."""
    for between in ("</p><p>", "<br>"):
        read = field(f"<p>Paid. Options:{between}CLAY: by weight{between}FUEL: by hour</p>")
        assert values(read) == ["CLAY", "FUEL"]
        assert read.enum_notation == "lines"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The value can be <b>A</b>, <b>B</b>, or <b>C</b>.", ["A", "B", "C"]),
        ("The value can be GAS or WOOD.", ["GAS", "WOOD"]),
        ("The value can be asc or desc.", ["asc", "desc"]),
        ("The value can only be <b>open</b>.", ["open"]),
        ("The value is <b>Raw</b>, <b>Fired</b>, or <b>Glazed</b>.", ["Raw", "Fired", "Glazed"]),
        ("The possible values are <b>up</b> and <b>down</b>.", ["up", "down"]),
        ("Options: <b>k.small</b> and <b>k.large</b>", ["k.small", "k.large"]),
        ("Valid values: GAS, WOOD", ["GAS", "WOOD"]),
        ("GAS, WOOD, and OIL are supported.", ["GAS", "WOOD", "OIL"]),
        ("Only <b>Raku</b> is supported.", ["Raku"]),
        ("Fuel, which can be <b>GAS</b> or <b>WOOD</b>.", ["GAS", "WOOD"]),
        ("Grade, whose value can be <b>A</b> or <b>B</b>, in descending order.", ["A", "B"]),
        ("The value can be <b>4</b> (four) or <b>6</b> (six).", ["4", "6"]),
        ('The value can be "hot" or "cold".', ["hot", "cold"]),
        (
            "The value can be <b>on</b> or <b>off</b>, and the default value is <b>on</b>.",
            ["on", "off"],
        ),
        (
            "<b>true</b> indicates that it is hot, and <b>false</b> indicates cold.",
            ["true", "false"],
        ),
    ],
)
def test_prose(sentence: str, expected: list[str]) -> None:
    """Values listed in a sentence."""
    read = field(f"<p>Something. {sentence}</p>")
    assert values(read) == expected
    assert read.enum_notation == "prose"


def test_a_sentence_without_its_full_stop() -> None:
    """`Glaze The value can be …` are two sentences."""
    assert values(field("<p>Glaze The value can be RAKU.</p>")) == ["RAKU"]


def test_bare_constants_in_bold() -> None:
    """Nothing but values in bold and capitals needs neither lead-in nor meanings."""
    bare = "<p>Glaze.</p><ul><li><b>RAKU_1</b></li><li><b>ASH</b></li></ul>"
    assert values(field(bare)) == ["RAKU_1", "ASH"]
    assert values(field(bare.replace("<b>", "").replace("</b>", ""))) == []
    assert values(field(bare.replace("Glaze.", "Needs these:"))) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The value can be any number up to 7.",
        "The value can be <b>null</b> or an empty list.",
        "The value can be the ID of a kiln.",
        "The value cannot be <b>6</b>.",
        "The value is left blank by default.",
        "The value must be unique.",
        "If the kiln is cold, the value can only be <b>0</b>.",
        "For gas kilns, the value can be <b>A</b> or <b>B</b>.",
        "Only gas kilns are supported.",
        "Label, which can be extended.",
        "<b>-1</b> indicates that there is no limit.",
    ],
)
def test_prose_that_lists_no_values(sentence: str) -> None:
    """What only begins like an enumeration, or holds under a condition, is none."""
    assert field(f"<p>Something. {sentence}</p>").enum == ()


def test_names_in_an_object_are_no_values() -> None:
    """`key indicates …` about the parts of a map enumerates nothing."""
    described = "<b>key</b> indicates the name, and <b>value</b> indicates the list."
    assert field(described, "Map<String,String>".replace("<", "&lt;")).enum == ()


def test_the_same_values_twice_are_one_enumeration() -> None:
    """Prose and list together: each value once, with the meaning that either gives it."""
    read = field(
        "<p>The value can be <b>true</b> or <b>false</b>.</p>"
        "<ul><li><b>true</b>: hot</li><li><b>false</b>: cold</li></ul>",
        "Boolean",
    )
    assert [(value.value, value.meaning) for value in read.enum] == [
        ("true", "hot"),
        ("false", "cold"),
    ]


def test_two_values_with_one_meaning() -> None:
    """`0 or false: …` names two values."""
    read = field("Optional values:<br><b>0</b> or <b>false</b>: off<br><b>1</b> or <b>true</b>: on")
    assert values(read) == ["0", "false", "1", "true"]


def test_a_value_called_default() -> None:
    """`Default: …` in bold in a list is a value; without, it states a default."""
    read = field("Options:<ul><li><b>Default</b>: usual</li><li><b>Rare</b>: not</li></ul>")
    assert values(read) == ["Default", "Rare"]
    assert read.default is None
    assert field("<p>Default: <b>Rare</b></p>").default == "Rare"
