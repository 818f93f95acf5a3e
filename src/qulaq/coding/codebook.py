"""
The codebook: what coders read texts for, with every category defined in three languages.

    book = read_codebook(study.codebook)
    book.variable("topic").fingerprint
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, get_args

from qulaq.errors import StudyError, UnknownName
from qulaq.lang import LANGUAGES, Phrase, Text, phrase
from qulaq.study.settings import Settings, read_settings

Unit = Literal["post", "comment", "reply"]
Kind = Literal["one", "any", "ordinal", "yes_no"]
UNITS: tuple[Unit, ...] = get_args(Unit)
KINDS: tuple[Kind, ...] = get_args(Kind)

NONE = "none"
"""The category of a variable of kind "any" that says: none of the others. Without it nobody could tell a text that
nothing fits from one that was left out."""
UNCLEAR = "unclear"
_YES_NO = ("yes", "no")

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_DIGEST = re.compile(r"[0-9a-f]{12}")
_GRADE = re.compile(r"0|[1-9][0-9]*")
_LONGEST_NAME = 40
_FEWEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """
    One code and when it is given. `group` is what it counts for together with others, such as a model of public
    relations; `answerable`: a comment of this kind wants an answer.
    """

    code: str
    group: str = ""
    label: Text
    definition: Text
    examples: tuple[Text, ...] = ()
    counter_examples: tuple[Text, ...] = ()
    answerable: bool = False


@dataclass(frozen=True, kw_only=True)  # without slots, for the fingerprint is kept
class Variable:
    """
    One question to each unit. Of the categories of kind "one" the first that fits is given; codes of kind "ordinal"
    are whole numbers. `same_as` are fingerprints of older definitions whose codes are declared to hold for this one.
    """

    name: str
    unit: Unit
    kind: Kind
    label: Text
    question: Text
    source: str
    categories: tuple[Category, ...]
    same_as: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(category.code for category in self.categories)

    @property
    def levels(self) -> tuple[int, ...]:
        """
        The grades of an ordinal variable from the lowest; of any other none.
        """
        return tuple(sorted(map(int, self.codes))) if self.kind == "ordinal" else ()

    @cached_property
    def fingerprint(self) -> str:
        """
        Stands for what a coder decides by: question, codes and definitions in all languages, and the order where the
        first that fits is given. Labels, examples and spaces do not count.
        """
        categories = [(one.code, *_words(one.definition)) for one in self.categories]
        told = (
            (self.unit, self.kind, *_words(self.question)),
            *(categories if self.kind == "one" else sorted(categories)),
        )
        written = "\n".join("\t".join(parts) for parts in told)
        return hashlib.sha256(written.encode()).hexdigest()[:12]

    def accepts(self, fingerprint: str) -> bool:
        """
        Whether codes given under the definition of that fingerprint hold for this one.
        """
        return fingerprint == self.fingerprint or fingerprint in self.same_as


def _words(text: Text) -> Iterator[str]:
    for language in LANGUAGES:
        yield " ".join(unicodedata.normalize("NFC", text.to(language)).split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Codebook:
    """
    The variables of a study, in the order in which coders meet them.
    """

    file: Path
    variables: tuple[Variable, ...]

    def variable(self, name: str) -> Variable:
        """
        The variable of that name. Raises UnknownName.
        """
        for one in self.variables:
            if one.name == name:
                return one
        known = [one.name for one in self.variables]
        raise UnknownName.among(name, known, kind=phrase("variables of the codebook"))

    def of_unit(self, unit: Unit) -> tuple[Variable, ...]:
        return tuple(one for one in self.variables if one.unit == unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """
    A codebook file looked through: the codebook, or all that is wrong with it.
    """

    codebook: Codebook | None
    faults: tuple[StudyError, ...]


def read_codebook(file: Path) -> Codebook:
    """
    The codebook of that file. Raises StudyError with file, line and remedy for the first thing that is wrong.
    """
    reading = look_through(file)
    if reading.codebook is None:
        raise reading.faults[0]
    return reading.codebook


def look_through(file: Path) -> Reading:
    """
    Read a codebook, telling one fault of each variable and of each category.
    """
    faults: list[StudyError] = []
    with _gathered(faults):
        _must_be_there(file)
        settings = read_settings(file)
        tables = settings.tables("variables")
        with _gathered(faults):
            settings.finish()
        variables = _read_variables(settings, tables, faults)
    if faults:
        return Reading(codebook=None, faults=tuple(faults))
    return Reading(codebook=Codebook(file=file, variables=variables), faults=())


@contextmanager
def _gathered(faults: list[StudyError]) -> Iterator[None]:
    try:
        yield
    except StudyError as error:
        faults.append(error)


def _must_be_there(file: Path) -> None:
    if not file.is_file():
        raise StudyError(
            where=str(file),
            found=phrase("there is no codebook here."),
            remedy=phrase("qulaq new writes one into a new study; copy it from there."),
        )


# ── Variables ────────────────────────────────────────────────────────────────────────────────────


def _read_variables(
    settings: Settings, tables: Sequence[Settings], faults: list[StudyError]
) -> tuple[Variable, ...]:
    if not tables:
        raise settings.complain(
            None,
            phrase("the codebook has no variables."),
            phrase("Add a [[variables]] table with name, unit, kind, label, question, categories."),
        )
    variables: list[Variable] = []
    names: dict[str, int] = {}
    for table in tables:
        with _gathered(faults):
            name = _read_name(table, "name")
            _refuse_repeated(table, "name", name, names)
            variables.append(_read_variable(table, name, faults))
    return tuple(variables)


def _read_variable(table: Settings, name: str, faults: list[StudyError]) -> Variable:
    kind = _read_choice(table, "kind", KINDS)
    variable = Variable(
        name=name,
        unit=_read_choice(table, "unit", UNITS),
        kind=kind,
        label=_read_text(table, "label"),
        question=_read_text(table, "question"),
        source=table.text("source", default=""),
        same_as=_read_digests(table),
        categories=_read_categories(table, kind, faults),
    )
    table.finish()
    _check_categories(table, variable)
    return variable


def _read_name(table: Settings, key: str) -> str:
    name = table.text(key)
    if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME:
        raise table.complain(
            key,
            phrase("“{name}” cannot name a column of a table.", name=name),
            phrase(
                "Write small Latin letters, digits and “_”, a letter first, {most} at most.",
                most=_LONGEST_NAME,
            ),
        )
    return name


def _refuse_repeated(table: Settings, key: str, name: str, seen: dict[str, int]) -> None:
    line = table.line(key)
    if name in seen:
        raise table.complain(
            key,
            phrase("“{name}” is taken: line {line}.", name=name, line=seen[name]),
            phrase("Give it another name."),
        )
    seen[name] = line


def _read_choice(table: Settings, key: str, known: Sequence[Any]) -> Any:  # noqa: ANN401  # one of the literals
    value = table.text(key)
    if value not in known:
        raise table.complain(
            key,
            phrase("“{key}” is {value}.", key=key, value=repr(value)),
            phrase("Expected: {expected}.", expected=", ".join(known)),
        )
    return value


def _read_digests(table: Settings) -> tuple[str, ...]:
    digests = table.words("same_as")
    for one in digests:
        if not _DIGEST.fullmatch(one):
            raise table.complain(
                "same_as",
                phrase("“{name}” is no fingerprint of a variable.", name=one),
                phrase("Copy the twelve signs that qulaq coding check showed."),
            )
    return digests


def _check_categories(table: Settings, variable: Variable) -> None:
    if fault := _find_fault(variable):
        raise table.complain(None, *fault)


def _find_fault(variable: Variable) -> tuple[Phrase, Phrase] | None:
    """
    What is wrong with the categories taken together, and what to do.
    """
    codes = set(variable.codes) - {UNCLEAR}
    name = variable.name
    if variable.kind == "yes_no" and codes != set(_YES_NO):
        return (
            phrase("the codes of “{name}” are {codes}.", name=name, codes=_listed(variable.codes)),
            phrase("A yes/no variable has the codes yes, no and, if wanted, unclear."),
        )
    if variable.kind == "any" and NONE not in codes:
        return (
            phrase("“{name}” takes several codes, but has none for “nothing fits”.", name=name),
            phrase("Add a category with the code none."),
        )
    if len(codes) < _FEWEST:
        return (
            phrase("“{name}” has fewer than two categories.", name=name),
            phrase("Add [[variables.categories]] tables with code, label and definition."),
        )
    return None


def _listed(codes: Iterable[str]) -> str:
    return ", ".join(codes) or "—"


# ── Categories ───────────────────────────────────────────────────────────────────────────────────


def _read_categories(table: Settings, kind: Kind, faults: list[StudyError]) -> tuple[Category, ...]:
    """
    The categories; where one of them is at fault, all that are, and the variable cannot be judged further.
    """
    categories: list[Category] = []
    seen: dict[str, int] = {}
    found: list[StudyError] = []
    for one in table.tables("categories"):
        with _gathered(found):
            code = _read_code(one, kind)
            _refuse_repeated(one, "code", code, seen)
            categories.append(_read_category(one, code))
    if found:
        faults += found[:-1]
        raise found[-1]
    return tuple(categories)


def _read_code(table: Settings, kind: Kind) -> str:
    if kind != "ordinal":
        return _read_name(table, "code")
    code = table.text("code")
    if not _GRADE.fullmatch(code):
        raise table.complain(
            "code",
            phrase("“{code}” is no grade.", code=code),
            phrase('The codes of an ordinal variable are whole numbers in quotes, such as "0".'),
        )
    return code


def _read_category(table: Settings, code: str) -> Category:
    category = Category(
        code=code,
        group=_read_name(table, "group") if table.has("group") else "",
        label=_read_text(table, "label"),
        definition=_read_text(table, "definition"),
        examples=_read_texts(table, "examples"),
        counter_examples=_read_texts(table, "counter_examples"),
        answerable=table.flag("answerable"),
    )
    table.finish()
    return category


def _read_text(table: Settings, key: str) -> Text:
    return _in_three(table, key, table.raw(key))


def _read_texts(table: Settings, key: str) -> tuple[Text, ...]:
    if not table.has(key):
        return ()
    listed = table.raw(key)
    values = listed if isinstance(listed, list) else [listed]
    return tuple(_in_three(table, key, value) for value in values)


def _in_three(table: Settings, key: str, value: object) -> Text:
    """
    A text of which no language is missing: coders of one variable must read the same.
    """
    wordings: Mapping[str, object] = value if isinstance(value, dict) else {}
    told = {one: text for one, text in wordings.items() if isinstance(text, str) and text.strip()}
    missing = [one for one in LANGUAGES if one not in told]
    if missing or set(wordings) - set(LANGUAGES):
        strange = ", ".join(sorted(set(wordings) - set(LANGUAGES)))
        raise table.complain(
            key,
            phrase("“{key}” is not written in {languages}.", key=key, languages=", ".join(missing))
            if missing
            else phrase("“{key}” is written in {languages}, too.", key=key, languages=strange),
            phrase('Write {key} = {{ kk = "…", ru = "…", en = "…" }}.', key=key),
        )
    return Text(**told)
