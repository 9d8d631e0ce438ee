"""The ledger and the matrix of a run, made by hand."""

from __future__ import annotations

from datetime import date

from contract_tests.findings import Source
from contract_tests.verdicts import (
    Agreement,
    FactState,
    LedgerState,
)
from tests.report.sample_findings import PAGE, SPEC, place
from tests.report.sample_verdicts import known_400, known_efs, known_timing, new_efs


def ledger() -> tuple[LedgerState, ...]:
    """Entries in each state, one of them due for review."""
    return (
        LedgerState(
            "volume-category-efs",
            "VolumeRes.category",
            "the service answers EFS where the page lists SFS",
            "docs",
            "seen",
            date(2027, 5, 1),
            118,
            ("EFS",),
            ("seen: five recorded sessions", "client: the shipped SDK declares EFS"),
        ),
        LedgerState(
            "lease-type-upper-case",
            "Lease.type",
            "the service answers TIMING and IDLE in upper case",
            "docs",
            "seen",
            date(2026, 10, 1),
            118,
            ("TIMING",),
            ("seen: five recorded sessions", "inferred: IDLE"),
            due=True,
        ),
        LedgerState(
            "status-400-missing",
            "status.400",
            "the table of status codes lacks 400",
            "docs",
            "seen",
            date(2027, 5, 1),
            61,
            ("400",),
            ("stated: the page of error codes",),
        ),
        LedgerState(
            "volume-status-further",
            "VolumeRes.status",
            "MOUNTING and ten more values besides RESIZING",
            "undetermined",
            "not-seen",
            date(2027, 5, 1),
            evidence=("client: the values that shipped clients declare",),
        ),
        LedgerState(
            "endpoints-ssh-keys",
            "EndpointsRes.ssh_keys",
            "no client knows ssh_keys; key_pair_names is there instead",
            "docs",
            "not-exercised",
            date(2026, 11, 1),
            evidence=("client: key_pair_names in every shipped client",),
            due=True,
        ),
    )


def fact(
    name: str,
    aspect: str,
    agreement: Agreement,
    parties: tuple[str | None, str | None, str | None],
    lines: tuple[int, int] = (0, 0),
    seen: dict[str, int] | None = None,
    fingerprints: tuple[str, ...] = (),
) -> FactState:
    """One row of the matrix; `parties` are page, spec, service."""
    return FactState(
        place(name),
        aspect,
        agreement,
        *parties,
        seen=seen or {},
        page_source=Source(PAGE, lines[0]) if parties[0] is not None else None,
        spec_source=Source(SPEC, lines[1]) if parties[1] is not None else None,
        fingerprints=fingerprints,
    )


def matrix() -> tuple[FactState, ...]:
    """A row of each kind, and enough plain ones to look like the real page."""
    efs, timing, missing = (
        v.finding.fingerprint for v in (known_efs(), known_timing(), known_400())
    )
    wrong = new_efs().finding.fingerprint
    status = "STOPPED, STARTING, RUNNING, STOPPING, CREATING, FROZEN, ERROR and 7 more"
    special = (
        fact(
            "VolumeRes.category",
            "enum",
            "nobody-agrees",
            ("SFS, EVS", "EFS, EVS", "EFS, EVS, efs"),
            (615, 412),
            {"EFS": 118, "EVS": 73, "efs": 14},
            (wrong, efs),
        ),
        fact(
            "Lease.type",
            "enum",
            "service-alone",
            ("timing, idle", "timing, idle", "TIMING"),
            (555, 366),
            {"TIMING": 118},
            (timing,),
        ),
        fact(
            "status.400",
            "status",
            "docs-alone",
            ("not listed", "400", "400"),
            (755, 71),
            {"400": 61},
            (missing,),
        ),
        fact(
            "JobProgress.step",
            "limit",
            "spec-alone",
            ("1 to 4", "0 to 4", "1 to 4"),
            (262, 233),
            {"1": 20, "2": 20, "3": 19, "4": 31},
        ),
        fact(
            "NotebookResp.status",
            "enum",
            "agree",
            (status, status, "STARTING, RUNNING"),
            (180, 301),
            {"STARTING": 140, "RUNNING": 65},
        ),
        fact("status.404", "status", "agree", ("404", "404", "404"), (759, 80), {"404": 12}),
        fact(
            "EndpointsRes.ssh_keys",
            "presence",
            "differ-unexercised",
            ("array", None, None),
            (290, 0),
        ),
        fact(
            "query.duration", "parameter", "agree", ("Long", "integer, int64", "accepted"), (62, 58)
        ),
        fact(
            "query.type",
            "default",
            "agree-unexercised",
            ("timing", "timing", None),
            (64, 66),
        ),
        fact(
            "invariant.lease-update-after-create",
            "invariant",
            "agree",
            (None, "self.update_at >= self.create_at", "held 118 times"),
            (0, 371),
        ),
        fact(
            "NotebookResp.create_at",
            "presence",
            "service-alone",
            (None, None, "integer"),
            seen={"integer": 205},
        ),
    )
    return special + tuple(_plain_facts())


STRUCTURES = {
    "NotebookResp": "description fail_reason feature flavor id image lease name pool token url",
    "EndpointsRes": "allowed_access_ips dev_service service uri",
    "Image": "arch create_at description dev_services id name namespace origin size status tag",
    "Lease": "create_at duration enable update_at",
    "Pool": "id name",
    "VolumeRes": "capacity mount_path ownership status",
    "user": "domain id name",
    "domain": "id name",
    "JobProgress": "notebook_id status step_description",
}


def _plain_facts() -> list[FactState]:
    rows: list[FactState] = []
    for structure, names in STRUCTURES.items():
        for number, name in enumerate(names.split()):
            kind = "Long" if name.endswith("_at") or name == "size" else "String"
            spec = "integer, int64" if kind == "Long" else "string"
            silent = structure in ("Pool", "domain") or number % 5 == 4
            rows.append(
                fact(
                    f"{structure}.{name}",
                    "type",
                    "agree-unexercised" if silent else "agree",
                    (kind, spec, None if silent else spec),
                    (100 + 9 * len(rows), 200 + 7 * len(rows)),
                    {} if silent else {spec: 205},
                )
            )
    return rows
