"""How questions are laid out on screens, so that a page without a script always shows what it should."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from qulaq.survey.dependence import depends, inputs
from qulaq.survey.questionnaire import Question, Screen, Wording


@dataclass(frozen=True, slots=True)
class Placed:
    """
    A question with the innermost group around it: its path of names, and the label of the nearest that has one.
    """

    question: Question
    group: tuple[str, ...]
    label: Wording


def lay_out(placed: Sequence[Placed]) -> tuple[Screen, ...]:
    """
    Consecutive questions of one group make a screen. A question starts a new one where its being shown, its wording
    or its choices hang on an answer that is given on the same screen.
    """
    questions = {one.question.name: one.question for one in placed}
    runs = _runs([one for one in placed if one.question.is_seen], questions)
    return tuple(
        Screen(number=number, label=run[0].label, questions=tuple(one.question for one in run))
        for number, run in enumerate(runs, 1)
    )


def _runs(placed: Iterable[Placed], questions: Mapping[str, Question]) -> Iterator[list[Placed]]:
    run: list[Placed] = []
    for one in placed:
        on_screen = {other.question.name for other in run}
        if run and (run[0].group != one.group or on_screen & _needs(one.question, questions)):
            yield run
            run = []
        run.append(one)
    if run:
        yield run


def _needs(question: Question, questions: Mapping[str, Question]) -> frozenset[str]:
    """
    The answers that must be known before the question can be shown.
    """
    filtered = question.choice_filter.names if question.choice_filter else frozenset()
    return inputs({*depends(question), *filtered, *_quoted(question)}, questions) - {question.name}


def _quoted(question: Question) -> Iterator[str]:
    """
    The questions whose answers stand in the wording of this one.
    """
    wordings = [question.label, question.hint]
    wordings += [choice.label for choice in question.choices.choices] if question.choices else []
    for wording in wordings:
        yield from wording.names
