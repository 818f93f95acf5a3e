"""What the commands of the survey ask of the study: its questionnaire and the answers that are stored."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qulaq.errors import StudyError
from qulaq.lang import phrase

if TYPE_CHECKING:
    from qulaq.study import Study
    from qulaq.survey.questionnaire import Questionnaire
    from qulaq.survey.responses import Responses


def open_answers(folder: Path) -> tuple[Study, Questionnaire, Responses]:
    """
    The study, its questionnaire, and the store of its answers, ready to be asked. One study a process.

    Raises StudyError where the study has no questionnaire, QuestionnaireError for one that cannot be asked.
    """
    from qulaq.study import open_study
    from qulaq.web.database import prepare_database
    from qulaq.web.opening import open_web
    from qulaq.web.server import open_questionnaire

    study = open_study(folder)
    questionnaire = open_questionnaire(study)
    if questionnaire is None:
        raise StudyError(
            where=str(folder),
            found=phrase("the study has no questionnaire.xlsx."),
            remedy=phrase("Put one there, or draft it from an export: qulaq survey draft FILE"),
        )
    open_web(study, questionnaire)
    prepare_database()
    from qulaq.web.answers.store import StoredResponses  # a table: Django must be open

    return study, questionnaire, StoredResponses(study.survey.name)
