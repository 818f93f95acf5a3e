"""An export of answers read as responses to a questionnaire, with all that could not be read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from qulaq.lang import Phrase, phrase, phrases
from qulaq.survey.answers import Answer
from qulaq.survey.exchange.choices import KnownChoices
from qulaq.survey.exchange.feeds import NOTHING, Fault, Feed
from qulaq.survey.exchange.keys import Keys, is_key
from qulaq.survey.exchange.languages import known_languages, most_told, read_language
from qulaq.survey.exchange.layout import Column, Layout
from qulaq.survey.exchange.likeness import alike
from qulaq.survey.exchange.mapping import NO_MAPPING, ExchangeMapping, Part
from qulaq.survey.exchange.matching import LeftOut, Match, Matching, match_columns
from qulaq.survey.exchange.moments import DayOrder, find_order, read_moment
from qulaq.survey.exchange.values import Cells
from qulaq.survey.questionnaire import UNTOLD, Questionnaire
from qulaq.survey.responses import Response
from qulaq.tables import Line

CHANNEL = re.compile(r"[a-z0-9_-]{1,32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """
    An answer that was left out: its row as a spreadsheet counts, its column, what stood there, and why.
    """

    row: int
    column: str
    question: str
    value: str
    why: Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """
    What an export holds for a questionnaire. Every row is a response, whatever could not be read of it.

    `own_words`: how many answers are none of the choices and were kept as words beside "other", by question.
    `about`: the columns that tell of the response itself, by what they tell. `notes` tell what was decided about the file as a whole.
    """

    format: str
    rows: int
    matches: tuple[Match, ...]
    about: Mapping[Part, tuple[Column, ...]]
    left_out: tuple[LeftOut, ...]
    responses: tuple[Response, ...]
    unread: tuple[Unread, ...]
    own_words: Mapping[str, int]
    notes: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """
    What the file itself does not tell: the survey, the clock by which its moments are told, the language of the
    study for days that can be read two ways, the channel, the part of the survey to which the file's own ids belong,
    whether the answers are trials.
    """

    survey: str
    zone: tzinfo
    language: str = "kk"
    channel: str | None = None
    part: str = ""
    pilot: bool = False


def read_exchange(
    layout: Layout,
    questionnaire: Questionnaire,
    circumstances: Circumstances,
    *,
    mapping: ExchangeMapping = NO_MAPPING,
) -> Exchange:
    """
    Read every row as a response. Nothing is required and nothing cleared: contradictions stay, to be counted.
    """
    matching = match_columns(layout, questionnaire, mapping)
    rows = _Rows(layout, questionnaire, circumstances, matching, mapping)
    responses = tuple(rows.read(line) for line in layout.lines)
    return Exchange(
        format=layout.format.key,
        rows=len(layout.lines),
        matches=tuple(matching.matches),
        about={part: tuple(columns) for part, columns in matching.parts.items() if columns},
        left_out=tuple(matching.left_out),
        responses=responses,
        unread=tuple(rows.unread),
        own_words=dict(+rows.own_words),
        notes=tuple(rows.notes()),
    )


class _Rows:
    """
    One row after another; what could not be read gathers in `unread`.
    """

    def __init__(
        self,
        layout: Layout,
        questionnaire: Questionnaire,
        circumstances: Circumstances,
        matching: Matching,
        mapping: ExchangeMapping,
    ) -> None:
        self._form = questionnaire
        self._here = circumstances
        self._matching = matching
        self._keys = Keys(circumstances.survey, part=circumstances.part)
        self._orders = {
            one.place: find_order(layout.cells(one), language=circumstances.language)
            for one in _dated(matching)
        }
        self._clocks = {
            one.place: (self._orders[one.place].first, self._zone(one, layout))
            for one in matching.moments
        }
        self._feeds = self._make_feeds(layout, mapping)
        self._languages = known_languages(questionnaire)
        self._file_language = most_told(one.languages for one in matching.matches)
        self._content = _columns_of_content(layout, matching)
        self._without_moment = self._without_answer = self._strange_channel = 0
        self.unread: list[Unread] = []
        self.own_words: Counter[str] = Counter()

    def _zone(self, column: Column, layout: Layout) -> tzinfo:
        return UTC if alike(column.heading) in layout.format.in_utc else self._here.zone

    def _make_feeds(self, layout: Layout, mapping: ExchangeMapping) -> dict[str, Feed]:
        """
        The questions that are answered, in the order of the form.
        """
        feeds: dict[str, Feed] = {}
        for match in self._matching.matches:
            name = match.question.name
            if name not in feeds:
                feeds[name] = self._make_feed(match, layout, mapping)
            (feeds[name].single if match.choice else feeds[name].whole).append(match)
        return {one.name: feeds[one.name] for one in self._form.questions if one.name in feeds}

    def _make_feed(self, match: Match, layout: Layout, mapping: ExchangeMapping) -> Feed:
        question = match.question
        known = KnownChoices(
            question,
            codes_first=layout.format.writes_codes,
            settled=mapping.answers.get(question.name, {}),
        )
        own = self._form.by_name.get(f"{question.name}_other")
        cells = Cells(
            known,
            joints=layout.format.joints,
            takes_other=own is not None and own.kind == "text",
            order=self._orders.get(match.column.place, DayOrder("day")).first,
        )
        return Feed(cells=cells)

    def read(self, line: Line) -> Response:
        answers: dict[str, Answer] = {}
        labels: list[frozenset[str]] = []
        for name, feed in self._feeds.items():
            given = feed.read(line.cells)
            if given is NOTHING:
                continue
            if given.answer is not None:
                answers[name] = given.answer
            labels += given.languages
            if given.other:
                answers[f"{name}_other"] = given.other
                self.own_words[name] += given.is_unlisted
            for fault in given.faults:
                self._leave_out(line, fault)
        self._without_answer += not answers
        return Response(
            survey=self._here.survey,
            respondent=self._key(line),
            submitted_at=self._moment(line),
            language=self._language(line, labels),
            channel=self._channel(line),
            pilot=self._here.pilot,
            answers=answers,
        )

    def _leave_out(self, line: Line, fault: Fault) -> None:
        self.unread.append(
            Unread(
                row=line.number,
                column=fault.match.column.name,
                question=fault.match.question.name,
                value=fault.value,
                why=fault.why,
            )
        )

    def _key(self, line: Line) -> str:
        for column in self._matching.ids:
            own = line.cells[column.place]
            if own and (column in self._matching.sure_ids or is_key(own)):
                return self._keys.of_id(own)
        cells = line.cells
        return self._keys.of_row(
            [part for name, place in self._content if cells[place] for part in (name, cells[place])]
        )

    def _moment(self, line: Line) -> datetime | None:
        for column in self._matching.moments:
            cell, (order, zone) = line.cells[column.place], self._clocks[column.place]
            if cell and (moment := read_moment(cell, order, zone)):
                return moment
        self._without_moment += 1
        return None

    def _language(self, line: Line, labels: Sequence[frozenset[str]]) -> str:
        for column in self._matching.languages:
            cell = line.cells[column.place]
            if cell and (code := read_language(cell, self._languages)):
                return code
        told = most_told(labels)
        return self._file_language if told == UNTOLD else told

    def _channel(self, line: Line) -> str | None:
        for column in self._matching.channels:
            cell = line.cells[column.place].lower()
            if CHANNEL.fullmatch(cell):
                return cell
            self._strange_channel += bool(cell)
        return self._here.channel

    def notes(self) -> Iterator[Phrase]:
        """
        What was decided about the file as a whole, and what its rows do not tell.
        """
        for column in _dated(self._matching):
            order = self._orders[column.place]
            if order.guessed:
                yield _guessed(column, order)
        if self._without_moment:
            yield phrases(
                "{n} row does not tell when it was answered; it is counted on no day.",
                "{n} rows do not tell when they were answered; they are counted on no day.",
                n=self._without_moment,
            )
        if self._strange_channel:
            yield phrases(
                "{n} row names a channel that is no short Latin word; that is left out.",
                "{n} rows name channels that are no short Latin words; these are left out.",
                n=self._strange_channel,
            )
        if self._without_answer:
            yield phrases(
                "{n} row holds no answer; it is kept as a response without any.",
                "{n} rows hold no answer; they are kept as responses without any.",
                n=self._without_answer,
            )


def _dated(matching: Matching) -> list[Column]:
    days = [one.column for one in matching.matches if one.question.kind == "date"]
    return [*matching.moments, *days]


def _columns_of_content(layout: Layout, matching: Matching) -> list[tuple[str, int]]:
    """
    Columns by which a row is known again, by name, with their places: not those that tell who it was.
    """
    left_out = {one.column.place for one in matching.left_out if not one.is_unknown}
    return sorted((one.name, one.place) for one in layout.columns if one.place not in left_out)


def _guessed(column: Column, order: DayOrder) -> Phrase:
    if order.first == "day":
        return phrase(
            "column “{column}”: 03/04/2024 is read as 3 April, for no cell tells the day from the month.",
            column=column.name,
        )
    return phrase(
        "column “{column}”: 03/04/2024 is read as 4 March, for no cell tells the day from the month.",
        column=column.name,
    )
