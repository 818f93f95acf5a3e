"""What the commands of the survey ask of the study: its questionnaire and the answers that are stored."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from qulaq.cli.options import now
from qulaq.cli.speech import tell
from qulaq.errors import QuestionnaireError, StudyError
from qulaq.lang import phrase

if TYPE_CHECKING:
    from qulaq.study import Study
    from qulaq.survey.describe import Description
    from qulaq.survey.questionnaire import Questionnaire
    from qulaq.survey.responses import Responses


def open_answers(study: Study) -> tuple[Questionnaire, Responses]:
    """
    The study's questionnaire and the store of its answers, ready to be asked. One study a process.

    Raises StudyError where the study has no questionnaire, QuestionnaireError for one that cannot be asked.
    """
    from qulaq.web.database import prepare_database
    from qulaq.web.opening import open_web
    from qulaq.web.server import open_questionnaire

    questionnaire = open_questionnaire(study)
    if questionnaire is None:
        raise StudyError(
            where=str(study.folder),
            found=phrase("the study has no questionnaire.xlsx."),
            remedy=phrase("Put one there, or draft it from an export: qulaq survey draft FILE"),
        )
    open_web(study, questionnaire)
    prepare_database()
    from qulaq.web.answers.store import StoredResponses  # a table: Django must be open

    return questionnaire, StoredResponses(study.survey.name)


def today_of(study: Study) -> date:
    """
    The day on the study's clock.
    """
    return now().astimezone(ZoneInfo(study.time_zone)).date()


def describe_answers(study: Study) -> Description | None:
    """
    What the study's survey found, for the report; None where nobody was asked or nobody answered. A form that cannot
    be read is told of, for the report of the pages need not wait for it.
    """
    from qulaq.survey.describe import describe
    from qulaq.survey.sample import gather

    if not study.questionnaire.exists() or not (study.database_url or study.database.exists()):
        return None
    try:
        questionnaire, responses = open_answers(study)
    except QuestionnaireError as error:
        tell(phrase("The report is written without the survey. {reason}", reason=error))
        return None
    sample = gather(questionnaire, responses.read())
    return describe(sample, today=today_of(study)) if sample.n else None
