"""
What the public is asked: a questionnaire as an XLSForm, its answers and what they must be.

    questionnaire = read_questionnaire(Path("akimats/questionnaire.xlsx"))
    settled = settle(questionnaire, {"source": "other"}, today=date(2026, 11, 23))
    [question.name for question in settled.questions]
    check_answers(questionnaire, settled)

Needs no corpus: a survey can be held where no page was ever collected.
"""
