"""
SurveyMonkey: texts of the questions in the first row, in the second "Response" or the choice that a column is for.

A question of several columns is named above the first of them only; a column of a choice holds its label where it
was chosen.
"""

from __future__ import annotations

from qulaq.survey.exchange.formats.base import Format

FORMAT = Format(
    key="surveymonkey",
    title="SurveyMonkey",
    signs=(frozenset(("respondentid",)), frozenset(("respondent id",))),
    moments=("end date", "enddate", "date modified", "start date", "startdate", "date created"),
    ids=("respondentid", "respondent id"),
    technical=frozenset(
        (
            "collectorid", "collector id", "startdate", "enddate", "date created", "date modified", "custom data 1",
            "custom data",
        )
    ),
    joints=(", ",),
    subheadings=True,
)  # fmt: skip
