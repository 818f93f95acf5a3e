"""
The description of a survey as tables, worded in one language: for the screen, for files, for the report.

Cells are texts and numbers as they are; None where there is nothing to tell. Percentages have four digits.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from qulaq.lang import Language, Phrase, phrase
from qulaq.survey.crosstab import (
    CHANNEL,
    LANGUAGE,
    UNTOLD,
    CrossedQuestion,
    Crosstab,
    Group,
    Grouping,
)
from qulaq.survey.describe import AnswerCount, DescribedQuestion, Description
from qulaq.survey.questionnaire import Question, Questionnaire
from qulaq.survey.sample import Column
from qulaq.text.masking import mask

Rows = list[list[object]]

METHODS: Mapping[str, Phrase] = {
    "chi_square": phrase("chi-square, Cramér's V"),
    "fisher": phrase("Fisher's exact test, Cramér's V"),
    "mann_whitney": phrase("Mann-Whitney, probability of superiority"),
    "kruskal_wallis": phrase("Kruskal-Wallis, epsilon squared"),
}
"""The tests, each with the effect that it gives."""

IF_DRAWN_AT_RANDOM = phrase(
    "Intervals (95 %) hold as if they had been drawn at random from the population. A convenience sample was not: "
    "how far its percentages are from everybody's, no interval tells."
)
OF_VALID = phrase(
    "Percentages are of valid answers; where several could be chosen, of the respondents who answered."
)


@dataclass(frozen=True, slots=True)
class Worded:
    """
    In which language our words are, and in which of its own the form speaks.
    """

    language: Language
    form: str

    @classmethod
    def of(cls, questionnaire: Questionnaire, language: Language) -> Worded:
        return cls(language, questionnaire.nearest_language(language))

    def say(self, said: Phrase) -> str:
        return said.to(self.language)


def label_of(question: Question, worded: Worded) -> str:
    """
    The question's wording on one line; its name where it has none, as calculations.
    """
    return " ".join(question.label.to(worded.form).split()) or question.name


def name_group(code: str, column: Column | None, worded: Worded) -> str:
    """
    The group as people call it: its answer's label, the language's name, the channel.
    """
    if column is not None:
        return column.label(code, worded.form)
    return worded.say(phrase("not told")) if code == UNTOLD else code


def name_grouping(grouping: Grouping, worded: Worded) -> str:
    """
    By what responses are grouped, as people call it.
    """
    if grouping.question is not None:
        return label_of(grouping.question, worded)
    names = {LANGUAGE: phrase("language of the form"), CHANNEL: phrase("channel")}
    return worded.say(names[grouping.by])


# ── Questions and answers ────────────────────────────────────────────────────────────────────────


def tabulate_answers(description: Description, worded: Worded) -> Rows:
    """
    A row for each answer, and one for each question without choices; the heading first.
    """
    heading = [
        phrase("question"), phrase("wording"), phrase("asked"), phrase("valid answers"), phrase("missing"),
        phrase("contradictions"), phrase("answer"), phrase("label"), phrase("n"), phrase("% of valid"),
        phrase("% of those asked"), phrase("low"), phrase("high"), phrase("mean"), phrase("sd"), phrase("median"),
    ]  # fmt: skip
    rows: Rows = [[worded.say(one) for one in heading]]
    for one in description.questions:
        rows += _answers_of(one, description, worded)
    return rows


def _answers_of(
    one: DescribedQuestion, description: Description, worded: Worded
) -> Iterator[list[object]]:
    column = description.sample.columns[one.question.name]
    about = [
        one.question.name, label_of(one.question, worded), one.asked, one.valid, one.missing,
        one.contradictions,
    ]  # fmt: skip
    scale = one.scale
    summary = [known(scale.mean), known(scale.sd), known(scale.median)] if scale else [None] * 3
    if not one.answers:
        yield [*about, *[None] * 7, *summary]
    for answer in one.answers:
        yield [*about, *_cells(answer, column, worded), *summary]


def _cells(answer: AnswerCount, column: Column, worded: Worded) -> list[object]:
    return [
        answer.code,
        column.label(answer.code, worded.form),
        answer.n,
        *(known(one) for one in (answer.percent, answer.percent_of_all, answer.low, answer.high)),
    ]


def tabulate_texts(description: Description, worded: Worded) -> Rows:
    """
    Open answers with personal data masked.
    """
    rows: Rows = [[worded.say(one) for one in (phrase("question"), phrase("answer"))]]
    for one in description.questions:
        rows += [[one.question.name, mask(text)] for text in one.texts]
    return rows


def tabulate_codebook(questionnaire: Questionnaire, worded: Worded) -> Rows:
    """
    What every name and code means, in every language of the form.
    """
    heading = [phrase("question"), phrase("kind"), phrase("code")]
    languages = questionnaire.languages
    rows: Rows = [[*(worded.say(one) for one in heading), *(one.name for one in languages)]]
    for question in questionnaire.questions:
        if question.kind == "note":
            continue
        texts = [question.label.texts.get(one.code) for one in languages]
        rows.append([question.name, question.kind, None, *texts])
        for choice in question.choices.choices if question.choices else ():
            labels = [choice.label.texts.get(one.code) for one in languages]
            rows.append([question.name, None, choice.name, *labels])
    return rows


# ── Groups ───────────────────────────────────────────────────────────────────────────────────────


def tabulate_groups(crosstab: Crosstab, description: Description, worded: Worded) -> Rows:
    """
    A row for each answer of each group; hidden ones have no number.
    """
    heading = [
        phrase("question"), phrase("wording"), phrase("group"), phrase("group's label"), phrase("valid answers"),
        phrase("answer"), phrase("label"), phrase("n"), phrase("% of valid"), phrase("low"), phrase("high"),
    ]  # fmt: skip
    rows: Rows = [[worded.say(one) for one in heading]]
    for question in crosstab.questions:
        for group in question.groups:
            rows += _group_rows(crosstab, question, group, description, worded)
    return rows


def _group_rows(
    crosstab: Crosstab,
    crossed: CrossedQuestion,
    group: Group,
    description: Description,
    worded: Worded,
) -> Iterator[list[object]]:
    columns = description.sample.columns
    column = columns[crossed.question.name]
    by = columns[crosstab.grouping.by] if crosstab.grouping.question else None
    about = [
        crossed.question.name, label_of(crossed.question, worded), group.code,
        name_group(group.code, by, worded), group.valid,
    ]  # fmt: skip
    for place, answer in enumerate(group.answers):
        hidden = place in group.hidden
        numbers = (answer.n, known(answer.percent), known(answer.low), known(answer.high))
        cells = [None] * len(numbers) if hidden else numbers
        yield [*about, answer.code, column.label(answer.code, worded.form), *cells]


def tabulate_tests(crosstab: Crosstab, description: Description, worded: Worded) -> Rows:
    """
    A row for each test; without numbers where there was nothing to compare.
    """
    heading = [
        phrase("question"), phrase("wording"), phrase("answer"), phrase("test and effect"), phrase("statistic"),
        phrase("effect"), phrase("p-value"), phrase("p-value by Holm"),
    ]  # fmt: skip
    rows: Rows = [[worded.say(one) for one in heading]]
    for crossed in crosstab.questions:
        column = description.sample.columns[crossed.question.name]
        for one in crossed.comparisons:
            option = column.label(one.option, worded.form) if one.option else None
            numbers = (one.test.statistic, one.test.effect, one.test.p_value, one.p_adjusted)
            method = worded.say(METHODS[one.method])
            about = [crossed.question.name, label_of(crossed.question, worded), option, method]
            rows.append([*about, *map(known, numbers)])
    return rows


def known(value: float) -> float | None:
    """
    A number for a file, four digits behind the point; None where it is not defined.
    """
    return None if math.isnan(value) else round(value, 4)


def as_sheets(
    description: Description, crosstab: Crosstab | None, worded: Worded
) -> dict[str, Sequence[Sequence[object]]]:
    """
    All tables by the title of their sheet.
    """
    sheets: dict[str, Sequence[Sequence[object]]] = {
        worded.say(phrase("answers")): tabulate_answers(description, worded)
    }
    if crosstab is not None:
        sheets[worded.say(phrase("groups"))] = tabulate_groups(crosstab, description, worded)
        sheets[worded.say(phrase("tests"))] = tabulate_tests(crosstab, description, worded)
    sheets[worded.say(phrase("open answers"))] = tabulate_texts(description, worded)
    questionnaire = description.sample.questionnaire
    sheets[worded.say(phrase("codebook"))] = tabulate_codebook(questionnaire, worded)
    return sheets
