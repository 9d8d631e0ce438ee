"""From CEL to Python, where both mean the same.

The result is an expression tree that holds nothing but the variables, constants, look-ups and
calls of `cel_operations`. Where it raises, CEL has errors, or values, and whoever calls has to
ask it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping

from contract_tests.contract.invariants import VARIABLES as ALL_VARIABLES
from contract_tests.traffic.screens.cel_operations import BEYOND
from contract_tests.traffic.screens.expressions import (
    LIKE,
    OutsideError,
    alike_texts,
    as_truth,
    call,
    called,
    checked,
    has,
    in_bounds,
    is_simple,
    knowing,
    known_of,
    member_of,
    name_of,
    read,
)
from contract_tests.traffic.typed.known import Known, ListOf, Record

NOTHING: Mapping[str, Known] = {}
VARIABLES = ("self", "now", "request", "response")
"""What recorded traffic has; `before`, `after` and the like it never has."""


def translate(text: str, roots: Mapping[str, Known] = NOTHING) -> ast.expr:
    """The Python expression for one of CEL; raises OutsideError where there is none.

    Args:
        text: the expression.
        roots: what is known of variables, and of `body`, which is that of the response.
    """
    try:
        tree = ast.parse(f"({_spelled(text)}\n)", mode="eval").body
    except (SyntaxError, ValueError, RecursionError) as error:
        raise OutsideError from error
    return _Translator(roots).visit(tree)  # type: ignore[no-any-return]  # an expression stays one


_QUOTED = re.compile(r'"(?:[^"\\\n]|\\\\|\\")*"')
_SPELLING = re.compile(r'"(?:[^"\\\n]|\\\\|\\")*"|&&|\|\||!\(|!has\(|!=|\s+|[^"!?\'\\%/@]')
_AS_PYTHON = {"&&": " and ", "||": " or ", "!(": "_not(", "!has(": "_lacks("}
_RESERVED = re.compile(r"\b(?:and|or|not|is|if|else|lambda|await|None|True|False|for|_\w*)\b")


def _spelled(text: str) -> str:
    """CEL spelled as Python: other words for and, or, not; the same order of precedence."""
    pieces = _SPELLING.findall(text)
    if "".join(pieces) != text or _RESERVED.search(_QUOTED.sub('""', text)):
        raise OutsideError
    return "".join(_AS_PYTHON.get(piece, " " if piece.isspace() else piece) for piece in pieces)


class _Translator(ast.NodeTransformer):
    """Turns each node into one of OPERATIONS or a look-up; refuses what it does not know."""

    def __init__(self, roots: Mapping[str, Known]) -> None:
        self.roots = roots
        self.bound: dict[str, Known] = {}

    def generic_visit(self, node: ast.AST) -> ast.AST:
        raise OutsideError(type(node).__name__)

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        if type(node.value) not in (str, int):
            raise OutsideError
        is_small = isinstance(node.value, int) and abs(node.value) < BEYOND
        number: Known = "integer" if is_small else None
        return knowing(node, "string" if isinstance(node.value, str) else number)

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id in ("true", "false"):
            return ast.Constant(node.id == "true")
        if node.id in self.bound:
            return knowing(name_of(node.id), self.bound[node.id])
        if node.id in VARIABLES:
            return knowing(name_of(node.id), self.roots.get(node.id))
        if node.id not in ALL_VARIABLES:  # `null`, or the name of a type
            raise OutsideError
        return call("_absent")

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        return self._member(self.visit(node.value), node.attr)

    def _member(self, owner: ast.expr, name: str) -> ast.expr:
        """A field of a value, raising KeyError where it is absent."""
        known = known_of(owner)
        if isinstance(known, Record):
            member = member_of(known, name)
            return read(owner, member) if member else call("_absent")
        found = ast.Subscript(owner, ast.Constant(name), ast.Load())
        written = ast.unparse(found)
        if written == "response['body']" and "body" in self.roots:
            return knowing(name_of("body"), self.roots["body"])
        return knowing(found, "string" if written.startswith("request['path'][") else None)

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        if isinstance(node.value, ast.Dict):
            return call("_entry", _constant(node.value), self.visit(node.slice))
        if not (isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str)):
            raise OutsideError
        return self._member(self.visit(node.value), node.slice.value)

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.expr:
        return ast.BoolOp(node.op, [as_truth(self.visit(part)) for part in node.values])

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        if not isinstance(node.op, ast.USub) or not isinstance(node.operand, ast.Constant):
            raise OutsideError
        operand = self.visit(node.operand)
        return knowing(ast.UnaryOp(node.op, operand), known_of(operand))

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        left, right = self.visit(node.left), self.visit(node.right)
        operation = _named(_ARITHMETIC, node.op)
        if "integer" in (known_of(left), known_of(right)):
            both = checked("_integer", left), checked("_integer", right)
            return knowing(in_bounds(ast.BinOp(both[0], node.op, both[1])), "integer")
        found = call(operation, left, right)
        return knowing(found, known_of(left) if known_of(left) == known_of(right) else None)

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        if len(node.ops) != 1:
            raise OutsideError
        operation, right = _named(_COMPARISONS, node.ops[0]), node.comparators[0]
        if isinstance(node.ops[0], ast.In):
            choices = _constant(right)
            is_text = type(ast.literal_eval(choices)[0]) is str
            left = checked("_text" if is_text else "_integer", self.visit(node.left))
            return ast.Compare(left, node.ops, [choices])
        left, right = self.visit(node.left), self.visit(right)
        if alike := LIKE.get(known_of(left)) or LIKE.get(known_of(right)):
            return ast.Compare(checked(alike, left), node.ops, [checked(alike, right)])
        if isinstance(node.ops[0], ast.Eq | ast.NotEq) and is_simple(left) and is_simple(right):
            return alike_texts(left, node.ops, right, operation)
        return call(operation, left, right)

    def visit_Call(self, node: ast.Call) -> ast.expr:
        if node.keywords:
            raise OutsideError
        if isinstance(node.func, ast.Attribute):
            return self._method(node.func.value, node.func.attr, node.args)
        if not isinstance(node.func, ast.Name) or len(node.args) != 1:
            raise OutsideError
        name, argument = node.func.id, node.args[0]
        if name in ("has", "_lacks") and isinstance(argument, ast.Attribute):
            return has(_FUNCTIONS[name], self.visit(argument.value), argument.attr)
        if name in ("size", "lowerAscii", "_not"):
            return called(_FUNCTIONS[name], self.visit(argument))
        raise OutsideError

    def _method(self, owner: ast.expr, name: str, given: list[ast.expr]) -> ast.expr:
        if name in _TEXT_METHODS and len(given) == 1:
            return called(_TEXT_METHODS[name], self.visit(owner), self.visit(given[0]))
        if name == "matches" and len(given) == 1:
            return call("_matches", self.visit(owner), ast.Constant(_pattern(given[0])))
        if name not in _MACROS or len(given) != 2 or not isinstance(given[0], ast.Name):
            raise OutsideError
        items, variable, outer = self.visit(owner), given[0].id, self.bound
        known = known_of(items)
        self.bound = {**outer, variable: known.item if isinstance(known, ListOf) else None}
        body = as_truth(self.visit(given[1]))
        self.bound = outer
        argument = ast.arguments([], [ast.arg(variable)], None, [], [], None, [])
        found = call(_MACROS[name], items, ast.Lambda(argument, body))
        return knowing(found, known if name == "filter" else None)


def _named(table: Mapping[type[ast.AST], str], operator: ast.AST) -> str:
    if type(operator) not in table:
        raise OutsideError
    return table[type(operator)]


def _constant(node: ast.expr) -> ast.expr:
    """A list or a map of constants, all of one type."""
    try:
        value = ast.literal_eval(node)
    except ValueError as error:
        raise OutsideError from error
    keys = list(value)
    if not isinstance(value, list | dict) or not keys or len(set(map(type, keys))) != 1:
        raise OutsideError
    if type(keys[0]) not in (str, int):
        raise OutsideError
    return node if isinstance(value, dict) else ast.Tuple(node.elts, ast.Load())  # type: ignore[attr-defined]  # a list


_SIMPLE_PATTERN = re.compile(
    r"\^?(?:(?:[A-Za-z0-9:/ _=<>,-]|\\[./]|\[\^?[A-Za-z0-9:/ _.-]+\])[+*?]?)*\$?"
)


def _pattern(node: ast.expr) -> str:
    """A regular expression that means the same to Rust and to Python."""
    text = node.value if isinstance(node, ast.Constant) else None
    if not isinstance(text, str) or _SIMPLE_PATTERN.fullmatch(text) is None:
        raise OutsideError
    return f"{text[:-1]}\\Z" if text.endswith("$") else text


_ARITHMETIC: Mapping[type[ast.AST], str] = {ast.Add: "_add", ast.Sub: "_sub", ast.Mult: "_times"}
_COMPARISONS: Mapping[type[ast.AST], str] = {
    ast.Eq: "_equal",
    ast.NotEq: "_unequal",
    ast.Lt: "_less",
    ast.LtE: "_at_most",
    ast.Gt: "_more",
    ast.GtE: "_at_least",
    ast.In: "in",
}
_FUNCTIONS: Mapping[str, str] = {
    "has": "_has",
    "_lacks": "_lacks",
    "_not": "_not",
    "size": "_size",
    "lowerAscii": "_lower",
}
_TEXT_METHODS = {"startsWith": "_starts", "endsWith": "_ends", "contains": "_contains"}
_MACROS = {"all": "_all", "exists": "_any", "exists_one": "_one", "filter": "_filter"}
