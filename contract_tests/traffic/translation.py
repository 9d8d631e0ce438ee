"""From CEL to Python, where both mean the same.

The result is an expression tree that holds nothing but the variables, constants, look-ups and
calls of OPERATIONS. Each of these raises TypeError for operands on which CEL may think otherwise
than Python (`1 == true`, a number that overflows), and a look-up raises KeyError for what is
absent; CEL has errors there, or values, and whoever calls has to ask it.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

VARIABLES = ("self", "now", "request", "response")
"""What recorded traffic has; `before`, `after` and the like it never has."""

LARGEST = 2**63


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
    is_bool = isinstance(expression, ast.Compare | ast.BoolOp) or name in _BOOLEAN
    return expression if is_bool else _call("_truth", expression)


def is_plain(expression: ast.expr) -> bool:
    """Whether anything absent makes all of it an error: no `||` or `&&` can outvote it.

    What is absent inside of a macro raises TypeError, since other items may outvote that.
    """
    return not any(isinstance(node, ast.BoolOp) for node in _outside_macros(expression))


def needed_fields(expression: ast.expr) -> set[str]:
    """The fields of `self` without which a plain expression is an error."""
    looked_up = (n for n in _outside_macros(expression) if isinstance(n, ast.Subscript))
    return {
        str(node.slice.value)
        for node in looked_up
        if isinstance(node.value, ast.Name)
        and node.value.id == "self"
        and isinstance(node.slice, ast.Constant)
    }


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
            checked = _call(_checked(ast.literal_eval(choices)[0]), self.visit(node.left))
            return ast.Compare(checked, node.ops, [choices])
        left, right = self.visit(node.left), self.visit(right)
        if isinstance(right, ast.Constant) and type(right.value) in _CHECKED:
            return ast.Compare(_call(_checked(right.value), left), node.ops, [right])
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
    return ast.Call(ast.Name(name, ast.Load()), list(arguments), [])


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


def _alike(a: Any, b: Any) -> None:
    """Raise TypeError unless both are of one type whose values CEL holds as Python does."""
    kind = type(a)
    if type(b) is kind:
        if kind is str or kind is bool:
            return
        if kind is int and -LARGEST <= a < LARGEST and -LARGEST <= b < LARGEST:
            return
    raise TypeError


def _of_alike(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    def compared(a: Any, b: Any) -> bool:
        if type(a) is not str or type(b) is not str:
            _alike(a, b)
        return compare(a, b)

    return compared


def _calculated(calculate: Callable[[int, int], int]) -> Callable[[Any, Any], Any]:
    def calculated(a: Any, b: Any) -> Any:
        _alike(a, b)
        if type(a) is bool:
            raise TypeError
        result = calculate(a, b)
        if type(result) is int and not -LARGEST <= result < LARGEST:
            raise OverflowError
        return result

    return calculated


def _text(value: Any) -> str:
    if type(value) is not str:
        raise TypeError
    return value


def _integer(value: Any) -> int:
    if type(value) is not int or not -LARGEST <= value < LARGEST:
        raise TypeError
    return value


_CHECKED: Mapping[type, str] = {str: "_text", int: "_integer"}


def _checked(constant: Any) -> str:
    """What lets through only values that compare with a constant alike in both languages."""
    return _CHECKED[type(constant)]


def _entry(table: dict[Any, Any], key: Any) -> Any:
    _alike(key, next(iter(table)))
    return table[key]


def _truth(value: Any) -> bool:
    if type(value) is not bool:
        raise TypeError
    return value


def _has(owner: Any, name: str) -> bool:
    if type(owner) is not dict:
        raise TypeError
    return name in owner


def _size(value: Any) -> int:
    if type(value) not in (str, list, dict):
        raise TypeError
    return len(value)


def _of_texts(test: Callable[[str, str], bool]) -> Callable[[Any, Any], bool]:
    def tested(a: Any, b: Any) -> bool:
        if type(a) is not str or type(b) is not str:
            raise TypeError
        return test(a, b)

    return tested


def _lower(value: Any) -> str:
    if type(value) is not str:
        raise TypeError
    return value.lower()


def _matches(value: Any, pattern: str) -> bool:
    if type(value) is not str:
        raise TypeError
    return re.search(pattern, value) is not None


def _of_lists(count: Callable[[list[bool]], bool]) -> Callable[[Any, Callable[[Any], bool]], bool]:
    def counted(items: Any, test: Callable[[Any], bool]) -> bool:
        if type(items) is not list:
            raise TypeError
        return count(_tested(items, test))

    return counted


def _filter(items: Any, test: Callable[[Any], bool]) -> list[Any]:
    if type(items) is not list:
        raise TypeError
    return [item for item, holds in zip(items, _tested(items, test), strict=True) if holds]


def _tested(items: list[Any], test: Callable[[Any], bool]) -> list[bool]:
    try:
        return [test(item) for item in items]
    except KeyError as error:
        raise TypeError from error


def _missing() -> Any:
    raise KeyError


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

_BOOLEAN = frozenset(
    {
        *("_equal", "_unequal", "_less", "_at_most", "_more", "_at_least", "_has", "_lacks"),
        *("_not", "_starts", "_ends", "_contains", "_matches", "_all", "_any", "_one", "_truth"),
    }
)
"""Those of OPERATIONS that give nothing but true or false."""

OPERATIONS: Mapping[str, Any] = {
    "__builtins__": {},
    "_absent": _missing,
    "_add": _calculated(operator.add),
    "_sub": _calculated(operator.sub),
    "_times": _calculated(operator.mul),
    "_equal": _of_alike(operator.eq),
    "_unequal": _of_alike(operator.ne),
    "_less": _of_alike(operator.lt),
    "_at_most": _of_alike(operator.le),
    "_more": _of_alike(operator.gt),
    "_at_least": _of_alike(operator.ge),
    "_text": _text,
    "_integer": _integer,
    "_entry": _entry,
    "_truth": _truth,
    "_has": _has,
    "_lacks": lambda owner, name: not _has(owner, name),
    "_size": _size,
    "_lower": _lower,
    "_not": lambda value: not _truth(value),
    "_starts": _of_texts(str.startswith),
    "_ends": _of_texts(str.endswith),
    "_contains": _of_texts(lambda a, b: b in a),
    "_matches": _matches,
    "_all": _of_lists(all),
    "_any": _of_lists(any),
    "_filter": _filter,
    "_one": _of_lists(lambda found: sum(found) == 1),
}
"""What a translated expression may call."""
