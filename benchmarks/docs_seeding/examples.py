"""Faults of examples."""

from __future__ import annotations

import re
from collections.abc import Iterator

from benchmarks.docs_seeding.edits import VALUE, Fault, at, rewrite, show
from benchmarks.docs_seeding.rows import shown
from contract_tests.facts import Page


def example_body_undocumented(page: Page) -> Iterator[Fault]:
    """A body where the page documents none."""
    documented = any(table.role == "request" for table in page.tables)
    for example in page.examples if page.method in {"POST", "PUT", "DELETE"} else ():
        if example.role == "request" and example.uri and not example.body and not documented:
            yield Fault("example.request", rewrite(example, r"\s*$", '\n\n{\n  "kiln" : 1\n}'))


def example_cross_field(page: Page) -> Iterator[Fault]:
    """A count that is not that of the list, a value that the response changes."""
    for table, field, example, value in shown(page, "response"):
        beside = [row for row in table.fields if row.type.kind == "array"]
        count = field.name in {"count", "total_count"} and value.isdigit() and len(beside) == 1
        listed = count and f'"{beside[0].name}"' in (example.body or "")
        if listed and len(page.examples) < 3:
            yield Fault(at(table, field), show(field, example, "0" if value != "0" else "3"))


def example_enum_case(page: Page) -> Iterator[Fault]:
    """A listed value in another case."""
    for table, field, example, value in shown(page):
        listed = {item.value for item in field.enum}
        plain, other = value.strip('"'), value.swapcase()
        closed = field.type.kind == "string" and not field.enum_open
        if closed and plain in listed and other.strip('"') not in listed:
            yield Fault(at(table, field), show(field, example, other))


def example_invalid_json(page: Page) -> Iterator[Fault]:
    """A comma less, a comma more."""
    for example in page.examples:
        body = example.body or ""
        if body.startswith("{") and "..." not in body and body.count(",\n") > 1:
            at_role = f"example.{example.role}"
            yield Fault(at_role, rewrite(example, ",\n", "\n"))
            yield Fault(at_role, rewrite(example, r"\}\s*$", ",}"))


def example_missing_mandatory_field(page: Page) -> Iterator[Fault]:
    """A mandatory field left out."""
    for table, field, example, _ in shown(page, "request"):
        if field.mandatory and not re.search("need|only|when|if ", field.description):
            member = rf'\s*"{re.escape(field.name)}"\s*:\s*(?:{VALUE})\s*,'
            own = table.role in {"request", "structure"} and page.uri and example.uri
            if own and re.search(member, example.body or ""):
                yield Fault(at(table, field), rewrite(example, member, "\n"))


def example_outside_enum(page: Page) -> Iterator[Fault]:
    """A value that is not listed."""
    for table, field, example, value in shown(page):
        listed = {item.value for item in field.enum}
        if value.strip('"') in listed and field.type.kind == "string" and not field.enum_open:
            yield Fault(at(table, field), show(field, example, '"KILN"'))


def example_shape(page: Page) -> Iterator[Fault]:
    """The whole body inside of one more object."""
    for example in page.examples:
        body = example.body or ""
        roots = [t for t in page.tables if t.role == example.role and len(t.fields) > 1]
        if body.startswith("{") and "..." not in body and len(roots) == 1:
            edit = rewrite(example, r"(?:^|(?<=\n))(\{.*\})\s*$", r'{ "kiln_body" : \g<1> }')
            yield Fault(roots[0].name, edit)


def example_undocumented_field(page: Page) -> Iterator[Fault]:
    """A field more."""
    for table, field, example, value in shown(page):
        if value.startswith('"'):
            more = rf'"kiln_name" : "a", "{field.name}"\g<1>:'
            edit = rewrite(example, rf'"{re.escape(field.name)}"(\s*):', more)
            yield Fault(f"{table.name}.kiln_name", edit)


def example_violates_limit(page: Page) -> Iterator[Fault]:
    """A number too great, a text too long."""
    for table, field, example, value in shown(page):
        limits = field.limits
        if value.isdigit() and limits.maximum is not None and not field.enum:
            more = f"{int(limits.maximum) + 1}"
            yield Fault(at(table, field), show(field, example, more))
        text = value.startswith('"') and field.type.kind == "string" and not field.enum
        if text and limits.max_length:
            more = f'"{"a" * (limits.max_length + 1)}"'
            yield Fault(at(table, field), show(field, example, more))


def example_without_request_line(page: Page) -> Iterator[Fault]:
    """The request line gone."""
    asked = [example for example in page.examples if example.role == "request"]
    if len(asked) == 1 and asked[0].uri and asked[0].body:
        yield Fault("example.request", rewrite(asked[0], r"^.*?(?=\n\s*[{\[])", ""))


def example_wrong_type(page: Page) -> Iterator[Fault]:
    """A number for a text, a text for a number."""
    for table, field, example, value in shown(page):
        if field.enum or field.type.kind not in {"string", "integer", "boolean"}:
            continue
        if field.type.kind == "string" and value.startswith('"'):
            yield Fault(at(table, field), show(field, example, "17"))
        elif field.type.kind != "string" and not value.startswith('"'):
            yield Fault(at(table, field), show(field, example, f'"{value}"'))


def implausible_timestamp(page: Page) -> Iterator[Fault]:
    """A point in time with two digits less."""
    told = re.compile(
        r"\btime(?:stamp)? (?:when|at)|(?:creation|update|start|end) time", re.IGNORECASE
    )
    for table, field, example, value in shown(page):
        moment = value.isdigit() and len(value) in {10, 13} and told.search(field.description)
        if moment and field.name.endswith(("time", "_at")):
            yield Fault(at(table, field), show(field, example, value[:-2]))


def secret_in_example(page: Page) -> Iterator[Fault]:
    """A private key."""
    key = '"-----BEGIN RSA PRIVATE KEY-----MIIEowIBAAKCAQEA"'
    for table, field, example, value in shown(page):
        plain = value.startswith('"') and field.type.kind == "string" and not field.enum
        if plain and not field.limits.max_length and not field.limits.format:
            yield Fault(at(table, field), show(field, example, key))
