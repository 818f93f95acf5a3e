"""
The indicators as an analyst computes them without Qulaq: tables from the batches (`measuring_batches.sql`) or from
the current copy (`measuring_copy.sql`), `measuring.sql`, then intervals in NumPy and SciPy.

Nothing of Qulaq is imported here, so that a mistake cannot stand on both sides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from holidays import country_holidays

from bench.measuring_intervals import (
    LEVEL,
    Columns,
    Flags,
    Numbers,
    clustered_mean,
    clustered_share,
    loglog,
    mean_and_half,
    or_zero,
    quantile_of_lists,
    ranks_with_ends,
    wilson,
    z_of,
)

_FOLDER = Path(__file__).parent
_STORED = ("captures", "posts", "comments", "page_counts")
_COPIED = (*_STORED, "extents", "threads")


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """
    What the analyst is given: the corpus' folder and those of the parts of its current copy; its pages and who speaks
    for them as Parquet files; the window; in how many working days of which country's calendar an answer is due.
    """

    corpus: Path
    parts: tuple[Path, ...]
    study_pages: Path
    speakers: Path
    first: date
    last: date
    calendar: str
    standard: int


def measure(task: Task, *, copy: bool = False) -> dict[str, Columns]:
    """
    All indicators of all pages, from the batches or from the current *copy*.
    """
    with duckdb.connect() as connection:
        prepare(connection, task)
        connection.execute(read_sql(copy=copy))
        return put_intervals(Answers(connection).read)


def read_sql(*, copy: bool) -> str:
    """
    The statements that leave the sums of all pages.
    """
    parts = ("measuring_copy" if copy else "measuring_batches", "measuring")
    return "\n".join((_FOLDER / f"{part}.sql").read_text(encoding="utf-8") for part in parts)


def put_intervals(read: Callable[[str], Mapping[str, Any]]) -> dict[str, Columns]:
    """
    The indicators that follow from the sums, which *read* gives table by table as `measuring.sql` leaves them.
    """
    with np.errstate(all="ignore"):
        return _Pages(read).all()


def prepare(connection: duckdb.DuckDBPyConnection, task: Task) -> None:
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET enable_progress_bar = false")
    connection.execute("SET preserve_insertion_order = false")
    told = {"first": task.first, "last": task.last, "standard": task.standard, "z": z_of(LEVEL)}
    for name, value in told.items():
        connection.execute(f"SET VARIABLE {name} = ?", [value])
    for table in _COPIED:
        files = [f"{part}/{table}.parquet" for part in task.parts]
        connection.execute(f"CREATE VIEW copied_{table} AS FROM read_parquet({files})")
    for table in _STORED:
        connection.execute(
            f"CREATE VIEW stored_{table} AS SELECT *, file_row_number AS row, "
            "CAST(parse_filename(filename, true) AS INTEGER) AS taken_in "
            f"FROM read_parquet('{task.corpus}/{table}/*.parquet', filename = true, file_row_number = true)"
        )
    for table, file in (("study_pages", task.study_pages), ("speakers", task.speakers)):
        connection.execute(f"CREATE TEMP TABLE {table} AS FROM read_parquet('{file}')")
    _number_working_days(connection, task)


def _number_working_days(connection: duckdb.DuckDBPyConnection, task: Task) -> None:
    """
    The table `working_days`: for each day how many working days there were until then.
    """
    newest = connection.execute(
        "SELECT max(coalesce(captured_at, captured_lower))::DATE FROM stored_captures"
    ).fetchone()
    last = max(task.last, newest[0] if newest and newest[0] else task.last) + timedelta(days=7)
    days = [task.first + timedelta(days=i - 7) for i in range((last - task.first).days + 8)]
    calendar = country_holidays(task.calendar, years=range(days[0].year - 1, last.year + 2))
    numbers = np.cumsum([calendar.is_working_day(day) for day in days])
    connection.execute(
        "CREATE TEMP TABLE working_days AS SELECT unnest($days) AS day, unnest($numbers) AS number",
        {"days": days, "numbers": numbers.tolist()},
    )


class Answers:
    """
    The tables that the SQL left, their columns aligned with the pages.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def read(self, table: str) -> dict[str, Any]:
        columns = self._connection.execute(
            f"SELECT t.* FROM study_pages LEFT JOIN {table} t USING (page) ORDER BY study_pages.page"
        ).fetchnumpy()
        return {name: _numbers(column) for name, column in columns.items()}


def _numbers(column: Any) -> Any:  # noqa: ANN401  # NumPy's masked arrays are not typed
    if column.dtype == object:
        return column
    return np.ma.filled(np.ma.asarray(column, dtype=np.float64), np.nan)


# ── indicators ───────────────────────────────────────────────────────────────────────────────────

KINDS = {"likes": "popularity", "comments": "commitment", "shares": "virality"}
MEANS = {"day_mean": 1, "week_mean": 7, "month_mean": 365 / 12, "year": 365}
HORIZONS = ("1h", "24h", "72h", "7d")
_SPOKEN = ("m", "citizens_n", "page_n", "page_squares", "page_times_citizens", "citizens_squares")
_MEDIAN = ("median", "median_low", "median_high")
_TURNS = ("m_turns", "n_turns", "k_turns", "kk_turns", "kn_turns", "nn_turns")
MOST_UNKNOWN, FEWEST_CITIZENS, FEWEST_TO_RANK = 0.2, 10, 30


class _Pages:
    """
    The sums of all pages, and the indicators that follow from them, theme by theme.
    """

    def __init__(self, read: Callable[[str], Mapping[str, Any]]) -> None:
        self.looked, self.posts, self.days = read("looked"), read("of_posts"), read("of_days")
        self.counts, self.extents = read("of_followers"), read("of_extents")
        self.comments, self.threads = read("of_comments"), read("of_threads")
        self.standard, self.persons = read("of_standard"), read("of_citizens")
        self.waits, self.followed = read("of_waits"), read("of_followed")
        self.n, self.k = or_zero(self.threads["n_all"]), or_zero(self.threads["k_all"])
        self.unknown = or_zero(self.threads["unknown"])
        self.asked, self.nobody = or_zero(self.threads["asked"]), or_zero(self.threads["nobody"])
        self.withheld = self.unknown / np.maximum(self.n + self.unknown, 1) > MOST_UNKNOWN

    def all(self) -> dict[str, Columns]:
        observed = or_zero(self.looked["days"]) > 0
        heard = self.looked["comments_observed"] == 1
        of_posts = self.activity() | self.reactions() | self.engagement()
        of_comments = self.completeness() | self.responsiveness() | self.waiting()
        of_comments |= self.dialogue() | self.citizens() | self.ranks()
        return {
            **_where(observed, of_posts),
            **_where(heard, of_comments),
            **_where(observed & heard, {"broadcast_asymmetry": self.asymmetry()}),
            **_where(np.ones_like(heard), self.counted()),
        }

    # Posts

    def activity(self) -> dict[str, Columns]:
        days, active = or_zero(self.looked["days"]), or_zero(self.days["active_days"])
        mean, half = mean_and_half(
            days, or_zero(self.days["observed"]), or_zero(self.days["observed_squares"])
        )
        posts = or_zero(self.posts["posts"])
        low, high = np.maximum(mean - half, 0), mean + half
        means = {
            f"posts_per_{name}": (mean * each, low * each, high * each, days)
            for name, each in MEANS.items()
        }
        return {
            "posts": _alone(posts, posts),
            "posts_per_day_min": _alone(np.where(active < days, 0, self.days["least"]), days),
            "posts_per_day_max": _alone(or_zero(self.days["most"]), days),
            "days_without_posts": _alone(days - active, days),
            **means,
        }

    def counted(self) -> dict[str, Columns]:
        total = self.counts["posts_all_time"]
        shown = or_zero(self.extents["shown"])
        one = ~np.isnan(self.counts["nearest"])
        counts, posted = or_zero(self.counts["counts"]), or_zero(self.posts["followers_n"])
        return {
            "followers": _alone(
                self.followers(), np.where(counts > 0, counts, np.where(one, 1, posted))
            ),
            "posts_all_time": _alone(total, (~np.isnan(total)).astype(np.float64)),
            "comments_captured_share": _alone(or_zero(self.extents["held"]) / shown, shown),
        }

    def followers(self) -> Numbers:
        counted, nearest = self.counts["counted"], self.counts["nearest"]
        otherwise = np.where(np.isnan(nearest), self.posts["followers_then"], nearest)
        return np.where(np.isnan(counted), otherwise, counted)

    def sums(self, name: str) -> tuple[Numbers, Numbers, Numbers]:
        n, total, squares = (
            or_zero(self.posts[f"{name}_{one}"]) for one in ("n", "sum", "squares")
        )
        return n, total, squares

    def reactions(self) -> dict[str, Columns]:
        n, k = or_zero(self.posts["open_n"]), or_zero(self.posts["closed"])
        found: dict[str, Columns] = {"comments_closed_share": (k / n, *wilson(k, n), n)}
        scale = 1000 / self.followers()
        for kind, name in KINDS.items():
            n, total, squares = self.sums(kind)
            mean, half = mean_and_half(n, total, squares)
            low, some = np.maximum(mean - half, 0), or_zero(self.posts[f"{kind}_some"])
            found |= {
                f"{kind}_mean": (mean, low, mean + half, n),
                f"{kind}_median": quantile_of_lists(self.posts[f"{kind}_values"], 0.5),
                f"{kind}_max": _alone(self.posts[f"{kind}_max"], n),
                f"{name}_1": (some / n, *wilson(some, n), n),
                f"{name}_2": (mean, low, mean + half, n),
                f"{name}_3": (mean * scale, low * scale, (mean + half) * scale, n),
            }
            if kind == "comments":
                found["uncommented_share"] = (1 - some / n, *wilson(n - some, n), n)
        return found

    def engagement(self) -> dict[str, Columns]:
        scale = 1 / self.followers()
        n, total, squares = self.sums("interactions")
        each_n, each, each_squares = self.sums("each")
        by_follower = _shifted(
            n, (total, squares), (each, each_squares), scale, (each_n == n) & (n > 0)
        )
        n = or_zero(self.looked["days"]) - or_zero(self.days["hidden"])
        total, squares, each, each_squares, hidden = (
            or_zero(self.days[one])
            for one in ("days_sum", "days_squares", "each_sum", "each_squares", "followers_hidden")
        )
        at_posting = (hidden == 0) & (total > 0)
        return {
            "engagement": self.summed(tuple(KINDS), "interactions"),
            "engagement_without_shares": self.summed(("likes", "comments"), "two"),
            "engagement_rate_by_follower": by_follower,
            "engagement_rate_by_day": _shifted(
                n, (total, squares), (each, each_squares), scale, at_posting
            ),
        }

    def summed(self, kinds: tuple[str, ...], together: str) -> Columns:
        scale = 1000 / self.followers()
        value = np.sum([mean_and_half(*self.sums(kind))[0] for kind in kinds], axis=0) * scale
        half = mean_and_half(*self.sums(together))[1] * scale
        return value, np.maximum(value - half, 0), value + half, self.sums(together)[0]

    # Comments

    def completeness(self) -> dict[str, Columns]:
        comments = or_zero(self.comments["comments"])
        lacking = or_zero(self.extents["shown"]) - or_zero(self.extents["held"]) + self.unknown
        whole = self.n + lacking
        return {
            "authors_known_share": _alone(or_zero(self.comments["known"]) / comments, comments),
            "follow_up_median_hours": _alone(
                self.followed["followed"], or_zero(self.followed["n"])
            ),
            "reply_rate_lowest": _alone(self.k / whole, self.n),
            "reply_rate_highest": _alone((self.k + lacking) / whole, self.n),
        }

    def responsiveness(self) -> dict[str, Columns]:
        value, low, high, n = clustered_share(self.threads, "all")
        whole, bounds = n + self.unknown, self.withheld & (n > 0)
        asked = or_zero(self.threads["posts_asked"])
        answered = or_zero(self.threads["posts_answered"])
        within = {f"reply_within_{one}": clustered_share(self.threads, one) for one in HORIZONS}
        within["reply_within_standard"] = clustered_share(self.standard, "standard")
        return {
            "citizen_comments": _alone(
                np.where((self.asked == 0) & (self.nobody > 0), np.nan, self.asked), self.asked
            ),
            "reply_rate": (
                np.where(bounds, np.nan, value),
                np.where(bounds, self.k / whole, low),
                np.where(bounds, (self.k + self.unknown) / whole, high),
                n,
            ),
            "unanswered": self.told(_alone(n - self.k, n)),
            "answered_posts_share": self.told((answered / asked, *wilson(answered, asked), asked)),
            **{key: self.told(columns) for key, columns in within.items()},
        }

    @property
    def unseen(self) -> Flags:
        """
        Where nobody could have missed a comment that is gone.
        """
        unseen: Flags = ~(self.waits["removals_seen"] > 0)
        return unseen

    def told(self, columns: Columns, *, hidden: Flags | bool = False) -> Columns:
        """
        Withheld where too many authors are unknown.
        """
        value, low, high, n = columns
        return np.where(self.withheld | hidden, np.nan, value), low, high, n

    def waiting(self) -> dict[str, Columns]:
        waits = self.waits
        found = {
            "latency_km_median_hours": (*(waits[one] for one in _MEDIAN), self.n),
            "answered_by_72h_km": self.answered_by_72h(LEVEL),
            "answered_by_72h_aj": self.as_happened("answered"),
            "removed_by_72h_aj": self.as_happened("removed"),
            "latency_rmst_7d_hours": self.mean_wait(LEVEL),
        }
        return {
            "latency_median_hours": quantile_of_lists(waits["answered_hours"], 0.5),
            "latency_p90_hours": quantile_of_lists(waits["answered_hours"], 0.9),
            **{
                key: self.told(
                    (*columns[:3], self.n), hidden=self.unseen & (key == "removed_by_72h_aj")
                )
                for key, columns in found.items()
            },
        }

    def answered_by_72h(self, level: float) -> Columns:
        waits = self.waits
        known = (waits["longest"] >= 72) | (waits["waiting_72"] == 0)  # noqa: PLR2004
        left = np.where(known, waits["waiting_72"], np.nan)
        return loglog(left, left**2 * waits["greenwood_72"], waits["effective_72"], level)

    def as_happened(self, event: str) -> Columns:
        waits = self.waits
        known = (waits["longest"] >= 72) | (waits["pending_72"] == 0)  # noqa: PLR2004
        left = np.where(known, 1 - waits[f"{event}_72"], np.nan)
        return loglog(left, waits[f"{event}_variance"], waits["effective_pending_72"])

    def mean_wait(self, level: float) -> Columns:
        waits = self.waits
        left, week = waits["waiting_168"], 168.0
        known = (waits["longest"] >= week) | (left == 0)
        mean = np.where(known, waits["mean"], np.nan)
        half = z_of(level) * np.sqrt(waits["mean_variance"])
        none = ((1 - level) / 2) ** (1 / waits["effective_168"]) * week
        low = np.where(
            left == 1, none, np.where(waits["n"] > 1, np.maximum(mean - half, 0), np.nan)
        )
        return mean, low, np.where(np.isnan(low), np.nan, np.minimum(mean + half, week)), waits["n"]

    def dialogue(self) -> dict[str, Columns]:
        comments = self.comments
        value, *ends, n = clustered_mean(comments, _SPOKEN)
        unknown = or_zero(comments["unknown_n"])
        hidden = unknown > MOST_UNKNOWN * or_zero(comments["comments"])
        turns = clustered_mean(self.threads, _TURNS)
        untold = self.k - or_zero(self.threads["n_followed"]) > MOST_UNKNOWN * self.k
        return {
            "threads_continued_share": self.told(
                clustered_share(self.threads, "followed"), hidden=untold
            ),
            "follow_up_answered_share": self.told(
                clustered_share(self.threads, "again"), hidden=untold
            ),
            "page_comments_per_citizen_comment": (np.where(hidden, np.nan, value), *ends, n),
            "speaker_changes_mean": self.told(turns, hidden=untold),
        }

    def asymmetry(self) -> Columns:
        published, replies = or_zero(self.posts["posts"]), or_zero(self.threads["replies"])
        n = published + replies
        return self.told(_alone((published - replies) / n, n))

    def citizens(self) -> dict[str, Columns]:
        persons, answered = or_zero(self.persons["persons"]), or_zero(self.persons["answered"])
        keyless = or_zero(self.threads["n_keyless"]) > MOST_UNKNOWN * self.n
        asked = or_zero(self.persons["asked"])
        untold = or_zero(self.threads["keyless"]) > MOST_UNKNOWN * self.asked
        untold |= self.nobody > MOST_UNKNOWN * (self.asked + self.nobody)
        few = keyless | (persons < FEWEST_CITIZENS)
        even = {
            "attention_gini": self.persons["gini"],
            "replies_to_top_tenth_share": self.persons["top_replies"],
            "comments_by_top_tenth_share": self.persons["top_comments"],
        }
        share = (answered / persons, *wilson(answered, persons), persons)
        return {
            "citizens": _alone(np.where(untold, np.nan, asked), asked),
            "citizens_answered_share": self.told(share, hidden=keyless),
            "reply_rate_first_timers": self.told(
                clustered_share(self.threads, "first"), hidden=keyless
            ),
            **{key: self.told(_alone(value, persons), hidden=few) for key, value in even.items()},
        }

    def ranks(self) -> dict[str, Columns]:
        return {
            "reply_rate_rank": self.rank(lambda level: clustered_share(self.threads, "all", level)),
            "answered_by_72h_rank": self.rank(self.answered_by_72h),
            "latency_rmst_7d_rank": self.rank(self.mean_wait, larger=False),
        }

    def rank(self, at: Callable[[float], Columns], *, larger: bool = True) -> Columns:
        value = at(LEVEL)[0]
        places = np.flatnonzero(~np.isnan(value) & ~self.withheld & (self.n >= FEWEST_TO_RANK))
        ranks = np.full((3, len(value)), np.nan)
        if places.size > 1:
            _, low, high, _ = at(1 - (1 - LEVEL) / (places.size * (places.size - 1) / 2))
            ends = low[places], high[places]
            ranks[:, places] = ranks_with_ends(value[places], ends, larger=larger)
        return ranks[0], ranks[1], ranks[2], self.n


def _shifted(
    n: Numbers,
    sums: tuple[Numbers, Numbers],
    each: tuple[Numbers, Numbers],
    scale: Numbers,
    at_posting: Flags,
) -> Columns:
    """
    A mean per follower: of those shown at posting, where all posts show them.
    """
    total = np.where(at_posting, each[0], sums[0] * scale)
    mean, half = mean_and_half(n, total, np.where(at_posting, each[1], sums[1] * scale**2))
    return mean, np.maximum(mean - half, 0), mean + half, n


def _alone(value: Numbers, n: Numbers) -> Columns:
    none = np.full(value.shape, np.nan)
    return value, none, none, n


def _where(measurable: Flags, found: dict[str, Columns]) -> dict[str, Columns]:
    """
    No interval without a value (but the bounds of a withheld rate), nothing where nobody looked.
    """
    return {key: _tidied(key, measurable, columns) for key, columns in found.items()}


def _tidied(key: str, measurable: Flags, columns: Columns) -> Columns:
    value, low, high, n = (np.where(measurable, column, np.nan) for column in columns)
    value = np.where(np.isfinite(value), value, np.nan)
    there = np.isfinite(value) | (key == "reply_rate")
    low, high = (np.where(there & np.isfinite(end), end, np.nan) for end in (low, high))
    return value, low, high, or_zero(n)
