"""
The 105 respondents of the paper's survey, invented so that every printed count is met.

Each question has the base that fits its percentages best, as `qulaq.survey.audit` finds it; the others left it open.
What the base has beyond the printed counts goes to answers that the paper does not print.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import cycle, islice
from random import Random

from qulaq.replica.resources import open_resource
from qulaq.survey.audit import audit
from qulaq.survey.expressions import compile_expression
from qulaq.survey.published import read_published
from qulaq.survey.questionnaire import Choice, ChoiceList, Question, Questionnaire, Wording
from qulaq.survey.screens import Placed, lay_out
from qulaq.survey.standard import standard_questionnaire

RESPONDENTS = 105
IN_KAZAKH = 63
"""The paper tells how many forms there were, not in which language."""

UNPRINTED = Choice(
    name="other",
    label=Wording({"kk": "басқа жауап", "ru": "другой ответ", "en": "another answer"}),
)
"""Offered where the printed answers are all that the questionnaire has, and the base is larger."""

_SEED = 105
_FIRST = datetime(2023, 5, 2, 9, 0)  # noqa: DTZ001  # local, as a form's owner sees it; days are invented
_MINUTES = 19 * 24 * 60
_NOT_INVENTED = "under_18"
_CONSISTENT = "${wrote} = 'yes' or ${answered} = 'other'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Respondent:
    """
    One filled-in form: when, in which language, and the codes of what was answered.
    """

    moment: datetime
    language: str
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """
    How often each code is answered; the rest of all respondents left the question open.
    """

    question: str
    counts: Mapping[str, int]

    def dealt(self, draw: Random) -> list[str | None]:
        """
        An answer, or none, for each respondent.
        """
        answers: list[str | None] = [code for code, n in self.counts.items() for _ in range(n)]
        answers += [None] * (RESPONDENTS - len(answers))
        draw.shuffle(answers)
        return answers


def replica_questionnaire() -> Questionnaire:
    """
    The form as the paper's answers suggest it: its questions only, nothing required, everything asked of everybody.
    """
    standard = standard_questionnaire()
    printed = {one.question for one in read_counts(standard)}
    placed = [
        Placed(_loosened(question), (str(screen.number),), screen.label)
        for screen in standard.screens
        for question in screen.questions
        if question.name in printed
    ]
    questions = tuple(one.question for one in placed)
    return replace(
        standard,
        name="replica",
        questions=questions,
        screens=lay_out(placed),
        order=tuple(one.name for one in questions),
    )


def _loosened(question: Question) -> Question:
    """
    Nobody has to answer, and whoever answers what came of writing without having written contradicts.
    """
    consistent = compile_expression(_CONSISTENT) if question.name == "answered" else None
    return replace(
        question,
        relevant=(),
        required=None,
        consistent=consistent,
        choices=_with_unprinted(question),
    )


def _with_unprinted(question: Question) -> ChoiceList | None:
    if question.choices is None or question.name not in {"wrote", "answered"}:
        return question.choices
    return ChoiceList(question.choices.name, (*question.choices.choices, UNPRINTED))


def read_counts(questionnaire: Questionnaire) -> tuple[Count, ...]:
    """
    The printed counts, and beyond them up to the base those of answers that are not printed, as even as can be.
    """
    with open_resource("survey.csv") as file:
        audited = audit(read_published(file), most=RESPONDENTS)
    counted = []
    for one in audited:
        question = questionnaire.by_name[one.question.name]
        printed = {figure.published.answer: figure.published.n for figure in one.figures}
        unprinted = _unprinted(question, printed)
        rest = (one.base or one.sum) - one.sum
        dealt = list(islice(cycle(unprinted), rest))
        counts = printed | {code: dealt.count(code) for code in unprinted}
        counted.append(Count(question=question.name, counts=counts))
    return tuple(counted)


def _unprinted(question: Question, printed: Mapping[str, int]) -> Sequence[str]:
    choices = question.choices.choices if question.choices else ()
    names = [one.name for one in choices if one.name not in {*printed, _NOT_INVENTED}]
    return names or [UNPRINTED.name]


def make_respondents() -> tuple[Respondent, ...]:
    """
    The same people at every run, in the order in which they answered.
    """
    draw = Random(_SEED)  # noqa: S311  # invented people, not secrets
    counts = read_counts(standard_questionnaire())
    dealt = {one.question: one.dealt(draw) for one in counts}
    dealt["answered"] = _told_by_writers(dealt["wrote"], dealt["answered"])
    languages = ["kk"] * IN_KAZAKH + ["ru"] * (RESPONDENTS - IN_KAZAKH)
    draw.shuffle(languages)
    return tuple(
        Respondent(
            moment=moment,
            language=languages[row],
            answers={name: code for name, all_ in dealt.items() if (code := all_[row]) is not None},
        )
        for row, moment in enumerate(_moments(draw))
    )


def _told_by_writers(
    wrote: Sequence[str | None], answered: Sequence[str | None]
) -> list[str | None]:
    """
    The same answers on what came of writing, so placed that all who wrote tell, and as many as can of those who
    were answered are among them.
    """
    order = ("yes", "no", "not_expected", "other", None)
    waiting = sorted(answered, key=order.index)
    writers = [row for row, code in enumerate(wrote) if code == "yes"]
    others = [row for row, code in enumerate(wrote) if code != "yes"]
    placed: list[str | None] = [None] * len(answered)
    for row, code in zip([*writers, *others], waiting, strict=True):
        placed[row] = code
    return placed


def _moments(draw: Random) -> Iterator[datetime]:
    minutes = sorted(draw.sample(range(_MINUTES), RESPONDENTS))
    return (_FIRST + timedelta(minutes=n, seconds=draw.randrange(60)) for n in minutes)
