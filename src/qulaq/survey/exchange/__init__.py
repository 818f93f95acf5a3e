"""
Answers from elsewhere: exports of other programs become responses to the study's questionnaire.

    questionnaire, responses = open_answers(study)
    added = take_in_answers(study, questionnaire, responses, Path("answers.csv"))
    added.new, len(added.exchange.unread)

`draft_from` makes a questionnaire from such a file, for a person to finish.
"""

from __future__ import annotations

from qulaq.survey.exchange.addition import Addition, take_in_answers
from qulaq.survey.exchange.draft import Draft, draft_from

__all__ = ["Addition", "Draft", "draft_from", "take_in_answers"]
