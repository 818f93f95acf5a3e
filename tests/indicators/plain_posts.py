"""
What plain Python reckons of a page's posts and of what its platform counts, in one period.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from fractions import Fraction
from statistics import mean

from plain_numbers import added, interactions, mean_rate, per_thousand, quantile, share, total_rate
from plain_records import PageRecords, Reckoned, Span


class PeriodOfPosts:
    def __init__(self, page: PageRecords, span: Span, *, whole: bool) -> None:
        self.page, self.span, self.whole = page, span, whole
        self.posts = [p for p in page.posts.values() if span.holds(page.day(p["published_at"]))]
        self.days = self._observed()

    def _observed(self) -> list[date]:
        until, opened = self.page.until("posts"), self.page.facts.opened
        every = [self.span.first + timedelta(days=i) for i in range(self.span.length)]
        return [
            day
            for day in every
            if until is not None and day <= until and (opened is None or day >= opened)
        ]

    # ── publishing ──

    def _activity(self) -> dict[str, Reckoned]:
        published = Counter(self.page.day(post["published_at"]) for post in self.posts)
        each = [published[day] for day in self.days]
        of_days = len(each), self.span.length - len(each)
        daily = mean(each) if each else None
        found = {"posts": Reckoned(len(self.posts), len(self.posts), 0)}
        for key, value in {
            "posts_per_day_min": min(each, default=None),
            "posts_per_day_max": max(each, default=None),
            "posts_per_day_mean": daily,
            "posts_per_week_mean": daily and daily * 7,
            "posts_per_month_mean": daily and daily * 365 / 12,
            "posts_per_year": daily and daily * 365,
            "days_without_posts": each.count(0),
        }.items():
            found[key] = Reckoned(value, *of_days)
        return found

    def _reactions(self) -> dict[str, Reckoned]:
        found = {}
        names = {"likes": "popularity", "comments": "commitment", "shares": "virality"}
        followers = self._followers()[0]
        for kind, name in names.items():
            known = [post[kind] for post in self.posts if post.get(kind) is not None]
            of_posts = len(known), len(self.posts) - len(known)
            average = mean(known) if known else None
            for key, value in {
                f"{kind}_mean": average,
                f"{kind}_median": quantile(known, Fraction(1, 2)),
                f"{kind}_max": max(known, default=None),
                f"{name}_1": share(sum(one > 0 for one in known), len(known)),
                f"{name}_2": average,
                f"{name}_3": per_thousand(average, followers),
            }.items():
                found[key] = Reckoned(value, *of_posts)
        commented = found["commitment_1"]
        silent = None if commented.value is None else 1 - commented.value
        found["uncommented_share"] = commented._replace(value=silent)
        told = [post for post in self.posts if post.get("comments_open") is not None]
        closed = share(sum(not post["comments_open"] for post in told), len(told))
        found["comments_closed_share"] = Reckoned(closed, len(told), len(self.posts) - len(told))
        return found

    def _rates_of_reaction(self) -> dict[str, Reckoned]:
        followers = self._followers()[0]
        all_three = [post for post in self.posts if interactions(post) is not None]
        two = [post for post in self.posts if None not in (post.get("likes"), post.get("comments"))]
        sums = self._reactions_per_thousand(followers)
        n = len(self.posts)
        return {
            "engagement": Reckoned(added(*sums), len(all_three), n - len(all_three)),
            "engagement_without_shares": Reckoned(added(*sums[:2]), len(two), n - len(two)),
            "engagement_rate_by_follower": Reckoned(
                mean_rate(all_three, followers), len(all_three), n - len(all_three)
            ),
            "engagement_rate_by_day": self._by_day(followers),
        }

    def _reactions_per_thousand(self, followers: float | None) -> list[float | None]:
        means = []
        for kind in ("likes", "comments", "shares"):
            known = [post[kind] for post in self.posts if post.get(kind) is not None]
            means.append(per_thousand(mean(known) if known else None, followers))
        return means

    def _by_day(self, followers: float | None) -> Reckoned:
        """
        A day with a post of which not all is shown is missing; a day without posts counts as zero.
        """
        posts = defaultdict(list)
        for post in self.posts:
            posts[self.page.day(post["published_at"])].append(post)
        shown = [
            day for day in self.days if all(interactions(post) is not None for post in posts[day])
        ]
        missing = self.span.length - len(shown)
        inside = [post for day in shown for post in posts[day]]
        total = total_rate(inside, followers)
        value = total / len(shown) if shown and total is not None else None
        return Reckoned(value, len(shown), missing)

    # ── counted by the platform ──

    def _counted(self) -> dict[str, Reckoned]:
        followers, n = self._followers()
        totals = self._snapshots("posts_total")
        inside = [one for one in totals if self.span.holds(one[0])]
        newest = [inside[-1][1]] if inside else self._nearest(totals)
        shown = self._shown()
        known = {post: count for post, (count, _) in shown.items() if count is not None}
        held = sum(min(count, shown[post][1]) for post, count in known.items())
        total = sum(known.values())
        return {
            "followers": Reckoned(followers, n, 0),
            "posts_all_time": Reckoned(newest[0] if newest else None, len(newest), 0),
            "comments_captured_share": Reckoned(share(held, total), total, len(shown) - len(known)),
        }

    def _snapshots(self, name: str) -> list[tuple[date, int]]:
        counts = sorted(self.page.counts.values(), key=lambda one: one["captured_at"])
        return [
            (self.page.day(one["captured_at"]), one[name])
            for one in counts
            if one.get(name) is not None
        ]

    def _nearest(self, counts: list[tuple[date, int]]) -> list[int]:
        """
        Only for the whole window: a series has gaps.
        """

        def away(one: tuple[date, int]) -> timedelta:
            return max(self.span.first - one[0], one[0] - self.span.last)

        return [min(counts, key=away)[1]] if counts and self.whole else []

    def _followers(self) -> tuple[float | None, int]:
        counts = self._snapshots("followers")
        inside = [one for day, one in counts if self.span.holds(day)]
        nearest = self._nearest(counts)
        then = [
            post["followers_then"] for post in self.posts if post.get("followers_then") is not None
        ]
        for choice in (inside, nearest, then):
            if choice:
                return mean(choice), len(choice)
        return None, 0

    def _shown(self) -> dict[str, tuple[int | None, int]]:
        """
        For each post of the period how many comments it shows and how many of them are held. A post of
        which only comments are known stands by the first of them.
        """
        under = defaultdict(list)
        for one in self.page.comments.values():
            if one.get("post_id"):
                under[one["post_id"]].append(one)
        found = {}
        for post in {*under, *self.page.posts}:
            own = self.page.posts.get(post)
            moments = [one["published_at"] for one in ([own] if own else under[post])]
            if self.span.holds(self.page.day(min(moments))):
                held = sum(one.get("gone_between") is None for one in under[post])
                found[post] = (own.get("comments") if own else None, held)
        return found
