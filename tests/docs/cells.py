"""One field from the cells of a row, read as a page is."""

from __future__ import annotations

from contract_tests.docs import html
from contract_tests.facts import Field

PAGE = """<h1>Kilns</h1><h4>URI</h4><p>GET /kilns</p>
<table id="t"><caption>Table 1 Parameters</caption>
<thead><tr><th>Parameter</th><th>Mandatory</th><th>Type</th><th>Description</th></tr></thead>
<tr><td>field</td><td>No</td><td>{type}</td>
<td>{description}</td></tr></table>"""


def field(description: str = "", type_: str = "String") -> Field:
    """The field whose description cell holds that HTML; the cell begins on line 5."""
    page = html.read(PAGE.format(type=type_, description=description).encode(), "kilns.html")
    return page.tables[0].fields[0]


def values(described: Field) -> list[str]:
    """The values of its enumeration."""
    return [value.value for value in described.enum]
