"""A file of answers taken into the study: read, matched, stored once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from qulaq.study import Study
from qulaq.survey.exchange.formats import get_format
from qulaq.survey.exchange.intake import Circumstances, Exchange, read_exchange
from qulaq.survey.exchange.layout import make_layout
from qulaq.survey.exchange.mapping import NO_MAPPING, read_mapping
from qulaq.survey.questionnaire import Questionnaire
from qulaq.survey.responses import Responses
from qulaq.tables import read_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """
    What became of a file: rows = new + held + repeated.

    `held` were stored before, `differing` of them with other answers; `repeated` have the id of an earlier row. `stored` is false where nothing was to be
    stored, or where no column is a question.
    """

    file: Path
    exchange: Exchange
    new: int
    held: int
    differing: int
    repeated: int
    stored: bool


def take_in_answers(
    study: Study,
    questionnaire: Questionnaire,
    responses: Responses,
    file: Path,
    *,
    format: str | None = None,  # noqa: A002  # the word for it
    mapping: Path | None = None,
    channel: str | None = None,
    part: str = "",
    zone: str | None = None,
    pilot: bool = False,
    replace: bool = False,
    dry_run: bool = False,
) -> Addition:
    """
    Store the answers of an export; those that are stored already stay or, with *replace*, give way.

    A format that is not named is recognised. *part* tells files apart whose ids may be the same. Moments are told by the study's clock unless *zone* says otherwise.
    Where no column is a question of the form, nothing is stored. Raises SourceError for a file that is no table,
    StudyError for a mapping that does not fit, UnknownName for a format.
    """
    layout = make_layout(read_table(file), format=get_format(format) if format else None)
    settled = read_mapping(mapping, questionnaire) if mapping else NO_MAPPING
    circumstances = Circumstances(
        survey=study.survey.name,
        zone=ZoneInfo(zone or study.time_zone),
        language=study.languages[0],
        channel=channel,
        part=part,
        pilot=pilot,
    )
    exchange = read_exchange(layout, questionnaire, circumstances, mapping=settled)
    given = {one.respondent: one.answers for one in reversed(exchange.responses)}
    before = responses.held(given)
    stored = bool(exchange.matches) and not dry_run
    if stored:
        new = responses.append_all(exchange.responses, replace=replace)
    else:
        new = len(given) - len(before)
    return Addition(
        file=file,
        exchange=exchange,
        new=new,
        held=len(given) - new,
        differing=sum(given[key] != answers for key, answers in before.items()),
        repeated=exchange.rows - len(given),
        stored=stored,
    )
