"""What a survey found as JSON, the form that programs read."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qulaq.survey.crosstab import Comparison, Crosstab, Group
    from qulaq.survey.describe import AnswerCount, Description, ScaleSummary
    from qulaq.survey.sample import Column
    from qulaq.survey.tabulation import Worded


def as_data(
    description: Description, crosstab: Crosstab | None, worded: Worded
) -> list[dict[str, object]]:
    """
    The questions as JSON; numbers that are not defined are null, hidden ones are null and said to be hidden.
    """
    from qulaq.survey.tabulation import label_of
    from qulaq.text.masking import mask

    crossed = {} if crosstab is None else {one.question.name: one for one in crosstab.questions}
    data: list[dict[str, object]] = []
    for one in description.questions:
        column = description.sample.columns[one.question.name]
        told: dict[str, object] = {
            "question": one.question.name,
            "type": one.question.kind,
            "label": label_of(one.question, worded),
            "asked": one.asked,
            "valid": one.valid,
            "missing": one.missing,
            "contradictions": one.contradictions,
            "effective_n": _known(one.effective_n),
            "answers": [_answer(answer, column, worded) for answer in one.answers],
        }
        if one.scale is not None:
            told["scale"] = _scale_data(one.scale)
        if one.question.kind == "text":
            told["texts"] = list(map(mask, one.texts))
        if found := crossed.get(one.question.name):
            told["groups"] = [_group(group, column, worded) for group in found.groups]
            told["tests"] = [_test(test) for test in found.comparisons]
        data.append(told)
    return data


def _answer(answer: AnswerCount, column: Column, worded: Worded) -> dict[str, object]:
    return {
        "code": answer.code,
        "label": column.label(answer.code, worded.form),
        "n": answer.n,
        "percent": _known(answer.percent),
        "percent_of_all": _known(answer.percent_of_all),
        "low": _known(answer.low),
        "high": _known(answer.high),
    }


def _group(group: Group, column: Column, worded: Worded) -> dict[str, object]:
    answers = []
    for place, one in enumerate(group.answers):
        told = _answer(one, column, worded)
        if place in group.hidden:
            told |= dict.fromkeys(("n", "percent", "percent_of_all", "low", "high"))
            told["hidden"] = True
        answers.append(told)
    return {"group": group.code, "valid": group.valid, "answers": answers}


def _test(comparison: Comparison) -> dict[str, object]:
    test = comparison.test
    return {
        "answer": comparison.option or None,
        "method": comparison.method,
        "statistic": _known(test.statistic),
        "effect": _known(test.effect),
        "p": _known(test.p_value),
        "p_holm": _known(comparison.p_adjusted),
    }


def _scale_data(scale: ScaleSummary) -> dict[str, object]:
    numbers = {name: getattr(scale, name) for name in ("mean", "low", "high", "sd", "median")}
    about = {"n": scale.n, "strange": scale.strange}
    return about | {name: _known(value) for name, value in numbers.items()}


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value
