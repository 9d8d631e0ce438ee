"""From CEL to Python, where both mean the same.

The result is an expression tree that holds nothing but the variables, constants, look-ups and
calls of `cel_operations`. Where it raises, CEL has errors, or values, and whoever calls has to
ask it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping

from contract_tests.traffic.cel_operations import BOOLEAN

VARIABLES = ("self", "now", "request", "response")
"""What recorded traffic has; `before`, `after` and the like it never has."""


class OutsideError(Exception):
    """The expression uses more of CEL than can be said in Python."""


def translate(text: str) -> ast.expr:
    """The Python expression for one of CEL; raises OutsideError where there is none."""
    try:
        tree = ast.parse(f"({_spelled(text)}\n)", mode="eval").body
    except (SyntaxError, ValueError, RecursionError) as error:
        raise OutsideError from error
    return _Translator().visit(tree)  # type: ignore[no-any-return]  # an expression stays one


def as_truth(expression: ast.expr) -> ast.expr:
    """The expression, held to be true or false: CEL takes nothing else for a condition."""
    is_call = isinstance(expression, ast.Call) and isinstance(expression.func, ast.Name)
    name = expression.func.id if is_call else ""  # type: ignore[attr-defined]  # a call of a name
    is_bool = isinstance(expression, ast.Compare | ast.BoolOp | ast.IfExp) or name in BOOLEAN
    return expression if is_bool else _checked("_truth", expression)


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

    def __init__(self) -> None:
        self.bound: list[str] = []

    def generic_visit(self, node: ast.AST) -> ast.AST:
        raise OutsideError(type(node).__name__)

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        if type(node.value) not in (str, int):
            raise OutsideError
        return node

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id in ("true", "false"):
            return ast.Constant(node.id == "true")
        if node.id in VARIABLES or node.id in self.bound:
            return ast.Name(node.id, ast.Load())
        return _call("_absent")

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        return ast.Subscript(self.visit(node.value), ast.Constant(node.attr), ast.Load())

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        if isinstance(node.value, ast.Dict):
            return _call("_entry", _constant(node.value), self.visit(node.slice))
        if not (isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str)):
            raise OutsideError
        return ast.Subscript(self.visit(node.value), node.slice, ast.Load())

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.expr:
        return ast.BoolOp(node.op, [as_truth(self.visit(part)) for part in node.values])

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        if not isinstance(node.op, ast.USub) or not isinstance(node.operand, ast.Constant):
            raise OutsideError
        return ast.UnaryOp(node.op, self.visit(node.operand))

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        return _call(_named(_ARITHMETIC, node.op), self.visit(node.left), self.visit(node.right))

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        if len(node.ops) != 1:
            raise OutsideError
        operation, right = _named(_COMPARISONS, node.ops[0]), node.comparators[0]
        if isinstance(node.ops[0], ast.In):
            choices = _constant(right)
            alike = _LIKE[type(ast.literal_eval(choices)[0])]
            return ast.Compare(_checked(alike, self.visit(node.left)), node.ops, [choices])
        left, right = self.visit(node.left), self.visit(right)
        if isinstance(right, ast.Constant) and type(right.value) in _LIKE:
            return ast.Compare(_checked(_LIKE[type(right.value)], left), node.ops, [right])
        if isinstance(node.ops[0], ast.Eq | ast.NotEq) and _is_simple(left) and _is_simple(right):
            return _of_texts(left, node.ops, right, operation)
        return _call(operation, left, right)

    def visit_Call(self, node: ast.Call) -> ast.expr:
        if node.keywords:
            raise OutsideError
        if isinstance(node.func, ast.Attribute):
            return self._method(node.func.value, node.func.attr, node.args)
        if not isinstance(node.func, ast.Name) or len(node.args) != 1:
            raise OutsideError
        name, argument = node.func.id, node.args[0]
        if name in ("has", "_lacks") and isinstance(argument, ast.Attribute):
            return _call(_FUNCTIONS[name], self.visit(argument.value), ast.Constant(argument.attr))
        if name in ("size", "lowerAscii", "_not"):
            return _call(_FUNCTIONS[name], self.visit(argument))
        raise OutsideError

    def _method(self, owner: ast.expr, name: str, given: list[ast.expr]) -> ast.expr:
        if name in _TEXT_METHODS and len(given) == 1:
            return _call(_TEXT_METHODS[name], self.visit(owner), self.visit(given[0]))
        if name == "matches" and len(given) == 1:
            return _call("_matches", self.visit(owner), ast.Constant(_pattern(given[0])))
        if name not in _MACROS or len(given) != 2 or not isinstance(given[0], ast.Name):
            raise OutsideError
        items, variable = self.visit(owner), given[0].id
        self.bound.append(variable)
        body = as_truth(self.visit(given[1]))
        self.bound.pop()
        argument = ast.arguments([], [ast.arg(variable)], None, [], [], None, [])
        return _call(_MACROS[name], items, ast.Lambda(argument, body))


def _call(name: str, *arguments: ast.expr) -> ast.expr:
    return ast.Call(_name(name), list(arguments), [])


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

_LIKE: Mapping[type, str] = {str: "_text", int: "_integer"}
"""What lets through only values that compare with a constant alike in both languages."""
_AT_ONCE = {"_text": "str", "_truth": "bool"}
"""The types that are seen to be right without a call, which takes longer."""


def _checked(operation: str, value: ast.expr) -> ast.expr:
    """A value, held to what an operation lets through."""
    if operation not in _AT_ONCE:
        return _call(operation, value)
    is_right = ast.Compare(
        _call("type", _kept("_v", value)), [ast.Is()], [_name(_AT_ONCE[operation])]
    )
    return ast.IfExp(is_right, _name("_v"), _call(operation, _name("_v")))


def _of_texts(
    left: ast.expr, compare: list[ast.cmpop], right: ast.expr, operation: str
) -> ast.expr:
    """A comparison of two of one type, at once where both are texts, as ids are."""
    types = [_call("type", _kept("_b", right)), _name("str")]
    are_texts = ast.Compare(_call("type", _kept("_a", left)), [ast.Is(), ast.Is()], types)
    at_once = ast.Compare(_name("_a"), compare, [_name("_b")])
    return ast.IfExp(are_texts, at_once, _call(operation, _name("_a"), _name("_b")))


def _is_simple(expression: ast.expr) -> bool:
    """Whether it is a variable or a look-up, in which nothing is kept."""
    while isinstance(expression, ast.Subscript):
        expression = expression.value
    return isinstance(expression, ast.Name)


def _kept(name: str, value: ast.expr) -> ast.expr:
    return ast.NamedExpr(ast.Name(name, ast.Store()), value)


def _name(name: str) -> ast.expr:
    return ast.Name(name, ast.Load())
