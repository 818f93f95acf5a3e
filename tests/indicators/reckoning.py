"""
A second reckoning of every indicator that needs no codes: rows and loops, no SQL, no arrays.

Written from the definitions alone, to be held against `qulaq.indicators`. It reads what was imported as
lists of records, finds what is known of each record and thread, and counts. Nothing here is fast.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction

from plain_crossposts import cross_posted, elsewhere
from plain_numbers import (
    Curve,
    gini,
    held_by_top_tenth,
    quantile,
    share,
    working_days,
)
from plain_posts import PeriodOfPosts
from plain_records import Import, PageFacts, PageRecords, Reckoned, Span, Thread
from plain_texts import language, words

HORIZONS = {"1h": 1, "24h": 24, "72h": 72, "7d": 168}
MOST_UNKNOWN = Fraction(1, 5)
FEWEST_CITIZENS, FEWEST_RANKED = 10, 30


def reckon(
    pages: Sequence[PageFacts],
    imports: Sequence[Import],
    spans: Sequence[Span],
    *,
    whole: bool,
    standard: int | None = None,
) -> dict[tuple[str, str, date], Reckoned]:
    """
    Every key of every page and period. *whole*: the one period is the window itself; *standard* are the
    working days in which the study asks for an answer, if it does.
    """
    found: dict[tuple[str, str, date], Reckoned] = {}
    facts = [PageRecords(page, imports) for page in pages]
    for span in spans:
        for page in facts:
            period = _Period(page, span, whole=whole, standard=standard)
            of_page = period.keys()
            copied = cross_posted(page, period.posts, elsewhere(page, facts))
            of_page["cross_posted_share"] = copied if period.days else Reckoned(None, 0, 0)
            for key, one in of_page.items():
                found[key, page.facts.id, span.first] = one
        _rank(found, [page.facts.id for page in facts], span.first)
    return found


# ── the numbers of one page and period ───────────────────────────────────────────────────────────


class _Period(PeriodOfPosts):
    def __init__(self, page: PageRecords, span: Span, *, whole: bool, standard: int | None) -> None:
        super().__init__(page, span, whole=whole)
        self.standard = standard
        self.comments = [
            c for c in page.comments.values() if span.holds(page.day(c["published_at"]))
        ]
        self.threads = [t for t in page.threads if span.holds(page.day(t.root["published_at"]))]
        self.asked = [t for t in self.threads if t.asked]
        self.judged = [t for t in self.asked if t.judged]
        self.answered = [t for t in self.judged if t.answered]
        nameless = sum(t.root["by_page"] is None for t in self.threads)
        self.nameless, self.unknown = nameless, nameless + sum(t.unsure for t in self.asked)
        self.withheld = self.unknown > MOST_UNKNOWN * (len(self.judged) + self.unknown)

    def keys(self) -> dict[str, Reckoned]:
        nothing = Reckoned(None, 0, 0)
        by_posts = {**self._activity(), **self._reactions(), **self._rates_of_reaction()}
        by_comments = {
            **self._answers(),
            **self._waits(),
            **self._persons(),
            **self._talk(),
            **self._texts(),
            **self._completeness(),
        }
        until = self.page.until("comments")
        no_posts = not self.days
        no_comments = until is None or until < self.span.first
        found = {key: nothing if no_posts else one for key, one in by_posts.items()}
        found |= {key: nothing if no_comments else one for key, one in by_comments.items()}
        found["broadcast_asymmetry"] = nothing if no_posts or no_comments else self._asymmetry()
        return found | self._counted()

    # ── answering ──

    def _answers(self) -> dict[str, Reckoned]:
        judged, answered, unknown = self.judged, self.answered, self.unknown
        k, n = len(answered), len(judged)
        found = {
            "citizen_comments": Reckoned(
                None if not self.asked and self.nameless else len(self.asked),
                len(self.asked),
                self.nameless,
            ),
            "reply_rate": self._told(share(k, n), n, unknown),
            "unanswered": self._told(None if not n and unknown else n - k, n, unknown),
        }
        posts = {t.root["post_id"] for t in judged if t.root.get("post_id")}
        hit = {t.root["post_id"] for t in answered if t.root.get("post_id")}
        found["answered_posts_share"] = self._told(share(len(hit), len(posts)), len(posts), unknown)
        for name, hours in HORIZONS.items():
            old = [t for t in judged if t.followed >= hours]
            soon = [t for t in old if t.answered and t.wait <= hours]
            rate = share(len(soon), len(old))
            found[f"reply_within_{name}"] = self._told(rate, len(old), n - len(old) + unknown)
        if self.standard is not None:
            found["reply_within_standard"] = self._in_working_days()
        first = [
            t
            for t in judged
            if t.root["person"]
            and t.root["published_at"] == self.page.first_written[t.root["person"]]
        ]
        rate = share(sum(t.answered for t in first), len(first))
        found["reply_rate_first_timers"] = self._of_persons(rate, len(first))
        return found

    def _in_working_days(self) -> Reckoned:
        """
        Followed for longer than so many working days; the day of the comment does not count.
        """

        def days(thread: Thread, until: datetime) -> int:
            return working_days(self.page.day(thread.root["published_at"]), self.page.day(until))

        old = [t for t in self.judged if days(t, t.seen) > self.standard]
        soon = [t for t in old if t.answered and days(t, min(t.replies)) <= self.standard]
        missing = len(self.judged) - len(old) + self.unknown
        return self._told(share(len(soon), len(old)), len(old), missing)

    def _told(self, value: float | None, n: int, missing: int) -> Reckoned:
        """
        Withheld where of more than a fifth of the comments too little is known.
        """
        return Reckoned(None if self.withheld else value, n, missing)

    def _waits(self) -> dict[str, Reckoned]:
        waits = sorted(t.wait for t in self.answered)
        curve = Curve(
            [(t.wait, "answered") for t in self.answered]
            + [
                (t.followed, "waiting") if t.removed is None else (t.removed, "removed")
                for t in self.judged
                if not t.answered
            ]
        )
        found = {
            "latency_median_hours": Reckoned(
                quantile(waits, Fraction(1, 2)), len(waits), self.unknown
            ),
            "latency_p90_hours": Reckoned(
                quantile(waits, Fraction(9, 10)), len(waits), self.unknown
            ),
        }
        for key, value in {
            "latency_km_median_hours": curve.median(),
            "answered_by_72h_km": curve.answered_by(72),
            "answered_by_72h_aj": curve.ended_by(72, "answered"),
            "removed_by_72h_aj": curve.ended_by(72, "removed") if self.page.removals_seen else None,
            "latency_rmst_7d_hours": curve.mean_until(168),
        }.items():
            found[key] = self._told(value, len(self.judged), self.unknown)
        return found

    # ── persons ──

    def _of_persons(self, value: float | None, n: int) -> Reckoned:
        """
        Withheld also where more than a fifth of the citizens' comments bear no author.
        """
        keyless = sum(t.root["person"] is None for t in self.judged)
        hidden = self.withheld or keyless > MOST_UNKNOWN * len(self.judged)
        return Reckoned(None if hidden else value, n, keyless + self.unknown)

    def _persons(self) -> dict[str, Reckoned]:
        everyone = {t.root["person"] for t in self.asked if t.root["person"]}
        wrote = Counter(t.root["person"] for t in self.judged if t.root["person"])
        got = Counter()
        for thread in self.answered:
            if thread.root["person"]:
                got[thread.root["person"]] += len(thread.replies)
        n = len(wrote)
        enough = n >= FEWEST_CITIZENS
        found = {"citizens": self._count_of(everyone)}
        for key, value in {
            "citizens_answered_share": share(len(got), n),
            "attention_gini": gini([got[one] for one in wrote]) if enough and got else None,
            "replies_to_top_tenth_share": held_by_top_tenth(got, wrote) if enough and got else None,
            "comments_by_top_tenth_share": held_by_top_tenth(wrote, wrote) if enough else None,
        }.items():
            found[key] = self._of_persons(value, n)
        return found

    def _count_of(self, everyone: set[str]) -> Reckoned:
        keyless = sum(t.root["person"] is None for t in self.asked)
        hidden = self.nameless > MOST_UNKNOWN * (
            len(self.asked) + self.nameless
        ) or keyless > MOST_UNKNOWN * len(self.asked)
        n = len(everyone)
        return Reckoned(None if hidden else n, n, keyless + self.nameless)

    # ── talk ──

    def _talk(self) -> dict[str, Reckoned]:
        told = [(t, t.changes()) for t in self.judged if t.changes() is not None]
        lacking = len(self.judged) - len(told)
        answered = [changes for t, changes in told if t.answered]
        again = [changes for changes in answered if changes >= 2]
        missing = self.unknown + lacking
        hidden = lacking > MOST_UNKNOWN * (len(answered) + lacking)

        def known(value: float | None, n: int) -> Reckoned:
            return self._told(None if hidden else value, n, missing)

        total = sum(changes for _, changes in told)
        by_page = sum(one["by_page"] is True for one in self.comments)
        by_citizens = sum(one["by_page"] is False for one in self.comments)
        nobody = len(self.comments) - by_page - by_citizens
        ratio = share(by_page, by_citizens)
        return {
            "speaker_changes_mean": known(share(total, len(told)), len(told)),
            "threads_continued_share": known(
                share(sum(one >= 3 for one in answered), len(answered)), len(answered)
            ),
            "follow_up_answered_share": known(
                share(sum(one % 2 for one in again), len(again)), len(again)
            ),
            "page_comments_per_citizen_comment": Reckoned(
                None if nobody > MOST_UNKNOWN * len(self.comments) else ratio, by_citizens, nobody
            ),
        }

    def _asymmetry(self) -> Reckoned:
        posts, replies = len(self.posts), sum(len(t.replies) for t in self.asked)
        n = posts + replies
        return self._told(share(posts - replies, n), n, self.unknown)

    # ── what is said ──

    def _texts(self) -> dict[str, Reckoned]:
        told = {
            name: [t for t in self.judged if language(t.root.get("text")) == name]
            for name in ("kk", "ru")
        }
        rates = [share(sum(t.answered for t in some), len(some)) for some in told.values()]
        n = sum(map(len, told.values()))
        gap = None if None in rates else rates[0] - rates[1]
        said = Counter(
            words(one["text"])
            for one in self.page.comments.values()
            if one["by_page"] and one.get("text")
        )
        replies = [
            one
            for one in self.comments
            if one["by_page"]
            and one.get("text")
            and (one.get("parent_id") is not None or not one["parents"])
        ]
        again = sum(bool(words(one["text"])) and said[words(one["text"])] >= 3 for one in replies)
        return {
            "reply_rate_gap_kk_ru": self._told(gap, n, len(self.judged) - n + self.unknown),
            "boilerplate_reply_share": Reckoned(share(again, len(replies)), len(replies), 0),
        }

    # ── how complete ──

    def _completeness(self) -> dict[str, Reckoned]:
        known = sum(one["by_page"] is not None for one in self.comments)
        followed = [t.followed for t in self.asked]
        shown = self._shown().values()
        lost = sum(count - min(count, held) for count, held in shown if count is not None)
        away, n, k = lost + self.unknown, len(self.judged), len(self.answered)
        return {
            "authors_known_share": Reckoned(
                share(known, len(self.comments)), len(self.comments), 0
            ),
            "follow_up_median_hours": Reckoned(
                quantile(followed, Fraction(1, 2)), len(followed), 0
            ),
            "reply_rate_lowest": Reckoned(share(k, n + away), n, away),
            "reply_rate_highest": Reckoned(share(k + away, n + away), n, away),
        }


def _rank(found: dict[tuple[str, str, date], Reckoned], pages: list[str], first: date) -> None:
    """
    Places among the pages with at least thirty comments, ties sharing the better one.
    """
    for key, ranked, best in (
        ("reply_rate_rank", "reply_rate", max),
        ("answered_by_72h_rank", "answered_by_72h_km", max),
        ("latency_rmst_7d_rank", "latency_rmst_7d_hours", min),
    ):
        rows = {page: found[ranked, page, first] for page in pages}
        can = [
            page for page, one in rows.items() if one.value is not None and one.n >= FEWEST_RANKED
        ]
        for page, one in rows.items():
            place = None
            if page in can and len(can) > 1:
                others = [rows[other].value for other in can]
                place = 1 + sum(best(it, one.value) == it != one.value for it in others)
            found[key, page, first] = Reckoned(place, one.n, one.missing)
