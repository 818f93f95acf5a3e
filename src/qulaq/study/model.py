"""What a study is: bodies, their pages, a window of days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal

from qulaq.errors import StudyError, UnknownName
from qulaq.lang import Language, Text, phrase
from qulaq.stats.alpha_thresholds import TENTATIVE_ALPHA


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """
    A stretch of local days, both ends included.
    """

    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """
    A benchmark for answering, never a duty: a comment is not a formal appeal.
    """

    within_working_days: int
    calendar: str
    basis: str
    verified_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """
    A public body; `time_zone` is where its days begin and end.
    """

    id: str
    name: Text
    time_zone: str


@dataclass(frozen=True, slots=True)
class Opening:
    """
    When a page was opened, as exactly as the study tells; `first` is the first day it can mean.
    """

    first: date
    told: Literal["year", "month", "day"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """
    One page of a body on one platform.

    `ids`, `handle` and `accounts` are all that speaks for the body; `knows` are words of
    `qulaq.study.knowledge`, empty where the format's own default holds.
    """

    id: str
    body: str
    platform: str
    handle: str
    time_zone: str
    ids: tuple[str, ...] = ()
    url: str = ""
    opened: Opening | None = None
    accounts: tuple[str, ...] = ()
    knows: tuple[str, ...] = ()


SUPPRESS_BELOW = 5
"""Answers of a group that fewer people gave could point at somebody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodingRules:
    """
    What the study asks of codes: `least_alpha` is the alpha that a machine must reach against people, with the lower
    end of its interval, before it may propose codes.
    """

    least_alpha: float = TENTATIVE_ALPHA


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenOut:
    """
    Who does not take part: whoever gives one of these answers to that question.
    """

    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """
    How the study's questionnaire is put to the public: its name in the address, its days, who may answer.

    `opens` and `closes` are local days of the study, both included; None: no such bound.
    `results`: the thank-you page shows the results so far. `pilot`: answers are trials, to be thrown away.
    `invitations`: only who holds an unused invitation can answer. `suppress_below`: published tables of groups hide
    answers that fewer people gave.
    """

    name: str
    opens: date | None = None
    closes: date | None = None
    screen_out: ScreenOut | None = None
    results: bool = False
    pilot: bool = False
    invitations: bool = False
    suppress_below: int = SUPPRESS_BELOW


@dataclass(frozen=True, slots=True, kw_only=True)
class Web:
    """
    Where the web application is seen from outside, and what strangers may read there.

    `address` such as https://survey.example.kz is empty where nobody outside this machine comes in.
    """

    address: str = ""
    public_reports: bool = False


@dataclass(frozen=True, kw_only=True)  # without slots, for what is looked up by id is kept
class Study:
    """
    A study folder, read and checked.
    """

    folder: Path
    id: str
    title: Text
    note: Text | None
    time_zone: str
    window: Window
    languages: tuple[Language, ...]
    answering: Answering | None
    bodies: tuple[Body, ...]
    pages: tuple[Page, ...]
    survey: Survey
    web: Web = Web()
    coding: CodingRules = CodingRules()
    database_url: str = ""

    @property
    def settings(self) -> Path:
        return self.folder / "study.toml"

    @property
    def corpus(self) -> Path:
        return self.folder / "corpus"

    @property
    def questionnaire(self) -> Path:
        return self.folder / "questionnaire.xlsx"

    @property
    def codebook(self) -> Path:
        return self.folder / "codebook.toml"

    @property
    def samples(self) -> Path:
        """
        What was drawn to be coded.
        """
        return self.folder / "samples"

    @property
    def answers(self) -> Path:
        """
        What language models answered that were asked to code.
        """
        return self.folder / "raw" / "assist"

    @property
    def database(self) -> Path:
        """
        What people answered and decided, unless `database_url` names another place.
        """
        return self.folder / "qulaq.sqlite3"

    @property
    def reports(self) -> Path:
        return self.folder / "reports"

    def page(self, page_id: str) -> Page:
        """
        The page of that id. Raises UnknownName.
        """
        found = self._pages_by_id.get(page_id)
        if found is None:
            raise UnknownName.among(
                page_id, list(self._pages_by_id), kind=phrase("pages of the study")
            )
        return found

    def place(self, page_id: str) -> int:
        """
        Which page of the study that is, counted from 0.
        """
        return self._places[page_id]

    def body(self, body_id: str) -> Body:
        return self._bodies_by_id[body_id]

    def pages_of(self, body_id: str) -> tuple[Page, ...]:
        """
        The pages of that body, in the study's order.
        """
        return self._pages_by_body.get(body_id, ())

    def pages_elsewhere(self, page: Page) -> tuple[Page, ...]:
        """
        The pages of the same body on other platforms.
        """
        return tuple(other for other in self.pages_of(page.body) if other.platform != page.platform)

    @cached_property
    def _pages_by_id(self) -> Mapping[str, Page]:
        return {page.id: page for page in self.pages}

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {page.id: place for place, page in enumerate(self.pages)}

    @cached_property
    def _bodies_by_id(self) -> Mapping[str, Body]:
        return {body.id: body for body in self.bodies}

    @cached_property
    def _pages_by_body(self) -> Mapping[str, tuple[Page, ...]]:
        pages: dict[str, list[Page]] = {}
        for page in self.pages:
            pages.setdefault(page.body, []).append(page)
        return {body: tuple(of_body) for body, of_body in pages.items()}

    def must_have_pages(self) -> None:
        """
        Raises StudyError where the study names no page: there is nothing to measure then.
        """
        if not self.pages:
            raise StudyError(
                where=str(self.settings),
                found=phrase("the study names no page."),
                remedy=phrase("Add a [[pages]] table with id, body, platform and handle."),
            )
