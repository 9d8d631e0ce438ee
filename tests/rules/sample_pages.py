"""Small pages for the rules' docstrings: a compact notation becomes HTML of the vendor's shape.

    title Starting a Thing                      the title; may be left out
    POST /v1/{project_id}/things/{id}/start     the method and URI
    = path                                      a table: path, query, header, request,
    id | Yes | String | Thing ID.               `response 200`, or a structure's name; rows of four
    = response 200                              cells have the column "Mandatory", rows of three
    disk | Disk object | The disk.              have not
    = Disk
    kind | String | Kind of disk. Options: * SSD: fast * HDD
    = example response 200                      until the next line that starts with `= `;
    {"disk": {"kind": "SSD"}}                   `> ` before a line makes it a sentence, not code
    = statuses
    200 | OK
    = errors                                    status, error code, message, description
    400 | Things.0001 | No such thing. | The thing does not exist.
    = text Constraints                          a section of free text
    None

In cells: `Disk object` and `Array of Disk objects` link to the table Disk where the sample has
one, `[text](target)` is a link, `**x**` is bold, ` * ` begins a list item, ` / ` a new paragraph.
Several pages: `page CreateThing` before each.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

from contract_tests.docs import read_page
from contract_tests.facts import Page

CAPTIONS = {
    "path": "Path Parameters",
    "query": "Query Parameters",
    "header": "Request header parameters",
    "request": "Request body parameters",
    "response": "Response body parameters",
}
HEADINGS = {
    "path": "URI",
    "query": "URI",
    "header": "Request Parameters",
    "request": "Request Parameters",
    "response": "Response Parameters",
    "example request": "Example Requests",
    "example response": "Example Responses",
    "statuses": "Status Codes",
}


def samples(doc: str, word: str) -> list[str]:
    """The indented blocks that follow a line `word::` of a docstring."""
    blocks = re.findall(rf"^{word}::\n((?:[ ]+\S.*\n|\s*\n)+)", doc + "\n", re.MULTILINE)
    return [inspect.cleandoc(block) for block in blocks]


def read_sample(sample: str, folder: Path) -> list[Page]:
    """The pages of a sample, read back by the real reader."""
    parts = re.split(r"^page (\w+)\n", sample, flags=re.MULTILINE)
    named = zip(parts[1::2], parts[2::2], strict=True) if parts[1:] else [("Sample", sample)]
    return [read_page(_write(folder / f"{name}.html", text)) for name, text in named]


def _write(path: Path, sample: str) -> Path:
    path.write_text(html(sample), encoding="utf-8")
    return path


def html(sample: str) -> str:
    """A page in the vendor's shape from the compact notation."""
    uri, *sections = re.split(r"^= ", sample, flags=re.MULTILINE)
    names = [section.partition("\n")[0] for section in sections]
    titled = re.fullmatch(r"(?:title (.*)\n)?(.*)", uri.strip())
    title, uri = (titled[1], titled[2]) if titled else (None, uri)
    body = "\n".join(_sections(uri.strip(), sections, names))
    return f'<h1 class="topictitle1">{title or "Sample"}</h1>\n<div>{body}\n</div></div>\n'


def _sections(uri: str, sections: list[str], names: list[str]) -> Iterator[str]:
    yield f'<div class="section"><h4 class="sectiontitle">URI</h4><p>{escape(uri)}</p>'
    open_heading = "URI"
    for number, section in enumerate(sections, 1):
        name, _, text = section.partition("\n")
        kind, status = re.fullmatch(r"(.*?)(?: (\d{3}))?", name).groups()  # type: ignore[union-attr]
        heading = kind[5:] if kind.startswith("text ") else HEADINGS.get(kind, open_heading)
        if heading != open_heading:
            yield f'</div>\n<div class="section"><h4 class="sectiontitle">{heading}</h4>'
            open_heading = heading
        if status:
            yield f"<p><strong>Status code: {status}</strong></p>"
        yield from _section(kind, text, number, names)


def _section(kind: str, text: str, number: int, names: list[str]) -> Iterator[str]:
    if kind.startswith("text "):
        yield from (_paragraphs(line) for line in text.splitlines() if line.strip())
    elif kind.startswith("example"):
        yield from _example(text)
    else:
        yield _table(kind, [line.split(" | ") for line in text.splitlines() if line], number, names)


def _example(text: str) -> Iterator[str]:
    code: list[str] = []
    for line in text.splitlines():
        if line.startswith("> "):
            yield from _code(code)
            code = []
            yield f"<p>{_inline(line[2:])}</p>"
        else:
            code.append(line)
    yield from _code(code)


def _code(lines: list[str]) -> Iterator[str]:
    if any(lines):
        yield f'<pre class="screen">{escape(chr(10).join(lines).strip(), quote=False)}</pre>'


def _table(kind: str, rows: list[list[str]], number: int, names: list[str]) -> str:
    anchor = f"Sample__{kind.replace(' ', '_')}"
    columns = ["Parameter", "Mandatory", "Type", "Description"]
    if kind == "statuses":
        caption, columns = "", ["Status Code", "Description"]
    elif kind == "errors":
        caption, columns = "", ["Status Code", "Error Codes", "Error Message", "Description"]
    else:
        caption = f"<caption><b>Table {number} </b>{CAPTIONS.get(kind, kind)}</caption>"
        if rows and len(rows[0]) == 3:
            columns.remove("Mandatory")
    head = "".join(f"<th><p>{column}</p>\n</th>\n" for column in columns)
    body = "".join(f"<tr>{''.join(_cells(row, names))}</tr>\n" for row in rows)
    return (
        f'<div class="tablenoborder"><a name="{anchor}"></a><table id="{anchor}">{caption}'
        f"<thead><tr>{head}</tr>\n</thead>\n<tbody>{body}</tbody>\n</table>\n</div>"
    )


def _cells(row: list[str], names: list[str]) -> Iterator[str]:
    for index, cell in enumerate(row):
        if len(row) > 2 and index == len(row) - 2:
            content = f"<p>{_type(cell, names)}</p>"
        else:
            content = _paragraphs(cell)
        yield f'<td class="cellrowborder" valign="top">{content}\n</td>\n'


def _type(cell: str, names: list[str]) -> str:
    words = (
        f'<a href="#Sample__{word}">{word}</a>' if word in names else escape(word)
        for word in cell.split(" ")
    )
    return " ".join(words) if "](" not in cell else _inline(cell)


def _paragraphs(cell: str) -> str:
    blocks = []
    for paragraph in cell.split(" / "):
        lead, *items = f" {paragraph}".split(" * ")
        blocks.append(f"<p>{_inline(lead.strip())}</p>")
        if items:
            blocks.append(
                "<ul>" + "".join(f"<li><p>{_inline(item)}</p>\n</li>" for item in items) + "</ul>"
            )
    return "\n".join(blocks)


def _inline(text: str) -> str:
    text = escape(text, quote=False)
    text = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", text)
    return re.sub(r"\[(.+?)\]\((.+?)\)", r'<a href="\2">\1</a>', text)
