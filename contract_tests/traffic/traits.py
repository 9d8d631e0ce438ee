"""What can be told of a translated expression without working it out."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from contract_tests.traffic.translation import VARIABLES


def is_plain(expression: ast.expr) -> bool:
    """Whether anything absent makes all of it an error: no `||` or `&&` can outvote it.

    What is absent inside of a macro raises TypeError, since other items may outvote that.
    """
    return not any(isinstance(node, ast.BoolOp) for node in _outside_macros(expression))


_MAY_LACK = {
    "self",
    "request['headers']",
    "request['query']",
    "response['body']",
    "response['headers']",
}
"""What is always there, with fields that need not be."""


def needed_fields(expression: ast.expr) -> set[tuple[str, str]]:
    """The fields without which a plain expression is an error: what has each, and its name."""
    looked_up = (n for n in _outside_macros(expression) if isinstance(n, ast.Subscript))
    found = {
        (ast.unparse(node.value), str(node.slice.value))
        for node in looked_up
        if isinstance(node.slice, ast.Constant)
    }
    return {(owner, name) for owner, name in found if owner in _MAY_LACK}


def _outside_macros(expression: ast.AST) -> Iterator[ast.AST]:
    """All parts of an expression but the bodies of its macros."""
    if not isinstance(expression, ast.Lambda):
        yield expression
        for node in ast.iter_child_nodes(expression):
            yield from _outside_macros(node)


def is_about_status(expression: ast.expr) -> bool:
    """Whether it speaks of nothing but the status of the answer."""
    names = [n for n in ast.walk(expression) if isinstance(n, ast.Name) and n.id in VARIABLES]
    looked_up = [n.slice for n in ast.walk(expression) if isinstance(n, ast.Subscript)]
    keys = [key.value for key in looked_up if isinstance(key, ast.Constant)]
    return [n.id for n in names] == ["response"] and keys == ["status"] and is_plain(expression)


def absent_variables(expression: ast.expr) -> bool:
    """Whether it speaks of a variable that recorded traffic never has."""
    return any(isinstance(node, ast.Name) and node.id == "_absent" for node in ast.walk(expression))
