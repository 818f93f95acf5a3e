"""
The conditions and calculations of a form: a stated subset of XPath 1.0, compiled once to Python.

elementpath parses; what comes out is walked once and becomes a closure, for its own evaluation takes
milliseconds and a submission has dozens of expressions. Outside of the subset lie paths, axes, predicates
and every function that `FUNCTIONS` does not name.

Values are those of XPath: texts, numbers, truths. An answer is a text, nothing where there is none, the names of
several choices with spaces between. A day written 2026-11-23 counts as days since 1970-01-01 wherever a
number is wanted, as in ODK Collect: so days compare and can be counted with.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from elementpath import XPath1Parser, tdop
from elementpath.exceptions import ElementPathError

from qulaq.lang import Phrase, phrase

Value = str | float | bool

_EPOCH = date(1970, 1, 1)
_NUMBER = re.compile(r"\s*(-?(?:\d+\.?\d*|\.\d+))\s*", re.ASCII)
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d):(\d\d)(?::(\d\d))?.*)?", re.ASCII)
_PIECE = re.compile(r"\"[^\"]*\"|'[^']*'|\$\{\s*([^{}]*?)\s*\}")
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


# ── Values ───────────────────────────────────────────────────────────────────────────────────────


def as_truth(value: Value) -> bool:
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    return bool(value)


def as_number(value: Value) -> float:
    """
    A number; of a day the days since 1970-01-01; NaN of any other text.
    """
    if not isinstance(value, str):
        return float(value)
    if told := _NUMBER.fullmatch(value):
        return float(told[1])
    return _days(value)


def _days(text: str) -> float:
    told = _DAY.fullmatch(text)
    if told is None:
        return math.nan
    try:
        days = (date.fromisoformat(told[1]) - _EPOCH).days
    except ValueError:
        return math.nan
    hours, minutes, seconds = (int(part or 0) for part in told.groups()[1:])
    return days + (hours * 3600 + minutes * 60 + seconds) / 86_400


def as_text(value: Value) -> str:
    """
    As XPath writes it: whole numbers without a point, none in scientific notation.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value.is_integer():
        return str(int(value))
    return f"{value:.12f}".rstrip("0").rstrip(".")


def _equal(left: Value, right: Value) -> bool:
    """
    XPath 1.0, 3.4: as truths if one is a truth, else as numbers if one is a number, else as texts.
    """
    if isinstance(left, bool) or isinstance(right, bool):
        return as_truth(left) == as_truth(right)
    if isinstance(left, float) or isinstance(right, float):
        return as_number(left) == as_number(right)
    return left == right


# ── Functions ────────────────────────────────────────────────────────────────────────────────────


def _round(value: Value, digits: Value = 0.0) -> float:
    """
    Halves go up, as XPath 1.0 rounds.
    """
    number, places = as_number(value), as_number(digits)
    if not math.isfinite(number) or not math.isfinite(places):
        return math.nan if math.isnan(places) else number
    scale = 10.0 ** max(-15, min(15, int(places)))
    return math.floor(number * scale + 0.5) / scale


def _whole(rule: Callable[[float], int]) -> Callable[[Value], float]:
    def apply(value: Value) -> float:
        number = as_number(value)
        return float(rule(number)) if math.isfinite(number) else number

    return apply


def _substring(value: Value, start: Value, length: Value = math.inf) -> str:
    """
    Characters count from 1; those from the rounded start on, as many as the rounded length.
    """
    text, first = as_text(value), _round(start)
    end = first + (_round(length) if length != math.inf else math.inf)
    return "".join(one for place, one in enumerate(text, 1) if first <= place < end)


def _translate(value: Value, old: Value, new: Value) -> str:
    into = as_text(new)
    table: dict[int, str | None] = {}
    for place, one in enumerate(as_text(old)):
        table.setdefault(ord(one), into[place] if place < len(into) else None)
    return as_text(value).translate(table)


def _selected_at(value: Value, place: Value) -> str:
    names, wanted = as_text(value).split(), as_number(place)
    return names[int(wanted)] if wanted.is_integer() and 0 <= wanted < len(names) else ""


def _extreme(rule: Callable[[list[float]], float]) -> Callable[..., float]:
    def apply(*values: Value) -> float:
        numbers = [as_number(value) for value in values]
        return math.nan if any(map(math.isnan, numbers)) else rule(numbers)

    return apply


def _date(value: Value) -> str:
    """
    The day of a number of days since 1970-01-01, or of a text that is a day; nothing else is one.
    """
    days = as_number(value)
    try:
        return (_EPOCH + timedelta(days=math.floor(days))).isoformat()
    except (ValueError, OverflowError):
        return ""


def _regex(value: Value, pattern: Value) -> bool:
    """
    Whether the whole text matches. RE2 takes time that grows with the text only, whoever wrote the pattern.
    """
    import pyarrow as pa
    from pyarrow import compute

    wanted = f"\\A(?:{as_text(pattern)})\\z"
    return bool(compute.match_substring_regex(pa.scalar(as_text(value)), wanted).as_py())


@dataclass(frozen=True, slots=True)
class Function:
    """
    A function of the subset: how many arguments it takes, and its rule over their values.
    """

    least: int
    most: int | None
    rule: Callable[..., Value]


_MANY = None
FUNCTIONS: dict[str, Function] = {
    "true": Function(0, 0, lambda: True),
    "false": Function(0, 0, lambda: False),
    "not": Function(1, 1, lambda value: not as_truth(value)),
    "boolean": Function(1, 1, as_truth),
    "number": Function(1, 1, as_number),
    "string": Function(1, 1, as_text),
    "int": Function(1, 1, _whole(math.trunc)),
    "floor": Function(1, 1, _whole(math.floor)),
    "ceiling": Function(1, 1, _whole(math.ceil)),
    "round": Function(1, 2, _round),
    "abs": Function(1, 1, lambda value: abs(as_number(value))),
    "min": Function(1, _MANY, _extreme(min)),
    "max": Function(1, _MANY, _extreme(max)),
    "concat": Function(1, _MANY, lambda *values: "".join(map(as_text, values))),
    "contains": Function(2, 2, lambda text, part: as_text(part) in as_text(text)),
    "starts-with": Function(2, 2, lambda text, part: as_text(text).startswith(as_text(part))),
    "ends-with": Function(2, 2, lambda text, part: as_text(text).endswith(as_text(part))),
    "substring": Function(2, 3, _substring),
    "substring-before": Function(2, 2, lambda text, part: _before(as_text(text), as_text(part))),
    "substring-after": Function(2, 2, lambda text, part: as_text(text).partition(as_text(part))[2]),
    "string-length": Function(1, 1, lambda text: float(len(as_text(text)))),
    "normalize-space": Function(1, 1, lambda text: " ".join(as_text(text).split())),
    "translate": Function(3, 3, _translate),
    "selected": Function(2, 2, lambda value, name: as_text(name) in as_text(value).split()),
    "selected-at": Function(2, 2, _selected_at),
    "count-selected": Function(1, 1, lambda value: float(len(as_text(value).split()))),
    "regex": Function(2, 2, _regex),
    "date": Function(1, 1, _date),
    "if": Function(3, 3, lambda test, yes, no: yes if as_truth(test) else no),
    "coalesce": Function(2, 2, lambda first, second: first if as_text(first) else second),
    "today": Function(0, 0, lambda: ""),  # the day of the scope: see _call
}
"""The whole of what can be called; `docs/how-to/write-a-questionnaire.md` lists it for authors."""


def _before(text: str, part: str) -> str:
    head, found, _ = text.partition(part)
    return head if found else ""


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

    _refuse_variables(_PIECE.sub("", text))
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


def _parse(text: str, xpath: str) -> Any:  # noqa: ANN401  # elementpath's tokens are made at run time
    try:
        return _Parser().parse(xpath)
    except ElementPathError as error:
        unknown = re.search(r"unknown function '([^']+)'", str(error))
        raise _outside(f"{unknown[1]}()") if unknown else _unparsed(text) from None
    except (RecursionError, ArithmeticError, ValueError, TypeError, LookupError):
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
    "=": _equal,
    "!=": lambda one, other: not _equal(one, other),
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
        _regex("", str(token.value))
    except ValueError:
        raise ExpressionError(
            phrase("“{pattern}” is no pattern that Qulaq can use.", pattern=token.value),
            phrase("Look-around (?=…) and back-references \\1 cannot be used."),
        ) from None
