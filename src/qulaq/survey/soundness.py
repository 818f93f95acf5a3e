"""Whether what a form says hangs together: its names, its references, and no question that depends on itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from qulaq.lang import Sayable, phrase
from qulaq.survey.dependence import depends, find_circles
from qulaq.survey.expressions import Expression
from qulaq.survey.problems import Problem
from qulaq.survey.questionnaire import Question
from qulaq.survey.workbook import Sheet

ASKED = phrase(
    "Kinds that can be asked: {kinds}.",
    kinds="text, integer, decimal, date, time, select_one, select_multiple, acknowledge, note, calculate",
)


@dataclass(frozen=True, slots=True)
class Rule:
    """
    An expression of the form, with the question or group and the column to which it belongs.
    """

    owner: str
    column: str
    expression: Expression


@dataclass(slots=True)
class Notes:
    """
    What is noted of the questions of a form while it is read.
    """

    survey: Sheet
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, name: str, column: str, found: Sayable, remedy: Sayable) -> None:
        """
        Note what keeps the question or group of that name from being asked; no name is the form as a whole.
        """
        row = self.survey.by_name.get(name)
        self.problems.append(
            Problem(
                level="error",
                blocks=True,
                sheet=self.survey.name,
                row=row.number if row else None,
                column=self.survey.heading(column) if column else "",
                found=found,
                remedy=remedy,
            )
        )

    def leave_out(self, name: str, kind: str) -> None:
        """
        Note that a row is not asked and that nothing is lost by it.
        """
        row = self.survey.by_name.get(name)
        self.problems.append(
            Problem(
                level="warning",
                sheet=self.survey.name,
                row=row.number if row else None,
                column=self.survey.heading("type"),
                found=phrase(
                    "“{kind}” is recorded by devices; Qulaq does not record it.", kind=kind
                ),
                remedy=phrase("Leave it for ODK and KoboToolbox, or delete the row."),
            )
        )

    @property
    def blocked(self) -> bool:
        return any(problem.blocks for problem in self.problems)


def check_soundness(questions: Sequence[Question], rules: Sequence[Rule], notes: Notes) -> None:
    """
    Note all that keeps these questions from being a questionnaire.
    """
    by_name = {one.name: one for one in questions}
    _check_names(questions, notes)
    for rule in rules:
        _check_references(rule, by_name, notes)
        _check_columns(rule, by_name.get(rule.owner), notes)
    _check_circles(questions, notes)
    if not any(one.is_asked for one in questions):
        notes.refuse("", "", phrase("the form asks nothing that can be asked here."), ASKED)


def _check_names(questions: Sequence[Question], notes: Notes) -> None:
    for name, n in Counter(one.name for one in questions).items():
        if n > 1:
            notes.refuse(
                name,
                "name",
                phrase("the name “{name}” is given to several questions.", name=name),
                phrase("Give each question of the form a name of its own, whatever its group."),
            )


def _check_references(rule: Rule, questions: Mapping[str, Question], notes: Notes) -> None:
    for name in sorted(rule.expression.names - questions.keys() - {"."}):
        notes.refuse(
            rule.owner,
            rule.column,
            phrase("“{name}” is no question that is asked here.", name=name),
            phrase("Name a question or a calculation of the form."),
        )


def _check_columns(rule: Rule, question: Question | None, notes: Notes) -> None:
    """
    Bare names are columns of the choices, and only a choice filter may ask about these.
    """
    columns = {"name", "list_name"}
    if rule.column == "choice_filter" and question is not None:
        if question.choices is None:
            return  # that the choices are elsewhere is told already
        columns |= {key for choice in question.choices.choices for key in choice.columns}
    for name in sorted(rule.expression.columns - columns):
        notes.refuse(
            rule.owner,
            rule.column,
            phrase("“{name}” stands there without ${{…}} or quotation marks.", name=name),
            phrase(
                "A question is written ${{{name}}}, a text '{name}'; only a choice filter names columns.",
                name=name,
            ),
        )


def _check_circles(questions: Sequence[Question], notes: Notes) -> None:
    calculated = {one.name for one in questions if one.kind == "calculate"}
    for circle in find_circles({one.name: depends(one) for one in questions}):
        notes.refuse(
            circle[0],
            "calculation" if circle[0] in calculated else "relevant",
            phrase("the question depends on itself: {circle}.", circle=" → ".join(circle)),
            phrase("Take one of these conditions or calculations away."),
        )
