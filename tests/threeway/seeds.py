"""The seeded disagreements: each alters exactly one party."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from contract_tests.facts import (
    Default,
    EnumValue,
    Field,
    FieldType,
    Limits,
    Page,
    StatusCode,
    Table,
)
from contract_tests.findings import Source

NOWHERE = Source("altered")

PageEdit = Callable[[Page], Page]
FieldEdit = Callable[[Field], Field]


def row(table: str, name: str, change: FieldEdit) -> PageEdit:
    """A page with one row changed."""

    def edit(page: Page) -> Page:
        return _with_rows(page, table, lambda f: (change(f) if f.name == name else f,))

    return edit


def without(table: str, name: str) -> PageEdit:
    """A page without a row."""
    return lambda page: _with_rows(page, table, lambda f: () if f.name == name else (f,))


def renamed(table: str, name: str, new: str) -> PageEdit:
    """A page with a row of another name."""
    return row(table, name, lambda field: replace(field, name=new))


def further(table: str, name: str, kind: Any = "string") -> PageEdit:
    """A page with a row more."""
    added = Field(name, FieldType(kind, kind), NOWHERE)

    def edit(page: Page) -> Page:
        first = next(t for t in page.tables if t.name == table).fields[0]
        return _with_rows(page, table, lambda f: (added, f) if f is first else (f,))

    return edit


def statuses(change: Callable[[int], Iterable[int]]) -> PageEdit:
    """A page with other status codes."""

    def edit(page: Page) -> Page:
        codes = [code for old in page.statuses for code in change(old.code)]
        return replace(page, statuses=tuple(StatusCode(c, "", NOWHERE) for c in codes))

    return edit


def listing(*values: str) -> FieldEdit:
    """A row that lists other values."""
    return lambda f: replace(f, enum=tuple(EnumValue(value, "", NOWHERE) for value in values))


def typed(kind: Any, items: Any = None) -> FieldEdit:
    """A row of another type."""
    return lambda field: replace(field, type=FieldType(kind, kind, items))


def limited(**limits: Any) -> FieldEdit:
    """A row with other limits."""
    return lambda field: replace(field, limits=Limits(**limits))


def defaulting(value: str) -> FieldEdit:
    """A row with another default."""
    return lambda field: replace(field, default=value, defaults=(Default(value),))


def reworded(field: Field) -> Field:
    """A row with another description."""
    return replace(field, pinned_digest="0123456789abcdef")


def mandatory(written: str) -> FieldEdit:
    """A row that is mandatory (`yes`), or is not."""
    return lambda field: replace(field, mandatory=written == "yes")


def _with_rows(page: Page, name: str, change: Callable[[Field], Iterable[Field]]) -> Page:
    def changed(table: Table) -> Table:
        fields = tuple(new for field in table.fields for new in change(field))
        return replace(table, fields=fields) if table.name == name else table

    return replace(page, tables=tuple(map(changed, page.tables)))


OF_THE_PAGE: dict[str, PageEdit] = {
    "a value more in category": row("VolumeRes", "category", listing("SFS", "EVS", "NFS")),
    "a value less in category": row("VolumeRes", "category", listing("SFS")),
    "a value less in status": row("JobProgress", "status", listing("WAITING", "FAILED")),
    "a value in another case": row("Image", "arch", listing("x86_64", "AARCH64")),
    "a value misspelt": row("NotebookResp", "feature", listing("DEFAULT", "NOTEBOK")),
    "a number more": row("JobProgress", "step", listing("1", "2", "3", "4", "5")),
    "a list for free text": row("Pool", "name", listing("A", "B")),
    "no list any more": row("Image", "visibility", listing()),
    "text for a number": row("VolumeRes", "capacity", typed("string")),
    "a number for text": row("NotebookResp", "flavor", typed("integer")),
    "text for a boolean": row("Lease", "enable", typed("string")),
    "32 bits for 64": row("Image", "size", typed("integer")),
    "an array for text": row("Image", "tag", typed("array", "string")),
    "a parameter of another type": row("query", "duration", typed("string")),
    "a lower maximum": row("VolumeRes", "capacity", limited(maximum=10.0, unit="GB")),
    "a higher maximum": row("VolumeRes", "capacity", limited(maximum=8192.0, unit="GB")),
    "a shorter length": row("Image", "description", limited(max_length=64)),
    "a minimum": row("Lease", "duration", limited(minimum=1.0)),
    "another default": row("query", "type", defaulting("idle")),
    "a default": row("NotebookResp", "flavor", defaulting("modelarts.vm.cpu.2u")),
    "a mandatory parameter": row("query", "type", mandatory("yes")),
    "no mandatory id": row("path", "id", mandatory("no")),
    "a parameter's value less": row("query", "type", listing("timing")),
    "a row less": without("NotebookResp", "flavor"),
    "a row less of storage": without("VolumeRes", "ownership"),
    "a parameter less": without("query", "duration"),
    "a row misspelt": renamed("Lease", "create_at", "created_at"),
    "a row more": further("NotebookResp", "colour"),
    "a parameter more": further("query", "force", "boolean"),
    "no 404": statuses(lambda code: () if code == 404 else (code,)),
    "202 for 201": statuses(lambda code: (202,) if code == 201 else (code,)),
    "409 besides": statuses(lambda code: (code, 409) if code == 404 else (code,)),
    "another description": row("Lease", "type", reworded),
    "another method": lambda page: replace(page, method="PUT"),
    "another path": lambda page: replace(page, uri="/v2/{project_id}/notebooks/{id}/start"),
}


@dataclass(frozen=True)
class Line:
    """The first `old` behind `anchor` in the spec, and what it becomes."""

    anchor: str
    old: str
    new: str


OF_THE_SPEC: dict[str, Line] = {
    "EVS is gone": Line("\n    VolumeRes:", "enum: [SFS, EVS]", "enum: [SFS]"),
    "a value more": Line("\n    VolumeRes:", "enum: [SFS, EVS]", "enum: [SFS, EVS, NFS]"),
    "a state of the job is gone": Line(
        "\n    JobProgress:", "[WAITING, PROCESSING, FAILED, COMPLETED]", "[WAITING, PROCESSING]"
    ),
    "another case": Line("\n    Image:", "[X86_64, AARCH64]", "[x86_64, aarch64]"),
    "a step is gone": Line("\n    JobProgress:", "enum: [1, 2, 3, 4]", "enum: [1, 2, 3]"),
    "an ownership is gone": Line("\n    VolumeRes:", "[MANAGED, DEDICATED]", "[DEDICATED]"),
    "values of an array are gone": Line(
        "\n    NotebookResp:", "[STORAGE, COMPUTE, ALL]", "[STORAGE]"
    ),
    "text for a number": Line(
        "        capacity:\n",
        "type: integer\n          format: int32\n          maximum: 4096",
        "type: string",
    ),
    "a number for text": Line("        flavor:\n", "type: string", "type: integer"),
    "text for a boolean": Line("        enable:\n", "type: boolean", "type: string"),
    "32 bits for 64": Line("        size:\n", "format: int64", "format: int32"),
    "text for an array": Line(
        "        ssh_keys:\n",
        "type: array\n          description: SSH key pairs that open the instance.\n"
        "          items: {type: string}",
        "type: string\n          description: SSH key pairs that open the instance.",
    ),
    "a lower maximum": Line("        capacity:\n", "maximum: 4096", "maximum: 2"),
    "a higher maximum": Line("        capacity:\n", "maximum: 4096", "maximum: 9000"),
    "a shorter length": Line("\n    Image:", "maxLength: 512", "maxLength: 3"),
    "a format": Line("\n    Pool:", "type: string", "type: string\n          format: uuid"),
    "no format": Line("\n    Image:", "          format: uuid\n", ""),
    "another default": Line("- name: type\n", "default: timing", "default: idle"),
    "a value of a parameter more": Line("- name: type\n", "[timing, idle]", "[timing, idle, now]"),
    "a value of a parameter less": Line("- name: type\n", "enum: [timing, idle]", "enum: [timing]"),
    "a mandatory parameter": Line(
        "- name: type\n          in: query\n          description: Whether",
        "in: query\n",
        "in: query\n          required: true\n",
    ),
    "a parameter of another type": Line(
        "- name: duration\n", "schema: {type: integer, format: int64}", "schema: {type: string}"
    ),
    "a field misspelt": Line("\n    NotebookResp:", "        flavor:\n", "        flavour:\n"),
    "a field of storage misspelt": Line("\n    VolumeRes:", "    mount_path:\n", "    mount:\n"),
    "a mandatory field": Line(
        "\n    NotebookResp:", "type: object\n", "type: object\n      required: [fail_reason]\n"
    ),
    "no 401": Line(
        "StartNotebook, table: Status Codes, row: 201",
        "        '401': {$ref: '#/components/responses/unauthorized'}\n",
        "",
    ),
    "402 besides": Line(
        "StartNotebook, table: Status Codes, row: 201",
        "        '401': {$",
        "        '402': {$ref: '#/components/responses/refused'}\n        '401': {$",
    ),
    "a reversed invariant": Line(
        "\n    Lease:", "self.update_at >= self.create_at", "self.update_at <= self.create_at"
    ),
    "an invariant in seconds": Line(
        "\n    Lease:", "self.create_at > 1420070400000", "self.create_at < 1420070400000"
    ),
    "another folder": Line(
        "\n    VolumeRes:", 'startsWith("/home/ma-user/work")', 'startsWith("/mnt/work")'
    ),
    "HTTP for HTTPS": Line(
        "\n    NotebookResp:", 'startsWith("https://")', 'startsWith("http:/x")'
    ),
    # Of the next two no page speaks, so that nothing tells a wrong spec from a wrong service.
    "another name after the start": Line(
        "- id: start-keeps-name\n", "== before.name", "!= before.name"
    ),
    "another flavor after the start": Line(
        "- id: start-keeps-flavor\n", "== before.flavor", "!= before.flavor"
    ),
    "a start that stays stopped": Line(
        "- id: start-leads-to-starting", '["STARTING", "RUNNING"]', '["STOPPED"]'
    ),
}

OF_THE_SERVICE: tuple[str, ...] = (
    "start-volume.category-unknown",
    "start-volume.category-other-case",
    "start-volume.capacity-string",
    "start-volume.capacity-too-large",
    "start-volume.capacity-null",
    "start-lease.type-unknown",
    "start-lease.type-boolean",
    "start-lease.update-at-string",
    "start-status-other-case",
    "start-status-empty",
    "start-flavor-integer",
    "start-image-string",
    "start-image.arch-padded",
    "start-image.description-too-long",
    "start-image.id-format",
    "start-image.dev-services-lone",
    "start-image.dev-services.item-unknown",
    "start-billing-items-lone",
    "start-billing-items.item-other-case",
    "start-action-progress.step-above",
    "start-action-progress.step-fraction",
    "start-pool.id-null",
    "start-user.domain.name-object",
    "start-endpoints.uri-format",
    "start-volume.status-padded",
    "start-create-at-string",
    "start-tags.item-string",
    "start-volume.read-only-string",
    "start-endpoints.key-pair-names-lone",
    "start-breaks-lease-updated-after-created",
    "start-breaks-notebook-updated-after-created",
    "start-breaks-url-is-https",
    "start-breaks-storage-has-a-size",
    "start-contradicts-id",
)

OF_THE_HTML: dict[str, tuple[str, str, str]] = {
    "a value replaced": ("VolumeRes</caption>", ">EVS<", ">NFS<"),
    "a lower maximum": ("VolumeRes</caption>", "4096", "10"),
    "text for a number": ("VolumeRes</caption>", ">Integer<", ">String<"),
    "a row misspelt": ("VolumeRes</caption>", ">mount_path<", ">mountpath<"),
    "a boolean as text": ("Lease</caption>", ">Boolean<", ">String<"),
    "a job's state in another case": ("JobProgress</caption>", ">WAITING<", ">Waiting<"),
    "a kind of instance misspelt": ("Response body", ">DEFAULT<", ">DEFAULTS<"),
    "a mandatory parameter": ("Query Parameters</caption>", ">No<", ">Yes<"),
    "another value of a parameter": ("Query Parameters</caption>", ">timing:", ">timer:"),
    "another status": ("Status Codes", ">404<", ">410<"),
    "another path": ("URI</h4>", "/start<", "/run<"),
    "another method": ("URI</h4>", ">POST ", ">PUT "),
}
"""What is replaced in the vendor's own page: the first `old` behind an anchor."""
