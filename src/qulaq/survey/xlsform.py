"""
A questionnaire from an XLSForm: pyxform judges and converts the form, its dictionary becomes ours.

That dictionary is private to pyxform, which is why its version is pinned and no other module looks into it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qulaq.errors import QuestionnaireError
from qulaq.lang import Sayable, phrase
from qulaq.survey.conversion import convert_form
from qulaq.survey.dependence import depends, in_order
from qulaq.survey.expressions import Expression, ExpressionError, compile_expression
from qulaq.survey.problems import Problem
from qulaq.survey.questionnaire import (
    CONSISTENT,
    UNTOLD,
    Choice,
    ChoiceList,
    FormLanguage,
    Kind,
    Question,
    Questionnaire,
    Wording,
)
from qulaq.survey.screens import Placed, lay_out
from qulaq.survey.soundness import ASKED, Notes, Rule, check_soundness
from qulaq.survey.workbook import Workbook, language_code, read_workbook

KINDS: Mapping[str, Kind] = {
    "text": "text",
    "string": "text",
    "integer": "integer",
    "int": "integer",
    "decimal": "decimal",
    "date": "date",
    "time": "time",
    "select one": "select_one",
    "select all that apply": "select_multiple",
    "acknowledge": "acknowledge",
    "trigger": "acknowledge",
    "note": "note",
    "calculate": "calculate",
}
"""The types of pyxform that can be asked here. All others are outside the subset."""

RECORDED = frozenset(
    (
        "start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber", "username",
        "email", "audit", "start-geopoint",
    )
)  # fmt: skip
"""What devices note by themselves."""

_YES = frozenset(("yes", "true", "true()"))
_NO = frozenset(("", "no", "false", "false()"))


@dataclass(frozen=True, slots=True, kw_only=True)
class FormReading:
    """
    What became of a form. `converts`: pyxform turns it into an XForm, so that ODK and KoboToolbox can ask it.
    `questionnaire` is null where a problem blocks it here.
    """

    workbook: Workbook
    converts: bool
    questionnaire: Questionnaire | None = None
    rules: tuple[Rule, ...] = ()
    problems: tuple[Problem, ...]


def read_questionnaire(file: Path) -> Questionnaire:
    """
    The questionnaire of a form. Raises QuestionnaireError with the first thing that keeps it from being asked,
    UnreadableExport where the file is no XLSX.
    """
    reading = read_form(file)
    if reading.questionnaire is not None:
        return reading.questionnaire
    first = next(problem for problem in reading.problems if problem.blocks)
    raise QuestionnaireError(
        where=phrase("file {file}, {place}", file=file, place=first.place)
        if first.place
        else str(file),
        found=first.found,
        remedy=first.remedy,
    )


def read_form(file: Path) -> FormReading:
    """
    The form with all that is wrong with it, as far as it can be read. Raises QuestionnaireError where there is no
    file, UnreadableExport where it is no XLSX.
    """
    if not file.is_file():
        raise QuestionnaireError(
            where=str(file),
            found=phrase("there is no such form."),
            remedy=phrase("Name an XLSForm (XLSX), or a study with a questionnaire.xlsx."),
        )
    workbook = read_workbook(file)
    converted, problems = convert_form(file, workbook)
    if converted is None:
        return FormReading(workbook=workbook, converts=False, problems=tuple(problems))
    form = _Form(workbook=workbook, notes=Notes(workbook.survey))
    questionnaire = form.read(converted)
    return FormReading(
        workbook=workbook,
        converts=True,
        questionnaire=questionnaire,
        rules=tuple(form.rules),
        problems=(*problems, *form.notes.problems),
    )


# ── From the dictionary to the questionnaire ─────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Around:
    """
    What the groups around a question hand down to it.
    """

    path: tuple[str, ...] = ()
    label: Wording = field(default_factory=Wording)
    relevant: tuple[Expression, ...] = ()


@dataclass(slots=True)
class _Form:
    """
    A form while it is read; problems are noted where they are met.
    """

    workbook: Workbook
    notes: Notes
    rules: list[Rule] = field(default_factory=list)
    lists: dict[str, ChoiceList] = field(default_factory=dict)
    language: str = ""

    def read(self, form: Mapping[str, Any]) -> Questionnaire | None:
        self.language = self._default_language(form)
        placed = list(self._read_children(form["children"], _Around()))
        questions = tuple(one.question for one in placed)
        check_soundness(questions, self.rules, self.notes)
        if self.notes.blocked:
            return None
        languages, default = self._languages(questions), language_code(self.language)
        return Questionnaire(
            name=str(form.get("id_string") or "form"),
            version=str(form.get("version") or ""),
            title=Wording({default: str(form.get("title") or "")}),
            languages=languages,
            default_language=default,
            questions=questions,
            screens=lay_out(placed),
            order=in_order({one.name: depends(one) for one in questions}),
        )

    def _default_language(self, form: Mapping[str, Any]) -> str:
        """
        The language of what is not said to be in another. Where every heading names one it is the first of them:
        pyxform's own "Specify other." is in none.
        """
        told, named = str(form.get("default_language") or "default"), self.workbook.languages
        survey = self.workbook.survey
        plain = any(not heading.language for heading in survey.in_languages("label"))
        return told if told in named or plain or not named else named[0]

    def _languages(self, questions: Sequence[Question]) -> tuple[FormLanguage, ...]:
        """
        The languages in which something is worded, in the order of headings.
        """
        named = self.workbook.languages
        names = named if self.language in named else (self.language, *named)
        worded = {code for one in questions for code in one.label.texts}
        known = [FormLanguage(language_code(name), name) for name in names]
        used = [one for one in known if one.code in worded]
        return tuple(used) or (FormLanguage(UNTOLD, "default"),)

    def _read_children(
        self, children: Iterable[Mapping[str, Any]], around: _Around
    ) -> Iterator[Placed]:
        for child in children:
            kind, name = child["type"], child.get("name", "")
            if kind == "group":
                if name != "meta":
                    yield from self._read_children(child["children"], self._enter(child, around))
            elif kind in KINDS:
                yield Placed(self._read_question(child, around), around.path, around.label)
            elif kind in RECORDED:
                self.notes.leave_out(name, kind)
            else:
                self.notes.refuse(name, "type", _not_asked(kind), ASKED)

    def _enter(self, group: Mapping[str, Any], around: _Around) -> _Around:
        rule = self._compile(group["name"], "relevant", _bind(group, "relevant"))
        return _Around(
            path=(*around.path, group["name"]),
            label=self._wording(group.get("label")) or around.label,
            relevant=(*around.relevant, *([rule] if rule else [])),
        )

    def _read_question(self, told: Mapping[str, Any], around: _Around) -> Question:
        name, kind = told["name"], KINDS[told["type"]]
        self._refuse_extras(told, name)
        own = self._compile(name, "relevant", _absolute(_bind(told, "relevant")))
        return Question(
            name=name,
            kind=kind,
            label=self._wording(told.get("label")),
            hint=self._wording(told.get("hint")),
            relevant=(*around.relevant, *([own] if own else [])),
            required=self._condition(name, _bind(told, "required")),
            required_message=self._wording(_bind(told, "jr:requiredMsg")),
            constraint=self._compile(name, "constraint", _bind(told, "constraint")),
            constraint_message=self._wording(_bind(told, "jr:constraintMsg")),
            consistent=self._compile(name, CONSISTENT, _bind(told, "consistent")),
            calculation=self._compile(name, "calculation", _bind(told, "calculate")),
            choices=self._read_choices(told, name),
            choice_filter=self._filter(told, name),
            appearance=str(told.get("control", {}).get("appearance", "")),
            default="" if told.get("_dynamic_default") else str(told.get("default", "")),
        )

    def _condition(self, name: str, text: str) -> Expression | None:
        """
        `required` may be yes, no or an expression.
        """
        if text.strip().lower() in _NO:
            return None
        wanted = "true()" if text.strip().lower() in _YES else text
        return self._compile(name, "required", wanted)

    def _compile(self, name: str, column: str, text: str) -> Expression | None:
        if not text:
            return None
        try:
            rule = Rule(name, column, compile_expression(text))
        except ExpressionError as error:
            self.notes.refuse(name, column, error.found, error.remedy)
            return None
        self.rules.append(rule)
        return rule.expression

    def _filter(self, told: Mapping[str, Any], name: str) -> Expression | None:
        return self._compile(name, "choice_filter", str(told.get("choice_filter") or ""))

    def _read_choices(self, told: Mapping[str, Any], name: str) -> ChoiceList | None:
        if not told["type"].startswith("select"):
            return None
        if not told.get("choices"):
            self.notes.refuse(
                name,
                "type",
                phrase("the choices do not stand in the sheet of choices."),
                phrase("Write them there; lists in files of their own are not read."),
            )
            return None
        listed = str(told.get("list_name") or told.get("itemset"))
        if listed not in self.lists:
            choices = tuple(map(self._read_choice, told["choices"]))
            self.lists[listed] = ChoiceList(listed, choices)
        return self.lists[listed]

    def _read_choice(self, told: Mapping[str, Any]) -> Choice:
        columns = {
            key: value
            for key, value in told.items()
            if isinstance(value, str) and key not in {"name", "label", "__row"}
        }
        return Choice(name=told["name"], label=self._wording(told.get("label")), columns=columns)

    def _wording(self, told: object) -> Wording:
        """
        A text or texts by name of their language, that of the default language first.
        """
        if not told:
            return Wording()
        texts = told if isinstance(told, dict) else {self.language: told}
        ordered = sorted(texts.items(), key=lambda item: item[0] != self.language)
        return Wording({language_code(name): str(text) for name, text in ordered if text})

    def _refuse_extras(self, told: Mapping[str, Any], name: str) -> None:
        """
        Rules of a question that are not obeyed here; to ask it without them would be another question.
        """
        extras = (
            ("default", bool(told.get("_dynamic_default"))),
            ("trigger", bool(told.get("trigger"))),
            ("read_only", _bind(told, "readonly").lower() not in _NO),
            ("calculation", KINDS[told["type"]] == "calculate" and not _bind(told, "calculate")),
            ("calculation", _is_asked(told) and bool(_bind(told, "calculate"))),
        )
        for column, present in extras:
            if present and name in self.workbook.survey.by_name:  # pyxform adds some of its own
                self.notes.refuse(name, column, _not_obeyed(column), _WITHOUT)


def _bind(told: Mapping[str, Any], key: str) -> Any:  # noqa: ANN401  # a text, or texts by language
    return told.get("bind", {}).get(key, "")


def _absolute(rule: str) -> str:
    """
    The one relative path that pyxform writes itself, for the text behind "or_other".
    """
    return re.sub(r"^selected\(\.\./([^,\s]+), 'other'\)$", r"selected(${\1}, 'other')", rule)


def _is_asked(told: Mapping[str, Any]) -> bool:
    return KINDS[told["type"]] not in {"calculate", "note"}


def _not_asked(kind: str) -> Sayable:
    return phrase("“{kind}” cannot be asked here.", kind=kind)


def _not_obeyed(column: str) -> Sayable:
    return phrase("what stands under “{column}” is not obeyed here.", column=column)


_WITHOUT = phrase("Do without it; the guide to questionnaires says what can be used.")
