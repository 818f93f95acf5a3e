"""
Shares of comments, which stand and fall together under one post: sums by post, and what follows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from qulaq.indicators.model import Expression, Flags, Floats, Measure, Stats
from qulaq.lang import Text, phrase
from qulaq.stats.intervals import ClusterSums, Interval, clustered_wilson

MOST_UNKNOWN = 1 / 5
"""With a larger share of unknown authors a rate is withheld and only its bounds are given."""

WITHHELD = phrase(
    "Who wrote the comments is not known, or known of less than four in five: platforms show authors to the page's owner. "
    "An export made with the page's own access would make it measurable; if the file names at least the page's own "
    "comments, import it with --knows page-authors."
)
NO_KEYS = phrase(
    "The citizens cannot be told apart: the source names no authors, or fewer than four in five. An export made with the "
    "page's own access would make it measurable."
)
NOBODY_WROTE = phrase(
    "No citizen commented in the period, so there was nothing to answer; a period with comments would make it measurable."
)

CITIZEN = Text(
    kk="Азамат пікірі — органның өзі, оның басқа аккаунттары жазбаған, басқа пікірге жауап болып табылмайтын пікір.",
    ru="Комментарий гражданина — комментарий верхнего уровня, написанный не органом и не его другими аккаунтами.",
    en="A citizen's comment is a top-level comment that neither the body nor its other accounts wrote.",
)
REPLY = Text(
    kk="Жауап — орган атынан жазылған, сол тармақтағы кейінгі пікір. Лайк жауап емес.",
    ru="Ответ — более поздний комментарий от имени органа в той же ветке. Лайк ответом не считается.",
    en="A reply is a later comment by an account that speaks for the body, in the same thread. A like is no reply.",
)
FOLLOW_UP = Text(
    kk="Кейін берілген жауап көрінбейді: үлес деректердің кезең аяқталғаннан соң қанша уақыттан кейін алынғанына тәуелді, сондықтан бұрынырақ кезеңдер көбіне жақсырақ көрінеді.",
    ru="Более поздние ответы не видны: доля зависит от того, через сколько времени после периода сняты данные, поэтому более давние периоды обычно выглядят лучше.",
    en="Later replies are not seen: the share depends on how long after the period the data were captured, so older periods tend to look better.",
)
WILSON_BY_POST = Text(
    kk="Wilson (1927), JASA 22, 209–212; пікірлердің жарияланымдарға топтасу әсерімен (Kish 1965)",
    ru="Wilson (1927), JASA 22, 209–212, с эффектом группировки комментариев по публикациям (Kish 1965)",
    en="Wilson (1927), JASA 22, 209–212, with the design effect of comments clustered in posts (Kish 1965)",
)


def rate_measure(table: str, name: str, *, n: str = "n", k: str = "k") -> Measure:
    """
    The sums over posts of a share k / n, whose columns the table has, under names that begin with *name*.
    """
    return Measure(table, partial(_sums, name, n, k))


def _sums(name: str, n: str, k: str, posts: Expression) -> Mapping[str, Expression]:
    judged, hits = posts[n].cast("float64"), posts[k].cast("float64")
    return {
        f"{name}_m": (posts[n] > 0).sum(),
        f"{name}_n": judged.sum(),
        f"{name}_k": hits.sum(),
        f"{name}_k_squared": (hits * hits).sum(),
        f"{name}_k_times_n": (hits * judged).sum(),
        f"{name}_n_squared": (judged * judged).sum(),
    }


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rate:
    """
    A share of comments; NaN where there is none to count. `plain`: the interval takes them for independent.
    """

    value: Floats
    n: Floats
    k: Floats
    interval: Interval
    plain: Flags

    @property
    def notes(self) -> dict[str, Flags]:
        return {"plain_interval": self.plain & (self.n > 0)}


def rate(stats: Stats, name: str) -> Rate:
    """
    The share from the sums of `rate_measure`, with Wilson's interval by posts.
    """
    names = ("m", "n", "k", "k_squared", "k_times_n", "n_squared")
    sums = {one: stats.count(f"{name}_{one}") for one in names}
    interval, plain = clustered_wilson(ClusterSums(**sums), level=stats.level)
    n, k = sums["n"], sums["k"]
    value = np.where(n > 0, k / np.maximum(n, 1), np.nan)
    return Rate(value=value, n=n, k=k, interval=interval, plain=plain)


def _asked(posts: Expression) -> Mapping[str, Expression]:
    return {"asked": posts.asked.sum(), "nobody": posts.nobody.sum()}


def _authors(posts: Expression) -> Mapping[str, Expression]:
    return {"unknown": posts.unknown.sum(), "inferred": posts.inferred.sum()}


THREADS = rate_measure("thread_posts", "threads")
"""Citizens' comments that can be judged (n) and those answered (k)."""
AUTHORS = Measure("thread_posts", _authors)
"""Comments of which it is not known whether they are a citizen's or whether they were answered."""

ASKED = Measure("thread_posts", _asked)
"""Citizens' comments, and those by nobody knows whom; whether they were answered is not asked."""


def is_withheld(stats: Stats) -> Flags:
    """
    Where more than a fifth of the comments cannot be judged.
    """
    n, unknown = stats.count("threads_n"), stats.count("unknown")
    share: Floats = unknown / np.maximum(n + unknown, 1)
    withheld: Flags = share > MOST_UNKNOWN
    return withheld


def author_notes(stats: Stats) -> dict[str, Flags]:
    return {"unknown_authors": stats.count("unknown") > 0, "inferred": stats.count("inferred") > 0}
