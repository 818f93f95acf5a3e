"""
Answers to a questionnaire: what they hide and show, and whether they are what was asked for.

Answers are a plain dictionary, ready for JSON: the name of a question to a text, for a question with several
choices to a list of their names in the order of the form. Numbers stay texts ("3.5"), days are "2026-11-23", times
"14:05", an acknowledgement is "OK". A question that was not answered is absent, never "" or [].

The clock comes in as an argument; nothing here keeps a state, so any server can answer any request.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from qulaq.lang import Phrase, phrase, phrases
from qulaq.survey.expressions import Scope
from qulaq.survey.questionnaire import (
    REFERENCE,
    Choice,
    Question,
    Questionnaire,
    Screen,
    Wording,
)

Answer = str | list[str]
Answers = Mapping[str, Answer]

Told = Phrase | Wording
"""What is wrong with an answer, in the words of Qulaq or of the form; `told.to(language)` says it."""

LONGEST_TEXT = 5_000  # characters; a page of print has two thousand
ACKNOWLEDGED = "OK"  # as ODK Collect stores it

_INTEGER = re.compile(r"[+-]?\d{1,9}", re.ASCII)  # as many digits as ODK Collect takes
_DECIMAL = re.compile(r"[+-]?\d{1,15}(\.\d{1,15})?", re.ASCII)
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?", re.ASCII)  # browsers may tell seconds
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
_UNWANTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """
    Answers set against the rules of the form: those to hidden questions are gone, calculations are made.

    `shown` names every question whose relevance holds, calculations too; `values` are the answers as expressions
    see them.
    """

    questionnaire: Questionnaire
    answers: dict[str, Answer]
    values: Mapping[str, str]
    shown: frozenset[str]
    today: date

    @property
    def questions(self) -> tuple[Question, ...]:
        """
        What is shown now, in the order of the form, notes among it.
        """
        return tuple(one for one in self.questionnaire.questions if self.shows(one))

    @property
    def screens(self) -> tuple[Screen, ...]:
        """
        The screens on which something is shown now.
        """
        return tuple(
            one for one in self.questionnaire.screens if any(map(self.shows, one.questions))
        )

    def shows(self, question: Question) -> bool:
        return question.is_seen and question.name in self.shown

    def on(self, screen: Screen) -> tuple[Question, ...]:
        """
        What is shown of one screen.
        """
        return tuple(one for one in screen.questions if self.shows(one))

    def choices(self, question: Question) -> tuple[Choice, ...]:
        """
        The choices that the question offers now.
        """
        if question.choices is None:
            return ()
        wanted = question.choice_filter
        if wanted is None:
            return question.choices.choices
        return tuple(
            choice
            for choice in question.choices.choices
            if wanted.holds(self.scope(row={**choice.columns, "name": choice.name}))
        )

    def requires(self, question: Question) -> bool:
        """
        Whether the question must be answered now.
        """
        return question.required is not None and question.required.holds(self.scope())

    def fill(self, wording: Wording, language: str) -> str:
        """
        A text of the form in one language, the answers to which it refers filled in.
        """
        text = wording.to(language)
        return REFERENCE.sub(lambda told: self._label(told[1], language), text)

    def progress(self, screen: Screen) -> tuple[int, int]:
        """
        Which of how many screens this is, both from 1; the number can change with the answers.
        """
        numbers = [one.number for one in self.screens]
        step = sum(number <= screen.number for number in numbers)
        return max(step, 1), max(len(numbers), 1)

    def _label(self, name: str, language: str) -> str:
        question = self.questionnaire.by_name.get(name)
        answer = self.values.get(name, "")
        if question is None or question.choices is None:
            return answer
        known = question.choices.by_name
        labels = (known[one].label.to(language) if one in known else one for one in answer.split())
        return ", ".join(labels)

    def scope(self, *, current: str = "", row: Mapping[str, str] | None = None) -> Scope:
        """
        What an expression of the form can ask about.
        """
        return Scope(values=self.values, today=self.today, current=current, row=row or {})


def settle(questionnaire: Questionnaire, answers: Answers, *, today: date) -> Settled:
    """
    Decide what is shown, drop the answers to what is not, make the calculations.

    One pass in the order of dependence is the fixpoint: no relevance depends on itself, which reading the form
    has made sure of. Settling once more changes nothing. Names that are no question of the form are dropped.
    """
    values: dict[str, str] = {}
    shown: set[str] = set()
    scope = Scope(values=values, today=today)
    for name in questionnaire.order:
        question = questionnaire.by_name[name]
        if all(one.holds(scope) for one in question.relevant):
            shown.add(name)
            if told := _value(question, answers, scope):
                values[name] = told
    kept = {
        question.name: _as_kept(question, answers, values)
        for question in questionnaire.questions
        if question.name in values
    }
    return Settled(
        questionnaire=questionnaire,
        answers=kept,
        values=values,
        shown=frozenset(shown),
        today=today,
    )


def _value(question: Question, answers: Answers, scope: Scope) -> str:
    if question.calculation is not None:
        return question.calculation.told(scope)
    if not question.is_asked:
        return ""
    answer = answers.get(question.name, "")
    return answer if isinstance(answer, str) else " ".join(filter(None, answer))


def _as_kept(question: Question, answers: Answers, values: Mapping[str, str]) -> Answer:
    answer = values[question.name] if question.calculation else answers[question.name]
    return answer if isinstance(answer, str) else list(filter(None, answer))


def relevant_questions(
    questionnaire: Questionnaire, answers: Answers, *, today: date
) -> tuple[Question, ...]:
    """
    The questions and notes that are shown with these answers, in the order of the form.
    """
    return settle(questionnaire, answers, today=today).questions


def clear_hidden(
    questionnaire: Questionnaire, answers: Answers, *, today: date
) -> dict[str, Answer]:
    """
    The answers as they are stored: without those to hidden questions, with what is calculated.
    """
    return settle(questionnaire, answers, today=today).answers


# ── What was typed ───────────────────────────────────────────────────────────────────────────────


def read_answers(
    questions: Iterable[Question], typed: Mapping[str, Sequence[str]]
) -> dict[str, Answer]:
    """
    Answers from the fields of a web form, each with all values that were sent under its name.

    Spaces around go, decimal commas become points, 23.11.2026 becomes a day, control characters vanish; what
    is wrong otherwise stays as it was typed, for `check_answers` to say so. Fields of other names are not read.
    """
    read = {
        question.name: _read(question, typed.get(question.name, ()))
        for question in questions
        if question.is_asked
    }
    return {name: answer for name, answer in read.items() if answer}


def first_answers(questionnaire: Questionnaire) -> dict[str, Answer]:
    """
    What stands in the form before anybody has touched it: its defaults.
    """
    preset = [one for one in questionnaire.questions if one.default]
    typed = {one.name: one.default.split() if one.takes_many else [one.default] for one in preset}
    return read_answers(preset, typed)


def _read(question: Question, typed: Sequence[str]) -> Answer:
    texts = [text for one in typed if (text := clean(one))]
    if question.takes_many:
        return _in_order(question, texts)
    text = texts[-1] if texts else ""
    match question.kind:
        case "integer" | "decimal":
            return re.sub(r"\s", "", text).replace(",", ".").replace("−", "-")
        case "date":
            told = _DAY.fullmatch(text)
            return f"{told[3]}-{told[2]:0>2}-{told[1]:0>2}" if told else text
        case "time":
            return re.sub(r"^(\d)[:.](?=\d\d$)", r"0\1:", text)
        case "acknowledge":
            return ACKNOWLEDGED if text else ""
    return text


def clean(text: str) -> str:
    """
    One spelling for what looks alike (NFC), no control characters, one kind of line end, no space around.
    """
    return unicodedata.normalize("NFC", _UNWANTED.sub("", text.replace("\r\n", "\n"))).strip()


def _in_order(question: Question, names: list[str]) -> list[str]:
    """
    Each name once, the choices of the form first and in its order.
    """
    wanted = dict.fromkeys(names)
    known = question.choices.by_name if question.choices else {}
    listed = question.choices.choices if question.choices else ()
    chosen = dict.fromkeys(choice.name for choice in listed if choice.name in wanted)
    return [*chosen, *(name for name in wanted if name not in known)]


# ── What is wrong with an answer ─────────────────────────────────────────────────────────────────


def check_answers(settled: Settled, screen: Screen | None = None) -> dict[str, Told]:
    """
    What is wrong, by name of the question, of one screen or of the whole form; nothing where all is well.

    The first thing that is wrong with an answer is told: that it is missing, that it is not of its kind, that it
    is not among the choices offered, that it breaks the constraint of the form.
    """
    questions = settled.questions if screen is None else settled.on(screen)
    told = ((one.name, _find_problem(one, settled)) for one in questions if one.is_asked)
    return {name: problem for name, problem in told if problem is not None}


def _find_problem(question: Question, settled: Settled) -> Told | None:
    answer = settled.answers.get(question.name)
    if answer is None:
        return _missing(question) if settled.requires(question) else None
    return _kind_problem(question, answer, settled) or _constraint_problem(question, settled)


def _missing(question: Question) -> Told:
    return question.required_message or phrase("This question must be answered.")


def _constraint_problem(question: Question, settled: Settled) -> Told | None:
    if question.constraint is None:
        return None
    scope = settled.scope(current=settled.values[question.name])
    if question.constraint.holds(scope):
        return None
    return question.constraint_message or phrase("This answer is not possible here.")


def _kind_problem(question: Question, answer: Answer, settled: Settled) -> Phrase | None:
    if question.choices is not None:
        return _choice_problem(question, answer, settled)
    if not isinstance(answer, str):
        return phrase("Only one answer can be given here.")
    return find_misfit(question, answer)


def find_misfit(question: Question, text: str) -> Phrase | None:
    """
    Why a text is no answer of the question's kind; choices are not looked at.
    """
    rule = _RULES.get(question.kind)
    return rule(text) if rule else None


def _choice_problem(question: Question, answer: Answer, settled: Settled) -> Phrase | None:
    if question.takes_many is isinstance(answer, str):
        return phrase("Choose from the list.")
    names = [answer] if isinstance(answer, str) else answer
    known = question.choices.by_name if question.choices else {}
    if question.choice_filter is not None and all(name in known for name in names):
        known = {choice.name: choice for choice in settled.choices(question)}
    strange = [name for name in names if name not in known]
    return phrase("This is not among the answers offered.") if strange else None


def _text_problem(text: str) -> Phrase | None:
    if len(text) <= LONGEST_TEXT:
        return None
    return phrases(
        "The answer has {n} character; at most {most} can be taken.",
        "The answer has {n} characters; at most {most} can be taken.",
        n=len(text),
        most=LONGEST_TEXT,
    )


def _integer_problem(text: str) -> Phrase | None:
    if _INTEGER.fullmatch(text):
        return None
    return phrase("Write a whole number of at most nine digits.")


def _decimal_problem(text: str) -> Phrase | None:
    return None if _DECIMAL.fullmatch(text) else phrase("Write a number, such as 3.5.")


def _day_problem(text: str) -> Phrase | None:
    try:
        return None if date.fromisoformat(text).isoformat() == text else _NO_DAY
    except ValueError:
        return _NO_DAY


def _time_problem(text: str) -> Phrase | None:
    return None if _TIME.fullmatch(text) else phrase("Write a time, such as 14:05.")


_NO_DAY = phrase("Write a day, such as 23.11.2026.")
_RULES = {
    "text": _text_problem,
    "integer": _integer_problem,
    "decimal": _decimal_problem,
    "date": _day_problem,
    "time": _time_problem,
}
