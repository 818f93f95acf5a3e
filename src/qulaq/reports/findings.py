"""
What a report is about: everything that was found in a corpus, gathered once for all languages.

The last step where tables are tables; from here on they are values.
"""

from __future__ import annotations

import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib.metadata import version
from typing import Any, Literal, get_args
from zoneinfo import ZoneInfo

import ibis
import numpy as np

import qulaq
from qulaq.coding.coding import Coding
from qulaq.corpus.current import Corpus, Expression
from qulaq.indicators import INDICATORS, Result, compute
from qulaq.indicators.compute import measure
from qulaq.indicators.distributions import Distribution, Reaction, describe_distributions
from qulaq.indicators.languages import GAP, Languages, compare_languages
from qulaq.indicators.latest import LatestMonth, describe_latest_month
from qulaq.indicators.results import Found, make_results
from qulaq.indicators.rhythm import AnswerMonth, Rhythm, count_answers, describe_rhythms
from qulaq.indicators.waiting import DENSE, WEEK, WaitingCurve, describe_waiting
from qulaq.indicators.wordings import Wordings, describe_wordings
from qulaq.lang import Phrase, phrase
from qulaq.store import Batch
from qulaq.study import Page, Study
from qulaq.survey.describe import Description
from qulaq.verdict import Rules, Verdict, gather_evidence, reach_verdicts, read_rules
from qulaq.verdict.pairs import Beside, read_pairs, set_side_by_side

FEW_PAGES = 6
"""Up to so many pages stand side by side as columns, and each has words of its own."""

MANY_PAGES = 50
"""Of more pages tables and drawings tell of so many; all stand in files beside the report."""

TOP_OF_PAGE = 5
TOP_OF_ALL = 10
_LONGEST_TEXT = 2_000  # characters taken out of the corpus; a report prints some 200 of them

OF_PAGES = (
    "followers",
    "posts_all_time",
    "posts",
    "posts_per_day_min",
    "posts_per_day_mean",
    "posts_per_day_max",
    "posts_per_week_mean",
    "posts_per_month_mean",
    "likes_mean",
    "likes_max",
    "comments_mean",
    "comments_max",
)
ELSEWHERE = "cross_posted_share"
"""Left out where no body has pages on several networks; a line of the pages' table where it is known of one."""
OF_REACTIONS = (
    "likes_mean",
    "likes_median",
    "likes_max",
    "comments_mean",
    "comments_median",
    "comments_max",
    "uncommented_share",
    "shares_mean",
    "shares_median",
    "shares_max",
    "engagement_without_shares",
    "engagement",
)
BENCHMARK = "reply_within_standard"
"""Left out where the study names no benchmark."""
OF_ANSWERS = (
    "citizen_comments",
    "reply_rate",
    "unanswered",
    "reply_within_24h",
    "reply_within_72h",
    "reply_within_7d",
    BENCHMARK,
    "answered_posts_share",
)
OF_COMPLETENESS = (
    "comments_captured_share",
    "authors_known_share",
    "reply_rate_lowest",
    "reply_rate_highest",
    "follow_up_median_hours",
    "comments_closed_share",
)
OF_WAITING = (
    "latency_median_hours",
    "latency_p90_hours",
    "latency_km_median_hours",
    "latency_rmst_7d_hours",
    "removed_by_72h_aj",
)
OF_CITIZENS = (
    "citizens",
    "citizens_answered_share",
    "reply_rate_first_timers",
    "comments_by_top_tenth_share",
    "replies_to_top_tenth_share",
    "attention_gini",
)
OF_CONVERSATION = (
    "threads_continued_share",
    "follow_up_answered_share",
    "speaker_changes_mean",
    "boilerplate_reply_share",
    "broadcast_asymmetry",
)
OF_CODES = (
    "one_way_share",
    "two_way_share",
    "mention_only_share",
    "dialogic_index",
    "ask_and_stay_share",
    "reply_rate_to_questions",
    "reply_rate_gap_complaint_praise",
    "substantive_reply_share",
    "referral_reply_share",
    "deferral_reply_share",
    "acknowledgement_reply_share",
    "closed_loop_share",
)
"""Left out where nobody coded anything."""
OF_COMPARISON = ("reply_rate_rank",)
OF_MONTHS = (
    "posts",
    "likes_mean",
    "citizen_comments",
    "reply_rate",
    "reply_within_24h",
    "latency_median_hours",
)
"""The main numbers, told of the newest month and the one before."""
SHOWN: tuple[str, ...] = tuple(
    dict.fromkeys(
        (
            *OF_PAGES,
            ELSEWHERE,
            *OF_REACTIONS,
            *OF_ANSWERS,
            *OF_COMPLETENESS,
            *OF_WAITING,
            *OF_CITIZENS,
            GAP,
            *OF_CONVERSATION,
            *OF_CODES,
            *OF_COMPARISON,
        )
    )
)
"""The keys of all indicators that the report prints."""

MILESTONES = (1, 6, 24, 48, 72, WEEK)
"""Hours at which the share of answered comments is told in numbers."""

Kind = Reaction
REACTIONS: tuple[Reaction, ...] = get_args(Reaction)
LookedAt = Literal["posts", "comments", "page_counts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """
    A post among the first by likes or by comments.
    """

    page: str
    day: date
    text: str
    link: str
    likes: int | None
    comments: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """
    When the data of one kind were captured. Inferred: the newest record of a file stands for it.
    """

    first: date
    last: date
    inferred: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    qulaq: str
    python: str
    duckdb: str
    ibis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """
    A study and what was found: results by indicator, posts and answers by page and month, the
    newest month, what is drawn, first posts, captures by what was looked at, the survey (None: nobody answered one), the coding (None: nobody read texts), the verdicts with their rules, what people say beside what was measured, and all that is needed to reckon it again.

    `told`: the pages of which tables and drawings tell, in the study's order; `months` and `latest` are of these alone.
    """

    study: Study
    told: tuple[Page, ...]
    found: Mapping[str, Found]
    months: Mapping[str, tuple[Result, ...]]
    answers: Mapping[str, tuple[AnswerMonth, ...]]
    latest: LatestMonth | None
    languages: Mapping[str, Languages]
    distributions: Mapping[Reaction, Mapping[str, Distribution]]
    rhythms: Mapping[str, Rhythm]
    wordings: Mapping[str, Wordings]
    waiting: Mapping[str, WaitingCurve]
    top: Mapping[Kind, tuple[Post, ...]]
    captured: Mapping[LookedAt, Captured]
    survey: Description | None
    coding: Coding | None
    rules: Rules
    verdicts: tuple[Verdict, ...]
    beside: tuple[Beside, ...]
    batches: tuple[Batch, ...]
    fingerprint: str
    versions: Versions
    made: datetime
    command: str

    @property
    def few(self) -> bool:
        return len(self.study.pages) <= FEW_PAGES

    @property
    def crowded(self) -> bool:
        """
        Whether the pages are too many for all to be told of.
        """
        return len(self.told) < len(self.study.pages)

    @property
    def keys(self) -> tuple[str, ...]:
        """
        The indicators that are told of this study.
        """
        return _keys(self.study, coded=self.coding is not None)

    def result(self, indicator: str, page: str) -> Result:
        return self.found[indicator][self.study.place(page)]


def gather(
    corpus: Corpus,
    *,
    now: datetime,
    command: str,
    survey: Description | None = None,
    coding: Coding | None = None,
    progress: Callable[[Phrase], None] = lambda _: None,
) -> Findings:
    """
    All that a report of this study says, with what was found in its *survey* and by its *coding*. Raises StudyError where the study names no page.
    """
    study = corpus.study
    shown = [INDICATORS.get(key) for key in _keys(study, coded=coding is not None)]
    stats = measure(corpus, shown, progress=progress)
    found = {one.key: make_results(one, stats, study=study) for one in shown}
    told = _choose_told(study, found)
    rules = read_rules(study)
    window, few = study.window, len(study.pages) <= FEW_PAGES
    progress(phrase("looking at months, waiting and rhythms"))
    return Findings(
        study=study,
        told=told,
        found=found,
        months=_read_months(corpus, told),
        answers=count_answers(corpus, window=window),
        latest=describe_latest_month(
            corpus, keys=OF_MONTHS, window=window, pages={page.id for page in told}
        ),
        languages=compare_languages(stats, study=study),
        distributions={
            kind: describe_distributions(corpus, kind, window=window) for kind in REACTIONS
        },
        rhythms=describe_rhythms(corpus, window=window),
        wordings=describe_wordings(corpus, window=window, pages=[page.id for page in told]),
        waiting=describe_waiting(corpus, window=window, hours=DENSE if few else MILESTONES),
        top={kind: _read_top(corpus, kind) for kind in REACTIONS},
        captured=_read_captured(corpus),
        survey=survey,
        coding=coding,
        rules=rules,
        verdicts=reach_verdicts(gather_evidence(corpus, progress=progress), rules, study),
        beside=_set_side_by_side(study, survey, found),
        batches=corpus.store.batches(),
        fingerprint=corpus.store.fingerprint(),
        versions=read_versions(),
        made=now,
        command=command,
    )


def _set_side_by_side(
    study: Study, survey: Description | None, found: Mapping[str, Found]
) -> tuple[Beside, ...]:
    """
    Claims and twins, of pairs whose indicator the report prints.
    """
    if survey is None:
        return ()
    pairs = tuple(pair for pair in read_pairs(study) if pair.indicator in found)
    results = {
        (pair.indicator, page.id): found[pair.indicator][study.place(page.id)]
        for pair in pairs
        for page in study.pages
    }
    return set_side_by_side(pairs, survey, results, study)


def _choose_told(study: Study, found: Mapping[str, Found]) -> tuple[Page, ...]:
    """
    All pages; of very many those to which citizens wrote most, then those that published most.
    """
    if len(study.pages) <= MANY_PAGES:
        return study.pages
    # Of two that are equal the one that the study names first; NaN, not known, comes last.
    order = np.lexsort([-found[key].value for key in ("posts", "citizen_comments")])
    return tuple(study.pages[place] for place in sorted(order[:MANY_PAGES].tolist()))


def _read_months(corpus: Corpus, pages: Sequence[Page]) -> dict[str, tuple[Result, ...]]:
    """
    The posts of these pages month by month.
    """
    study = corpus.study
    (posts,) = compute(corpus, keys=["posts"], by="month").parts()
    n = len(posts) // len(study.pages)
    places = {page.id: n * study.place(page.id) for page in pages}
    return {page: tuple(posts[first : first + n]) for page, first in places.items()}


def _keys(study: Study, *, coded: bool) -> tuple[str, ...]:
    told = dict.fromkeys(OF_CODES, coded) | {
        BENCHMARK: study.answering is not None,
        ELSEWHERE: any(map(study.pages_elsewhere, study.pages)),
    }
    return tuple(key for key in SHOWN if told.get(key, True))


def read_versions() -> Versions:
    return Versions(
        qulaq=qulaq.__version__,
        python=platform.python_version(),
        duckdb=version("duckdb"),
        ibis=version("ibis-framework"),
    )


def _read_top(corpus: Corpus, kind: Kind) -> tuple[Post, ...]:
    """
    The first posts of each page, of many pages those of all; the older of two equals comes first.
    """
    few = len(corpus.study.pages) <= FEW_PAGES
    window, posts = corpus.study.window, corpus.tables["posts"]
    posts = posts.filter(
        posts.day.between(ibis.literal(window.first), ibis.literal(window.last)), posts[kind] > 0
    )
    order = [posts[kind].desc(), posts.published_at, posts.page_id, posts.post_id]
    place = ibis.row_number().over(group_by=[posts.page_id] if few else None, order_by=order)
    ranked = posts.mutate(place=place)
    first = ranked.filter(ranked.place < (TOP_OF_PAGE if few else TOP_OF_ALL))
    first = corpus.with_texts(first, "posts")
    first = first.mutate(beginning=first.text.substr(0, _LONGEST_TEXT))
    wanted = first.select("page_id", "place", "day", "beginning", "link", "likes", "comments")
    rows = corpus.engine.run(wanted).to_pylist()
    rows.sort(key=lambda row: (corpus.study.place(row["page_id"]) if few else 0, row["place"]))
    return tuple(_post(row) for row in rows)


def _post(row: Mapping[str, Any]) -> Post:
    return Post(
        page=row["page_id"],
        day=row["day"],
        text=row["beginning"] or "",
        link=row["link"] or "",
        likes=row["likes"],
        comments=row["comments"],
    )


def _read_captured(corpus: Corpus) -> dict[LookedAt, Captured]:
    captures: Expression = corpus.tables["captures"]
    spans = captures.group_by("looked_at").aggregate(
        first=captures.seen.min(),
        last=captures.seen.max(),
        inferred=captures.captured_at.isnull().any(),
    )
    zone = ZoneInfo(corpus.study.time_zone)
    return {
        row["looked_at"]: Captured(
            first=row["first"].astimezone(zone).date(),
            last=row["last"].astimezone(zone).date(),
            inferred=row["inferred"],
        )
        for row in corpus.engine.run(spans).to_pylist()
        if row["first"] is not None
    }
