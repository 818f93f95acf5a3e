"""
The conditions and calculations of a form: a stated subset of XPath 1.0, compiled once to Python.

elementpath parses; what comes out is walked once and becomes a closure, for its own evaluation takes
milliseconds and a submission has dozens of expressions. Outside of the subset lie paths, axes, predicates
and every function that `FUNCTIONS` does not name.

An answer is a text: "" where there is none, the names of several choices with spaces between.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from elementpath import XPath1Parser, tdop
from elementpath.exceptions import ElementPathError

from qulaq.lang import Phrase, phrase
from qulaq.survey.functions import FUNCTIONS, matches
from qulaq.survey.values import Value, are_equal, as_number, as_text, as_truth

_PIECE = re.compile(r"\"[^\"]*\"|'[^']*'|\$\{\s*([^{}]*?)\s*\}")
_CALLED = re.compile(r"([^\W\d][\w:.-]*)\s*\(")
_LONGEST = 10_000  # characters of an expression; a cell of a spreadsheet takes three times as many
_DEEPEST = 150  # levels of brackets, far from the depth at which Python gives up


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """
    What an expression can ask about: all answers, the day, the answer under test (`.`) and, in a choice
    filter, the row of a choice.
    """

    values: Mapping[str, str]
    today: date
    current: str = ""
    row: Mapping[str, str] = field(default_factory=dict)


Compute = Callable[[Scope], Value]


class ExpressionError(ValueError):
    """
    An expression that does not parse or lies outside the subset; `found` says which of it and what to do.
    """

    def __init__(self, found: Phrase, remedy: Phrase) -> None:
        super().__init__(str(found))
        self.found = found
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Expression:
    """
    A compiled expression. `names` are the questions it asks about ("." is the one it belongs to), `columns` the
    columns of the choices, `compared` the texts with which it compares a question.
    """

    text: str
    compute: Compute = field(repr=False, compare=False)
    names: frozenset[str] = frozenset()
    columns: frozenset[str] = frozenset()
    compared: frozenset[tuple[str, str]] = frozenset()

    def holds(self, scope: Scope) -> bool:
        return as_truth(self.compute(scope))

    def told(self, scope: Scope) -> str:
        """
        The value as a text, as a calculation stores it.
        """
        return as_text(self.compute(scope))


# ── Parsing ──────────────────────────────────────────────────────────────────────────────────────


class _Parser(XPath1Parser):
    """
    XPath 1.0 with the functions of forms. It only parses, for nothing of elementpath evaluates them.
    """

    def parse(self, source: str) -> Any:  # noqa: ANN401
        return tdop.Parser.parse(self, source)


for _name in FUNCTIONS:
    _Parser.symbol_table.pop(
        _name, None
    )  # one of XPath's own keeps its number of arguments otherwise
    _Parser.function(_name, nargs=(0, None))  # how many it takes is checked in _call
_Parser.build()


def compile_expression(text: str) -> Expression:
    """
    Compile one cell of a form. Raises ExpressionError where it does not parse or lies outside the subset.
    """
    return _compile(text.strip())


@lru_cache(maxsize=4096)
def _compile(text: str) -> Expression:
    if len(text) > _LONGEST:
        raise ExpressionError(
            phrase("the expression is longer than {n} characters.", n=_LONGEST),
            phrase("Split it into calculations."),
        )
    root = _parse(text, _as_xpath(text))
    found = _Findings()
    compute = _walk(root, found, 0)
    return Expression(
        text=text,
        compute=compute,
        names=frozenset(found.names),
        columns=frozenset(found.columns),
        compared=frozenset(found.compared),
    )


def _as_xpath(text: str) -> str:
    """
    `${name}` as a variable of XPath; the space after it keeps `${a}-1` a subtraction.
    """

    def replace(piece: re.Match[str]) -> str:
        if piece[1] is None:
            _refuse_reference_in_quotes(piece[0])
            return piece[0]
        return f"${piece[1]} "

    rest = _PIECE.sub("''", text)
    _refuse_variables(rest)
    _refuse_functions(rest)
    return _PIECE.sub(replace, text)


def _refuse_reference_in_quotes(literal: str) -> None:
    if "${" in literal:
        raise ExpressionError(
            phrase("{text} refers to a question within quotation marks.", text=literal),
            phrase("Write the reference without quotation marks: ${{name}}."),
        )


def _refuse_variables(rest: str) -> None:
    if "$" in rest or "{" in rest or "}" in rest:
        raise ExpressionError(
            phrase("a reference to a question is not written ${{name}}."),
            phrase("Write the name of the question in braces after one dollar sign."),
        )


def _refuse_functions(rest: str) -> None:
    for name in _CALLED.findall(rest):
        if name not in FUNCTIONS and name not in {"and", "or", "div", "mod"}:
            raise _outside(f"{name}()")


def _parse(text: str, xpath: str) -> Any:  # noqa: ANN401  # elementpath's tokens are made at run time
    try:
        return _Parser().parse(xpath)
    except (ElementPathError, RecursionError, ValueError, TypeError, LookupError):
        raise _unparsed(text) from None


def _unparsed(text: str) -> ExpressionError:
    return ExpressionError(
        phrase("“{text}” does not parse.", text=text[:80]),
        phrase("Most often a bracket, a quotation mark or “and”/“or” is missing."),
    )


def _outside(what: str) -> ExpressionError:
    return ExpressionError(
        phrase("“{what}” is not among what Qulaq evaluates.", what=what),
        phrase("Use what the guide to questionnaires lists, or leave it to ODK and KoboToolbox."),
    )


# ── From tokens to closures ──────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class _Findings:
    """
    What an expression asks about, noted while it is compiled.
    """

    names: set[str] = field(default_factory=set)
    columns: set[str] = field(default_factory=set)
    compared: set[tuple[str, str]] = field(default_factory=set)


def _walk(token: Any, found: _Findings, depth: int) -> Compute:  # noqa: ANN401
    if depth > _DEEPEST:
        raise ExpressionError(
            phrase("the expression nests more than {n} levels deep.", n=_DEEPEST),
            phrase("Split it into calculations."),
        )
    symbol = token.symbol
    if symbol == "(" and len(token) == 1:
        return _walk(token[0], found, depth + 1)
    if symbol in {"and", "or"}:
        return _join(token, found, depth)
    if symbol in _OPERATORS and len(token) == 2:  # noqa: PLR2004
        return _operate(token, found, depth)
    if symbol == "-" and len(token) == 1:
        inner = _walk(token[0], found, depth + 1)
        return lambda scope: -as_number(inner(scope))
    if symbol in FUNCTIONS and token.label == "function":
        return _call(token, found, depth)
    return _leaf(token, found)


def _leaf(token: Any, found: _Findings) -> Compute:  # noqa: ANN401
    match token.symbol:
        case "(string)":
            text = str(token.value)
            return lambda _: text
        case "(integer)" | "(decimal)" | "(float)":
            number = float(token.value)
            return lambda _: number
        case "$":
            name = str(token[0].value)
            found.names.add(name)
            return lambda scope: scope.values.get(name, "")
        case ".":
            found.names.add(".")
            return lambda scope: scope.current
        case "(name)":
            column = str(token.value)
            found.columns.add(column)
            return lambda scope: scope.row.get(column, "")
    raise _outside(str(token.source))


def _join(token: Any, found: _Findings, depth: int) -> Compute:  # noqa: ANN401
    """
    A chain of one kind, however long, is one closure: long lists of “or” are common and no nesting.
    """
    parts = [_walk(one, found, depth + 1) for one in _chain(token)]
    if token.symbol == "and":
        return lambda scope: all(as_truth(part(scope)) for part in parts)
    return lambda scope: any(as_truth(part(scope)) for part in parts)


def _chain(token: Any) -> list[Any]:  # noqa: ANN401
    links = []
    symbol = token.symbol
    while token.symbol == symbol:
        links.append(token[1])
        token = token[0]
    return [token, *reversed(links)]


def _divide(one: float, other: float) -> float:
    if other:
        return one / other
    return math.nan if not one or math.isnan(one) else math.copysign(math.inf, one)


def _modulo(one: float, other: float) -> float:
    return math.fmod(one, other) if other and math.isfinite(one) else math.nan


def _numeric(rule: Callable[[float, float], Value]) -> Callable[[Value, Value], Value]:
    return lambda one, other: rule(as_number(one), as_number(other))


_OPERATORS: dict[str, Callable[[Value, Value], Value]] = {
    "=": are_equal,
    "!=": lambda one, other: not are_equal(one, other),
    "<": _numeric(operator.lt),
    "<=": _numeric(operator.le),
    ">": _numeric(operator.gt),
    ">=": _numeric(operator.ge),
    "+": _numeric(operator.add),
    "-": _numeric(operator.sub),
    "*": _numeric(operator.mul),
    "div": _numeric(_divide),
    "mod": _numeric(_modulo),
}


def _operate(token: Any, found: _Findings, depth: int) -> Compute:  # noqa: ANN401
    rule = _OPERATORS[token.symbol]
    left, right = (_walk(one, found, depth + 1) for one in token)
    if token.symbol in {"=", "!="}:
        _note_comparison(token[0], token[1], found)
        _note_comparison(token[1], token[0], found)
    return lambda scope: rule(left(scope), right(scope))


def _note_comparison(one: Any, other: Any, found: _Findings) -> None:  # noqa: ANN401
    """
    Remember that a question is compared with a text or a whole number.
    """
    name = _name_of(one)
    if name and other.symbol in {"(string)", "(integer)"}:
        found.compared.add((name, str(other.value)))


def _name_of(token: Any) -> str:  # noqa: ANN401
    if token.symbol == "$":
        return str(token[0].value)
    return "." if token.symbol == "." else ""


def _call(token: Any, found: _Findings, depth: int) -> Compute:  # noqa: ANN401
    name, given = token.symbol, list(token)
    function = FUNCTIONS[name]
    if len(given) < function.least or (function.most is not None and len(given) > function.most):
        raise ExpressionError(
            phrase("{name}() does not take {n} values.", name=name, n=len(given)),
            phrase("See the table of functions in the guide to questionnaires."),
        )
    if name == "selected":
        _note_comparison(given[0], given[1], found)
    if name == "regex":
        _check_pattern(given[1])
    if name == "today":
        return lambda scope: scope.today.isoformat()
    arguments = [_walk(one, found, depth + 1) for one in given]
    rule = function.rule
    return lambda scope: rule(*[argument(scope) for argument in arguments])


def _check_pattern(token: Any) -> None:  # noqa: ANN401
    """
    A pattern stands in quotation marks and is one that RE2 takes: no look-around, no back-references.
    """
    if token.symbol != "(string)":
        raise ExpressionError(
            phrase("the pattern of regex() is not written in quotation marks."),
            phrase("Write it as a text: regex(., '^[0-9]+$')."),
        )
    try:
        matches("", str(token.value))
    except ValueError:
        raise ExpressionError(
            phrase("“{pattern}” is no pattern that Qulaq can use.", pattern=token.value),
            phrase("Look-around (?=…) and back-references \\1 cannot be used."),
        ) from None
