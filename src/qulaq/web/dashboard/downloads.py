"""The answers as a file, one row for each response."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from qulaq.sheets import write_csv_file, write_xlsx
from qulaq.survey.answers import Answer
from qulaq.survey.questionnaire import Questionnaire
from qulaq.survey.responses import Response

FORMS: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/jsonl; charset=utf-8",
}
"""The endings of the files, with their media types."""

_ABOUT = ("respondent", "submitted_at", "language", "channel", "version")


def write_answers(
    questionnaire: Questionnaire, responses: Iterable[Response], *, file: Path, form: str
) -> None:
    """
    Write the file in one of `FORMS`. Codes of a multiple choice stand with a space between, as ODK does. Where a
    question is called as what is told of a response, that is headed `response_language` and the like.
    """
    if form == "jsonl":
        with file.open("w", encoding="utf-8", newline="\n") as stream:
            for one in responses:
                stream.write(json.dumps(_as_object(one), ensure_ascii=False) + "\n")
        return
    rows = _as_rows(questionnaire, responses)
    if form == "csv":
        write_csv_file(rows, file)
    else:
        write_xlsx({"answers": rows}, file)


def _as_object(response: Response) -> dict[str, object]:
    return {
        "respondent": response.respondent,
        "submitted_at": _moment(response),
        "language": response.language,
        "channel": response.channel,
        "version": response.version,
        "answers": response.answers,
    }


def _as_rows(
    questionnaire: Questionnaire, responses: Iterable[Response]
) -> Iterator[list[str | None]]:
    names = [one.name for one in questionnaire.questions if one.kind != "note"]
    yield [*(f"response_{one}" if one in names else one for one in _ABOUT), *names]
    for one in responses:
        cells = [_as_cell(one.answers.get(name)) for name in names]
        yield [
            one.respondent, _moment(one), one.language, one.channel, one.version or None, *cells
        ]  # fmt: skip


def _as_cell(answer: Answer | None) -> str | None:
    return answer if answer is None or isinstance(answer, str) else " ".join(answer)


def _moment(response: Response) -> str | None:
    moment = response.submitted_at
    return f"{moment:%Y-%m-%dT%H:%MZ}" if moment else None
