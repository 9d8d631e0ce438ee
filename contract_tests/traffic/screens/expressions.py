"""What translated expressions are made of, and what is known of the value of each.

Where the type of a value is known before it comes, Python's own operation is written; where it is
not, one that looks.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping

from contract_tests.traffic.screens.cel_operations import BEYOND, BOOLEAN, LEAST
from contract_tests.traffic.typed.known import Known, Member, Record

FOUND = "_found"
"""What is called with each value that may be absent; raises KeyError where it is."""


class OutsideError(Exception):
    """The expression uses more of CEL than can be said in Python."""


_OF_TEXTS: Mapping[str, tuple[str, Known]] = {
    "_starts": ("startswith", "boolean"),
    "_ends": ("endswith", "boolean"),
    "_contains": ("in", "boolean"),
    "_lower": ("lower", "string"),
}
"""The methods of Python that mean the same."""

LIKE: Mapping[Known, str] = {"string": "_text", "integer": "_integer"}
"""What lets through only values that compare alike in both languages with what is known so."""
_LETS: Mapping[str, Known] = {"_text": "string", "_integer": "integer", "_truth": "boolean"}
_AT_ONCE = {"_text": "str", "_truth": "bool"}
"""The types that are seen to be right without a call, which takes longer."""


def checked(operation: str, value: ast.expr) -> ast.expr:
    """A value, held to what an operation lets through."""
    if known_of(value) == _LETS[operation]:
        return value
    if operation == "_integer":
        return _integer(value)
    is_right = ast.Compare(
        call("type", _kept("_v", value)), [ast.Is()], [name_of(_AT_ONCE[operation])]
    )
    return ast.IfExp(is_right, name_of("_v"), call(operation, name_of("_v")))


def _integer(value: ast.expr) -> ast.expr:
    """The same of an integer, which has to be one to CEL."""
    is_int = ast.Compare(call("type", _kept("_v", value)), [ast.Is()], [name_of("int")])
    return ast.IfExp(is_int, in_bounds(name_of("_v")), call("_integer", name_of("_v")))


def in_bounds(value: ast.expr) -> ast.expr:
    """An integer, at once where it is one to CEL."""
    least, beyond = ast.Constant(LEAST), ast.Constant(BEYOND)
    is_one = ast.Compare(least, [ast.LtE(), ast.Lt()], [_kept("_v", value), beyond])
    return ast.IfExp(is_one, name_of("_v"), call("_integer", name_of("_v")))


def alike_texts(
    left: ast.expr, compare: list[ast.cmpop], right: ast.expr, operation: str
) -> ast.expr:
    """A comparison of two of one type, at once where both are texts, as ids are."""
    types = [call("type", _kept("_b", right)), name_of("str")]
    are_texts = ast.Compare(call("type", _kept("_a", left)), [ast.Is(), ast.Is()], types)
    at_once = ast.Compare(name_of("_a"), compare, [name_of("_b")])
    return ast.IfExp(are_texts, at_once, call(operation, name_of("_a"), name_of("_b")))


def is_simple(expression: ast.expr) -> bool:
    """Whether it is a variable or a look-up, in which nothing is kept."""
    while isinstance(expression, ast.Subscript | ast.Attribute) or is_found(expression):
        is_field = isinstance(expression, ast.Subscript | ast.Attribute)
        expression = expression.value if is_field else expression.args[0]  # type: ignore[attr-defined]  # a call
    return isinstance(expression, ast.Name)


def is_found(node: ast.AST) -> bool:
    """Whether it is a value that may be absent."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == FOUND


def _kept(name: str, value: ast.expr) -> ast.expr:
    return ast.NamedExpr(ast.Name(name, ast.Store()), value)


def name_of(name: str) -> ast.expr:
    """A variable."""
    return ast.Name(name, ast.Load())


def as_truth(expression: ast.expr) -> ast.expr:
    """The expression, held to be true or false: CEL takes nothing else for a condition."""
    is_call = isinstance(expression, ast.Call) and isinstance(expression.func, ast.Name)
    name = expression.func.id if is_call else ""  # type: ignore[attr-defined]  # a call of a name
    is_bool = isinstance(expression, ast.Compare | ast.BoolOp | ast.IfExp) or name in BOOLEAN
    return expression if is_bool else checked("_truth", expression)


def known_of(expression: ast.expr) -> Known:
    """What is known of the value of a translated expression."""
    found: Known = getattr(expression, "known", None)
    return found


def knowing(expression: ast.expr, known: Known) -> ast.expr:
    """The expression, with what is known of its value."""
    expression.known = known  # type: ignore[attr-defined]  # a note of ours on the node
    return expression


def called(name: str, *arguments: ast.expr) -> ast.expr:
    """A function of texts, at once where they are known to be texts."""
    if name not in _OF_TEXTS or any(known_of(each) != "string" for each in arguments):
        return call(name, *arguments)
    method, known = _OF_TEXTS[name]
    owner, *given = arguments
    if name == "_contains":
        return ast.Compare(given[0], [ast.In()], [owner])
    return knowing(ast.Call(ast.Attribute(owner, method, ast.Load()), given, []), known)


def read(owner: ast.expr, member: Member) -> ast.expr:
    """A field of a record."""
    found: ast.expr = ast.Attribute(owner, member.attribute, ast.Load())
    if member.is_optional:
        found = call(FOUND, found)
    if not member.is_mixed:
        return knowing(found, member.known)
    is_record = isinstance(member.known, Record)
    return knowing(call("_record", found), member.known) if is_record else found


def member_of(record: Record, name: str) -> Member | None:
    """The member of that name; None where there can be none."""
    found = record.members.get(name)
    if found is None and not record.is_closed:
        raise OutsideError
    return found


def has(name: str, owner: ast.expr, field: str) -> ast.expr:
    """Whether a value has a field, or lacks it."""
    known = known_of(owner)
    if not isinstance(known, Record):
        return call(name, owner, ast.Constant(field))
    member, is_asked = member_of(known, field), name == "_has"
    if member is not None and member.is_optional:
        value = ast.Attribute(owner, member.attribute, ast.Load())
        return ast.Compare(value, [ast.IsNot() if is_asked else ast.Is()], [name_of("_UNSET")])
    is_true = is_asked == (member is not None)  # of an owner that is there; it is never None
    return ast.Compare(owner, [ast.IsNot() if is_true else ast.Is()], [ast.Constant(None)])


def call(name: str, *arguments: ast.expr) -> ast.expr:
    """A call of one of the operations."""
    return ast.Call(name_of(name), list(arguments), [])
