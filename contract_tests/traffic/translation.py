"""From CEL to Python, where both mean the same.

The result is an expression tree that holds nothing but the variables, constants, look-ups and
calls of `cel_operations`. Where it raises, CEL has errors, or values, and whoever calls has to
ask it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping

from contract_tests.traffic.cel_operations import BEYOND, BOOLEAN, LEAST
from contract_tests.traffic.known import Known, ListOf, Member, Record

NOTHING: Mapping[str, Known] = {}
FOUND = "_found"
"""What is called with each value that may be absent; raises KeyError where it is."""
VARIABLES = ("self", "now", "request", "response")
"""What recorded traffic has; `before`, `after` and the like it never has."""


class OutsideError(Exception):
    """The expression uses more of CEL than can be said in Python."""


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


def as_truth(expression: ast.expr) -> ast.expr:
    """The expression, held to be true or false: CEL takes nothing else for a condition."""
    is_call = isinstance(expression, ast.Call) and isinstance(expression.func, ast.Name)
    name = expression.func.id if is_call else ""  # type: ignore[attr-defined]  # a call of a name
    is_bool = isinstance(expression, ast.Compare | ast.BoolOp | ast.IfExp) or name in BOOLEAN
    return expression if is_bool else _checked("_truth", expression)


def known_of(expression: ast.expr) -> Known:
    """What is known of the value of a translated expression."""
    found: Known = getattr(expression, "known", None)
    return found


def _knowing(expression: ast.expr, known: Known) -> ast.expr:
    """The expression, with what is known of its value."""
    expression.known = known  # type: ignore[attr-defined]  # a note of ours on the node
    return expression


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
        return _knowing(node, "string" if isinstance(node.value, str) else number)

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id in ("true", "false"):
            return ast.Constant(node.id == "true")
        if node.id in self.bound:
            return _knowing(_name(node.id), self.bound[node.id])
        if node.id in VARIABLES:
            return _knowing(_name(node.id), self.roots.get(node.id))
        return _call("_absent")

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        return self._member(self.visit(node.value), node.attr)

    def _member(self, owner: ast.expr, name: str) -> ast.expr:
        """A field of a value, raising KeyError where it is absent."""
        known = known_of(owner)
        if isinstance(known, Record):
            member = _member_of(known, name)
            return _read(owner, member) if member else _call("_absent")
        found = ast.Subscript(owner, ast.Constant(name), ast.Load())
        written = ast.unparse(found)
        if written == "response['body']" and "body" in self.roots:
            return _knowing(_name("body"), self.roots["body"])
        return _knowing(found, "string" if written.startswith("request['path'][") else None)

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        if isinstance(node.value, ast.Dict):
            return _call("_entry", _constant(node.value), self.visit(node.slice))
        if not (isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str)):
            raise OutsideError
        return self._member(self.visit(node.value), node.slice.value)

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.expr:
        return ast.BoolOp(node.op, [as_truth(self.visit(part)) for part in node.values])

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        if not isinstance(node.op, ast.USub) or not isinstance(node.operand, ast.Constant):
            raise OutsideError
        operand = self.visit(node.operand)
        return _knowing(ast.UnaryOp(node.op, operand), known_of(operand))

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        left, right = self.visit(node.left), self.visit(node.right)
        operation = _named(_ARITHMETIC, node.op)
        if known_of(left) == known_of(right) == "integer":
            return _knowing(_in_bounds(ast.BinOp(left, node.op, right)), "integer")
        found = _call(operation, left, right)
        return _knowing(found, known_of(left) if known_of(left) == known_of(right) else None)

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        if len(node.ops) != 1:
            raise OutsideError
        operation, right = _named(_COMPARISONS, node.ops[0]), node.comparators[0]
        if isinstance(node.ops[0], ast.In):
            choices = _constant(right)
            alike = _LIKE[type(ast.literal_eval(choices)[0])]
            return ast.Compare(_checked(alike, self.visit(node.left)), node.ops, [choices])
        left, right = self.visit(node.left), self.visit(right)
        if known_of(left) == known_of(right) and known_of(left) in ("string", "integer"):
            return ast.Compare(left, node.ops, [right])
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
            return _has(name, self.visit(argument.value), argument.attr)
        if name in ("size", "lowerAscii", "_not"):
            return _called(_FUNCTIONS[name], self.visit(argument))
        raise OutsideError

    def _method(self, owner: ast.expr, name: str, given: list[ast.expr]) -> ast.expr:
        if name in _TEXT_METHODS and len(given) == 1:
            return _called(_TEXT_METHODS[name], self.visit(owner), self.visit(given[0]))
        if name == "matches" and len(given) == 1:
            return _call("_matches", self.visit(owner), ast.Constant(_pattern(given[0])))
        if name not in _MACROS or len(given) != 2 or not isinstance(given[0], ast.Name):
            raise OutsideError
        items, variable, outer = self.visit(owner), given[0].id, self.bound
        known = known_of(items)
        self.bound = {**outer, variable: known.item if isinstance(known, ListOf) else None}
        body = as_truth(self.visit(given[1]))
        self.bound = outer
        argument = ast.arguments([], [ast.arg(variable)], None, [], [], None, [])
        found = _call(_MACROS[name], items, ast.Lambda(argument, body))
        return _knowing(found, known if name == "filter" else None)


def _called(name: str, *arguments: ast.expr) -> ast.expr:
    """A function of texts, at once where they are known to be texts."""
    if name not in _OF_TEXTS or any(known_of(each) != "string" for each in arguments):
        return _call(name, *arguments)
    method, known = _OF_TEXTS[name]
    owner, *given = arguments
    return _knowing(ast.Call(ast.Attribute(owner, method, ast.Load()), given, []), known)


def _read(owner: ast.expr, member: Member) -> ast.expr:
    """A field of a record."""
    found: ast.expr = ast.Attribute(owner, member.attribute, ast.Load())
    if member.is_optional:
        found = _call(FOUND, found)
    if not member.is_mixed:
        return _knowing(found, member.known)
    is_record = isinstance(member.known, Record)
    return _knowing(_call("_record", found), member.known) if is_record else found


def _member_of(record: Record, name: str) -> Member | None:
    """The member of that name; None where there can be none."""
    found = record.members.get(name)
    if found is None and not record.is_closed:
        raise OutsideError
    return found


def _has(name: str, owner: ast.expr, field: str) -> ast.expr:
    """Whether a value has a field, or lacks it."""
    known = known_of(owner)
    if not isinstance(known, Record):
        return _call(_FUNCTIONS[name], owner, ast.Constant(field))
    member, is_asked = _member_of(known, field), name == "has"
    if member is not None and member.is_optional:
        value = ast.Attribute(owner, member.attribute, ast.Load())
        return ast.Compare(value, [ast.IsNot() if is_asked else ast.Is()], [_name("_UNSET")])
    is_true = is_asked == (member is not None)  # of an owner that is there; it is never None
    return ast.Compare(owner, [ast.IsNot() if is_true else ast.Is()], [ast.Constant(None)])


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
_OF_TEXTS: Mapping[str, tuple[str, Known]] = {
    "_starts": ("startswith", "boolean"),
    "_ends": ("endswith", "boolean"),
    "_contains": ("__contains__", "boolean"),
    "_lower": ("lower", "string"),
}
"""The methods of Python that mean the same."""
_MACROS = {"all": "_all", "exists": "_any", "exists_one": "_one", "filter": "_filter"}

_LIKE: Mapping[type, str] = {str: "_text", int: "_integer"}
"""What lets through only values that compare with a constant alike in both languages."""
_LETS: Mapping[str, Known] = {"_text": "string", "_integer": "integer", "_truth": "boolean"}
_AT_ONCE = {"_text": "str", "_truth": "bool"}
"""The types that are seen to be right without a call, which takes longer."""


def _checked(operation: str, value: ast.expr) -> ast.expr:
    """A value, held to what an operation lets through."""
    if known_of(value) == _LETS[operation]:
        return value
    if operation not in _AT_ONCE:
        return _call(operation, value)
    is_right = ast.Compare(
        _call("type", _kept("_v", value)), [ast.Is()], [_name(_AT_ONCE[operation])]
    )
    return ast.IfExp(is_right, _name("_v"), _call(operation, _name("_v")))


def _in_bounds(value: ast.expr) -> ast.expr:
    """An integer, at once where it is one to CEL."""
    least, beyond = ast.Constant(LEAST), ast.Constant(BEYOND)
    is_one = ast.Compare(least, [ast.LtE(), ast.Lt()], [_kept("_v", value), beyond])
    return ast.IfExp(is_one, _name("_v"), _call("_integer", _name("_v")))


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
    while isinstance(expression, ast.Subscript | ast.Attribute) or is_found(expression):
        is_field = isinstance(expression, ast.Subscript | ast.Attribute)
        expression = expression.value if is_field else expression.args[0]  # type: ignore[attr-defined]  # a call
    return isinstance(expression, ast.Name)


def is_found(node: ast.AST) -> bool:
    """Whether it is a value that may be absent."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == FOUND


def _kept(name: str, value: ast.expr) -> ast.expr:
    return ast.NamedExpr(ast.Name(name, ast.Store()), value)


def _name(name: str) -> ast.expr:
    return ast.Name(name, ast.Load())
