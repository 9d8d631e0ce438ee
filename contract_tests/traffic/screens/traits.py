"""What can be told of a translated expression without working it out."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from contract_tests.traffic.screens.expressions import is_found
from contract_tests.traffic.screens.translation import VARIABLES


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


def presence(expressions: Iterable[ast.expr]) -> list[str]:
    """The conditions without which plain expressions are errors, what is outside before inside."""
    found = {text for part in expressions for text in _conditions(part)}
    return sorted(found, key=lambda text: (len(text), text))


def _conditions(expression: ast.expr) -> Iterator[str]:
    for node in _outside_macros(expression):
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
            owner = ast.unparse(node.value)
            if owner in _MAY_LACK:
                yield f"{node.slice.value!r} in {owner}"
        elif is_found(node):
            yield f"{_path(node)} is not _UNSET"


def _path(node: ast.AST) -> str:
    """A field that may be absent, of what may be absent as well."""
    if is_found(node):
        return _path(node.args[0])  # type: ignore[attr-defined]  # a call
    return (
        f"{_path(node.value)}.{node.attr}" if isinstance(node, ast.Attribute) else ast.unparse(node)
    )


def surely(expression: ast.expr) -> ast.expr:
    """The expression, changed so that it takes for granted what else would be absent."""
    found: ast.expr = _Surely().visit(expression)
    return found


class _Surely(ast.NodeTransformer):
    def visit_Lambda(self, node: ast.Lambda) -> ast.expr:  # items of lists are not looked at before
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        return self.visit(node.args[0]) if is_found(node) else self.generic_visit(node)


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
