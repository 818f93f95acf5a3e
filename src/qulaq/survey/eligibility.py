"""Whom the survey is for: who gives certain answers is thanked and not asked further."""

from __future__ import annotations

from qulaq.errors import StudyError
from qulaq.lang import phrase
from qulaq.study import ScreenOut, Study
from qulaq.survey.answers import Settled
from qulaq.survey.questionnaire import Questionnaire


def is_screened_out(rule: ScreenOut | None, settled: Settled) -> bool:
    """
    Whether somebody with these answers does not take part.
    """
    if rule is None:
        return False
    answer = settled.answers.get(rule.question, [])
    given = [answer] if isinstance(answer, str) else answer
    return not set(given).isdisjoint(rule.answers)


def check_screen_out(study: Study, questionnaire: Questionnaire) -> None:
    """
    Raises StudyError where `screen_out` asks for what nobody can answer: it would let everybody through.
    """
    rule = study.survey.screen_out
    if rule is None:
        return
    question = questionnaire.by_name.get(rule.question)
    if question is None:
        raise StudyError(
            where=str(study.settings),
            found=phrase(
                "screen_out names “{name}”, which the form does not ask.", name=rule.question
            ),
            remedy=phrase("Name a question of the form, or take screen_out away."),
        )
    known = [one.name for one in question.choices.choices] if question.choices else rule.answers
    if strange := [one for one in rule.answers if one not in known]:
        raise StudyError(
            where=str(study.settings),
            found=phrase(
                "screen_out names the answer “{answer}”, which {name} does not have.",
                answer=strange[0],
                name=rule.question,
            ),
            remedy=phrase("Its answers: {answers}.", answers=", ".join(known)),
        )
