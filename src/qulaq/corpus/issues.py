"""What can be wrong with a row, and the balance of rows that an import prints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from qulaq.corpus.schema import RECORDS
from qulaq.lang import LANGUAGES, Language, Phrase, Sayable, Text, phrase, say
from qulaq.text.masking import mask

SEPARATOR = "\x1f"  # between code, column and value where SQL hands on a problem as one text
LONGEST_FOUND = 80


@dataclass(frozen=True, slots=True)
class Problem:
    """
    Why a row cannot be taken in: what was found and what to do about it.
    """

    reason: str
    remedy: str

    def reason_for(self, column: str, found: Sayable) -> Phrase:
        return phrase(self.reason, column=heading_of(column), found=_masked(found))

    def remedy_for(self, column: str, found: Sayable) -> Phrase:
        return phrase(self.remedy, column=heading_of(column), found=_masked(found))


def _masked(found: Sayable) -> Sayable:
    if isinstance(found, str):
        return mask(found)
    return Text(**{language: mask(say(found, language)) for language in LANGUAGES})


def heading_of(column: str) -> Text:
    """
    A column as sheets in each language call it; in English its own name.
    """
    titles = (
        one.title for table in RECORDS.values() for one in table.columns if one.name == column
    )
    title = next(titles, Text.same(column or "—"))
    return Text(kk=title.kk, ru=title.ru, en=column or "—")


def _n(template: str) -> str:
    """
    Mark a template for the catalogues.
    """
    return template


PROBLEMS: dict[str, Problem] = {
    "captured_missing": Problem(
        _n("the counts do not say when they were taken."),
        _n("Say when the file was exported, with --captured, or fill in {column}."),
    ),
    "post_unnamed": Problem(
        _n("the comment does not say under which post it stands."),
        _n(
            "Import it together with its post (the whole folder), or fetch it again with the post's id or address."
        ),
    ),
    "answer_unplaced": Problem(
        _n("this answers somebody, but the export does not say what."),
        _n(
            "Export it again together with what it answers; where the tool cannot, nothing is to be done."
        ),
    ),
    "page_unknown": Problem(
        _n("the row belongs to “{found}”, which is no page of the study."),
        _n("Add the page to study.toml (ids, handle or url), or name the page with --page."),
    ),
    "page_unnamed": Problem(
        _n("the row does not say which page it belongs to."),
        _n("Name the page with --page."),
    ),
    "page_other": Problem(
        _n("the row belongs to page “{found}”, not to the one named with --page."),
        _n("Import it without --page, or name the right page."),
    ),
    "visitor": Problem(
        _n("the post was written on the page by a visitor, not by the page."),
        _n("Nothing is to be done: only what the page published is counted as its posts."),
    ),
    "page_ambiguous": Problem(
        _n("“{found}” is the name of several pages of the study."),
        _n("Name the page with --page, or by its id of study.toml in the column page_id."),
    ),
    "missing": Problem(
        _n("{column} is empty."),
        _n("Fill it in; a record cannot be placed without it."),
    ),
    "moment_unreadable": Problem(
        _n("{column} is “{found}”, which is no date and time."),
        _n("Write it as 2023-05-31 14:05, 31.05.2023 14:05 or 2023-05-31T14:05:00+05:00."),
    ),
    "moment_absurd": Problem(
        _n("{column} is “{found}”, which cannot be."),
        _n("Correct the year; moments from 1995 to 2100 are taken."),
    ),
    "moment_future": Problem(
        _n("{column} is {found}, which is still to come."),
        _n("Correct the date; most often the year is mistyped."),
    ),
    "zone_unknown": Problem(
        _n("{column} is “{found}”; its time zone is not known."),
        _n("Write the zone as an offset, such as +05:00."),
    ),
    "count_negative": Problem(
        _n("{column} is “{found}”: a count is never below zero."),
        _n("Correct it, or leave it empty where the count is hidden or not known."),
    ),
    "count_absurd": Problem(
        _n("{column} is “{found}”: more than there are people to count."),
        _n("Correct it, or leave it empty where the count is not known."),
    ),
    "count_unreadable": Problem(
        _n("{column} is “{found}”, which is no whole number."),
        _n("Write digits only, or leave it empty where the count is not known."),
    ),
    "truth_unreadable": Problem(
        _n("{column} is “{found}”, neither yes nor no."),
        _n("Write yes or no, or leave it empty."),
    ),
    "id_rounded": Problem(
        _n("{column} is “{found}”: a spreadsheet has rounded this id."),
        _n("Export again and import the file without opening it in a spreadsheet first."),
    ),
    "cells": Problem(
        _n("the row does not have as many cells as the heading ({found})."),
        _n("Mend the row; most often a quotation mark or a separator is missing."),
    ),
    "broken": Problem(
        _n("the row cannot be read ({found})."),
        _n("Mend the row, or export the file again."),
    ),
    "json_broken": Problem(
        _n("the line is not a JSON object."),
        _n("Export the file again; a line may have been cut off."),
    ),
    "document_unknown": Problem(
        _n("the record is of no kind that this format knows; it holds: {found}."),
        _n("Nothing is to be done if you need it not; else tell us which tool wrote it."),
    ),
    "document_refused": Problem(
        _n("this was not taken in: {found}"),
        _n("The other records were taken in."),
    ),
    "advertisement": Problem(
        _n("this is an advertisement."),
        _n("Nothing is to be done: only what the page published is counted."),
    ),
    "service_message": Problem(
        _n("this is a notice of the platform, such as a new name or picture, and nobody's words."),
        _n("Nothing is to be done."),
    ),
    "unpublished": Problem(
        _n("this is not published."),
        _n("Nothing is to be done: only what the public could see is counted."),
    ),
    "reply": Problem(
        _n("this answers another post, so it is no post by itself."),
        _n("Nothing is to be done: answers come with the conversation below the post."),
    ),
    "reshared": Problem(
        _n("the page passed on somebody else's post."),
        _n("Nothing is to be done: only what the page itself wrote is counted as its posts."),
    ),
    "story": Problem(
        _n("this is a story, which vanishes after a day."),
        _n("Nothing is to be done: only posts that stay are counted."),
    ),
    "other_object": Problem(
        _n("this is neither a post nor a comment but something else that the platform tells of."),
        _n("Nothing is to be done."),
    ),
    "reaction": Problem(
        _n("this tells of a single reaction, and only how many there are is counted."),
        _n("Nothing is to be done: counts come with the posts."),
    ),
    "visibility": Problem(
        _n("this tells that something was hidden or shown again, and nothing of what it says."),
        _n("Nothing is to be done."),
    ),
    "removal": Problem(
        _n("this tells that something was removed, and nothing of what it said."),
        _n(
            "Fetch the comments below the post again, add them with --complete, and it is marked as gone."
        ),
    ),
    "edit_undated": Problem(
        _n("this tells that something was edited, but not when it was written."),
        _n("Import it in one folder with the delivery that told of it first."),
    ),
    "tool_row": Problem(
        _n("this row is the tool's own: what it was to fetch, or what was left of an answer."),
        _n("Nothing is to be done."),
    ),
    "query_failed": Problem(
        _n("the tool did not get this: “{found}”."),
        _n("Fetch it again in the tool, then export anew."),
    ),
    "day_counts": Problem(
        _n("the counts are those of a single day ({found}), not of all days since."),
        _n("Export again and choose totals for the whole lifetime of the posts."),
    ),
    "sum_check": Problem(
        _n("the counts contradict each other ({found}): the cells of this row seem to be shifted."),
        _n("Compare the row with the platform, mend it and import it again; nothing was guessed."),
    ),
    "post_copy": Problem(
        _n("this is the channel's post, which Telegram copied into the discussion group."),
        _n("Nothing is to be done: it is counted once, in the channel."),
    ),
    "post_copy_alone": Problem(
        _n("this copies a post of the channel that is in no export at hand."),
        _n(
            "Name the exports of the channel and of its group in one command; until then the comments below it "
            "are kept without their post."
        ),
    ),
    "private_chat": Problem(
        _n("a private chat is nobody's page; it was left out whole."),
        _n("Nothing is to be done. Better export only the channel and its discussion group."),
    ),
    "withheld": Problem(
        _n("the platform names this record but does not show it."),
        _n("Nothing is to be done: it was deleted, hidden or blocked."),
    ),
    "erased": Problem(
        _n("this record was erased for good at a person's request."),
        _n("Nothing is to be done: it is not taken in again."),
    ),
}


NO_RECORD = ("json_broken", "other_object", "tool_row", "query_failed")
"""Problems of what is no record of anybody: whose it is does not matter then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """
    One row that was not taken in. `line` is the row as a spreadsheet numbers it, the heading being 1; `file`
    the one of a folder in which it stands. What was `found` is a phrase where it is no cell but a finding.
    """

    line: int
    file: str = ""
    page: str | None
    problem: str
    column: str = ""
    found: Sayable = ""

    @property
    def reason(self) -> Phrase:
        return PROBLEMS[self.problem].reason_for(self.column, self.found)

    @property
    def remedy(self) -> Phrase:
        return PROBLEMS[self.problem].remedy_for(self.column, self.found)

    def told(self, language: Language) -> tuple[str, str]:
        """
        Reason and remedy in one language.
        """
        return _told(self.problem, self.column, say(self.found, language), language)


@lru_cache(
    maxsize=4096
)  # The rows of a file are wrong in the same few ways, at times by the million.
def _told(problem: str, column: str, found: str, language: Language) -> tuple[str, str]:
    one = PROBLEMS[problem]
    return one.reason_for(column, found).to(language), one.remedy_for(column, found).to(language)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBalance:
    """
    What became of the rows of one page in one file; `page` is null for rows of no page.
    """

    page: str | None
    read: int = 0
    kept: int = 0
    unchanged: int = 0
    rejected: int = 0

    def __add__(self, other: PageBalance) -> PageBalance:
        return PageBalance(
            page=self.page,
            read=self.read + other.read,
            kept=self.kept + other.kept,
            unchanged=self.unchanged + other.unchanged,
            rejected=self.rejected + other.rejected,
        )

    @property
    def adds_up(self) -> bool:
        return self.read == self.kept + self.unchanged + self.rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """
    What became of a file: read = kept + unchanged + rejected, for each page.

    `vanished` comments, which the file does not hold, were stored anew, marked as gone.
    """

    file: Path
    format: str
    pages: tuple[PageBalance, ...]
    rejects: tuple[Reject, ...] = ()
    rejects_file: Path | None = None
    notes: tuple[Phrase, ...] = field(default=())
    vanished: int = 0

    def total(self, what: str) -> int:
        return sum(getattr(page, what) for page in self.pages)

    def told(self, notes: Iterable[Phrase], *, vanished: int) -> Balance:
        """
        The same with more to say.
        """
        return replace(self, notes=(*self.notes, *notes), vanished=vanished)
