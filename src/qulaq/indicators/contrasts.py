"""
Could the difference be chance? Tests between pages and between networks, corrected for their number.

Waiting times by Mann and Whitney's and by Brunner and Munzel's test, counts under posts by the ratio of
their means (negative binomial) beside the former.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any, Literal

import numpy as np

from qulaq.corpus.current import Corpus
from qulaq.indicators.compute import measure
from qulaq.indicators.model import Floats, Indicator, Stats
from qulaq.indicators.ranking import MOST_PAGES
from qulaq.indicators.rates import WITHHELD, is_withheld
from qulaq.indicators.results import unmet_needs
from qulaq.indicators.table import INDICATORS
from qulaq.lang import Language, Phrase, Text, phrase
from qulaq.stats.hypotheses import Test, brunner_munzel, holm, mann_whitney, negative_binomial
from qulaq.study import Page, Window

FEWEST_VALUES = 10
"""With fewer values on either side nothing is tested."""
MOST_PAIRED = 20
"""With more pages each is set against all others together, not against every other."""

WHAT_TESTS_CANNOT_SAY = Text(
    kk="Критерийлер мәндерді бір-біріне тәуелсіз деп есептейді. Бір жарияланымның не бір адамның пікірлері, бір парақшаның жарияланымдары бір-біріне ұқсас, сондықтан кездейсоқтық ықтималдығы шын мәнінен төмен шығады: өте төмен болмаса, сенбеңіз. Холм түзетуі бір шама мен бір критерийдің барлық жұбын ескереді; аралықтар түзетілмеген. Желілерде лайк пен пікірдің мәні әртүрлі.",
    ru="Критерии считают значения независимыми. Комментарии под одной публикацией или одного человека и публикации одной страницы похожи, поэтому вероятность случайности занижена: доверяйте, только если она очень мала. Поправка Холма учитывает все пары одного показателя и одного критерия; интервалы не поправлены. В разных сетях лайк и комментарий значат разное.",
    en="The tests take values for independent. Comments of one post or of one person, and posts of one page, are alike, so p is too small: trust none that is not very small. Holm's correction covers all pairs of one quantity and one test; intervals are not corrected. A like or a comment does not mean the same on every network.",
)
"""What is said with every table of tests."""

Between = Literal["pages", "others", "networks"]

_FEW = phrase(
    "There are fewer than 10 values on one side, too few to test; a longer period would make it measurable."
)
_APART = phrase(
    "The two sides do not overlap, or do not vary, so the spread that this test needs cannot be told; Mann and Whitney's "
    "test can be read instead."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """
    What is compared: the values of an indicator, by their column, and the tests that suit them.
    """

    title: Text
    indicator: str
    column: str
    tests: tuple[str, ...]


QUANTITIES: Mapping[str, Quantity] = {
    "waiting_hours": Quantity(
        title=Text(
            kk="жауап күткен сағаттар, жауап берілген пікірлер бойынша",
            ru="часы ожидания ответа, по комментариям с ответом",
            en="hours waited for an answer, of answered comments",
        ),
        indicator="latency_median_hours",
        column="answered_hours",
        tests=("mann_whitney", "brunner_munzel"),
    ),
    "likes": Quantity(
        title=Text(kk="бір жарияланымға лайк", ru="лайки на публикацию", en="likes of a post"),
        indicator="likes_median",
        column="likes_values",
        tests=("negative_binomial", "mann_whitney"),
    ),
    "comments": Quantity(
        title=Text(
            kk="бір жарияланымға пікір", ru="комментарии на публикацию", en="comments of a post"
        ),
        indicator="comments_median",
        column="comments_values",
        tests=("negative_binomial", "mann_whitney"),
    ),
}

TESTS: Mapping[str, Text] = {
    "mann_whitney": Text(
        kk="Манн — Уитни критерийі", ru="критерий Манна — Уитни", en="Mann–Whitney"
    ),
    "brunner_munzel": Text(
        kk="Бруннер — Мюнцель критерийі", ru="критерий Бруннера — Мюнцеля", en="Brunner–Munzel"
    ),
    "negative_binomial": Text(
        kk="теріс биномдық модель",
        ru="отрицательная биномиальная модель",
        en="negative binomial",
    ),
}
_RUN: Mapping[str, Callable[[Floats, Floats], Test]] = {
    "mann_whitney": mann_whitney,
    "brunner_munzel": brunner_munzel,
    "negative_binomial": negative_binomial,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """
    A test of one quantity between two sides: pages or networks by their ids; `second` None stands for
    all other pages together.

    `effect` is the chance that a value of the first is larger, ties counting half; for the negative
    binomial the ratio of the means, first to second. `p` is two-sided; `p_holm` is corrected within the
    family: one quantity, one test, all pairs of a kind. `low` and `high` are the 95 % interval of the
    effect, not corrected. `reason` says why there is no p.
    """

    quantity: str
    test: str
    between: Between
    first: str
    second: str | None
    n_first: int
    n_second: int
    effect: float | None
    low: float | None
    high: float | None
    p: float | None
    p_holm: float | None
    reason: Phrase | None

    def as_json(self, language: Language) -> dict[str, Any]:
        """
        The test as the command prints it; the reason in *language*.
        """
        return {
            "quantity": self.quantity,
            "test": self.test,
            "between": self.between,
            "first": self.first,
            "second": self.second,
            "n_first": self.n_first,
            "n_second": self.n_second,
            "effect": self.effect,
            "low": self.low,
            "high": self.high,
            "p": self.p,
            "p_holm": self.p_holm,
            "reason": self.reason.to(language) if self.reason else None,
        }


def compare_pages(
    corpus: Corpus,
    *,
    window: Window | None = None,
    progress: Callable[[Phrase], None] = lambda _: None,
) -> list[Contrast]:
    """
    All tests, quantity by quantity: between every two pages and between every two networks.

    With more than 20 pages each page is set against all others instead, with more than 500 only networks
    against each other. A page whose authors are too little known has no waiting times. P-values take
    values for independent: comments of one post or person, and posts of one page, are alike, so they are
    somewhat too small.
    """
    asked = [INDICATORS.get(one.indicator) for one in QUANTITIES.values()]
    stats = measure(corpus, asked, window=window, progress=progress)
    progress(phrase("testing"))
    contrasts: list[Contrast] = []
    for (key, quantity), indicator in zip(QUANTITIES.items(), asked, strict=True):
        sides = _read_sides(indicator, quantity, stats)
        contrasts += [
            _test(name, key=key, between=between, first=first, second=second)
            for between, first, second in _pairs(corpus.study.pages, sides)
            for name in quantity.tests
        ]
    return _correct(contrasts)


# ── sides ────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Side:
    name: str | None
    values: Floats
    reason: Phrase | None = None


def _read_sides(indicator: Indicator, quantity: Quantity, stats: Stats) -> list[_Side]:
    """
    The values of every page of the study, none where `reason` says why.
    """
    withheld = is_withheld(stats) & ("authors" in indicator.needs)
    unmet = unmet_needs(indicator.needs, stats.frame)
    sides = []
    for i, values in enumerate(stats.lists(quantity.column)):
        reason = unmet[i] or (WITHHELD if withheld[i] else None)
        sides.append(
            _Side(name=stats.frame.pages[i], values=values[:0] if reason else values, reason=reason)
        )
    return sides


def _pairs(pages: Sequence[Page], sides: Sequence[_Side]) -> Iterator[tuple[Between, _Side, _Side]]:
    if len(pages) <= MOST_PAIRED:
        for first, second in combinations(sides, 2):
            yield "pages", first, second
    elif len(pages) <= MOST_PAGES:
        for side in sides:
            yield "others", side, _pool(None, [other for other in sides if other is not side])
    networks: dict[str, list[_Side]] = {}
    for page, side in zip(pages, sides, strict=True):
        networks.setdefault(page.platform, []).append(side)
    pooled = [_pool(name, members) for name, members in networks.items()]
    for first, second in combinations(pooled, 2):
        yield "networks", first, second


def _pool(name: str | None, sides: Sequence[_Side]) -> _Side:
    return _Side(name=name, values=np.concatenate([side.values for side in sides]))


# ── tests ────────────────────────────────────────────────────────────────────────────────────────


def _test(name: str, *, key: str, between: Between, first: _Side, second: _Side) -> Contrast:
    n = min(len(first.values), len(second.values))
    few = None if n >= FEWEST_VALUES else first.reason or second.reason or _FEW
    nothing = Test(statistic=np.nan, p_value=np.nan, effect=np.nan)
    found = nothing if few else _RUN[name](first.values, second.values)
    p = _number(found.p_value)
    return Contrast(
        quantity=key,
        test=name,
        between=between,
        first=str(first.name),
        second=second.name,
        n_first=len(first.values),
        n_second=len(second.values),
        effect=_number(found.effect),
        low=_number(found.low),
        high=_number(found.high),
        p=p,
        p_holm=None,
        reason=few or (_APART if p is None else None),
    )


def _correct(contrasts: Sequence[Contrast]) -> list[Contrast]:
    """
    The same with `p_holm`, corrected within each family.
    """
    families: dict[tuple[str, str, str], list[int]] = {}
    for i, one in enumerate(contrasts):
        families.setdefault((one.quantity, one.test, one.between), []).append(i)
    corrected = list(contrasts)
    for rows in families.values():
        p = [contrasts[i].p for i in rows]
        adjusted = holm(np.array([np.nan if one is None else one for one in p]))
        for i, value in zip(rows, adjusted, strict=True):
            corrected[i] = replace(contrasts[i], p_holm=_number(value))
    return corrected


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
