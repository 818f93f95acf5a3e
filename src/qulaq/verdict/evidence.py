"""
Evidence: each finding that bears on whether a page listens, where it comes from, and how sure it is.

What citizens do (likes, comments) is none, and neither is a bare mention: see metrics of the method page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from qulaq.corpus.current import Corpus
from qulaq.indicators import INDICATORS
from qulaq.indicators.coded import (
    answered_share,
    coded_indicator,
    coded_share,
    of_comments,
    of_posts,
)
from qulaq.indicators.compute import measure
from qulaq.indicators.model import OWN_DEFINITION, Indicator, Result
from qulaq.indicators.results import make_results
from qulaq.lang import Phrase, Text

Source = Literal["indicator", "coding", "survey"]

_ANSWERABLE = coded_indicator(
    key="reply_rate_to_answerable",
    theme="responsiveness",
    title=Text(
        kk="жауап күтетін пікірлердің жауап алған үлесі",
        ru="доля ответов на комментарии, которые ждут ответа",
        en="reply rate to comments that want an answer",
    ),
    question=Text(
        kk="Жауап күткендерге жауап беріле ме?",
        ru="Отвечают ли тем, кто ждёт ответа?",
        en="Are those answered who want an answer?",
    ),
    definition=Text(
        kk="Жауап алғаны ÷ сұрақ, өтініш, ақау туралы хабар, шағым не ұсыныс деп кодталған азамат пікірлері.",
        ru="С ответом ÷ комментарии граждан, закодированные как вопрос, просьба, сообщение о неполадке, жалоба или предложение.",
        en="Answered ÷ citizens' comments coded as question, request, fault report, complaint or suggestion.",
    ),
    citation=OWN_DEFINITION,
    needs=("comments", "authors"),
    measures=of_comments("answerable"),
    estimate=answered_share("answerable"),
)
_INVITING = coded_indicator(
    key="inviting_share",
    theme="dialogue",
    title=Text(
        kk="пікірге шақыратын жарияланымдар үлесі",
        ru="доля публикаций, которые приглашают ответить",
        en="share of posts that invite an answer",
    ),
    question=Text(
        kk="Жарияланымдар адамдардан бірдеңе сұрай ма?",
        ru="Спрашивают ли публикации людей о чём-нибудь?",
        en="Do the posts ask people for anything?",
    ),
    definition=Text(
        kk="Шақыру деп кодталған жарияланымдар ÷ кодталған жарияланымдар.",
        ru="Публикации, закодированные как приглашение, ÷ закодированные публикации.",
        en="Posts coded as inviting ÷ coded posts.",
    ),
    citation=OWN_DEFINITION,
    needs=("posts",),
    measures=of_posts("inviting"),
    estimate=coded_share("inviting"),
)
_PUBLICITY = coded_indicator(
    key="publicity_share",
    theme="dialogue",
    title=Text(
        kk="біржақты жарияланымдардағы жарнама-үгіт үлесі",
        ru="доля паблисити среди односторонних публикаций",
        en="share of publicity among one-way posts",
    ),
    question=Text(
        kk="Парақша хабарлай ма, мақтана ма?",
        ru="Страница сообщает или хвалит?",
        en="Does the page inform or praise?",
    ),
    definition=Text(
        kk="Жарнама-үгіт деп кодталғандары ÷ біржақты модельдер бойынша кодталған жарияланымдар.",
        ru="Закодированные как паблисити ÷ публикации, закодированные по односторонним моделям.",
        en="Posts coded as press agentry ÷ posts coded by one of the two one-way models.",
    ),
    citation=OWN_DEFINITION,
    needs=("posts",),
    measures=of_posts("publicity"),
    estimate=coded_share("publicity"),
)
OWN: Mapping[str, Indicator] = {one.key: one for one in (_ANSWERABLE, _INVITING, _PUBLICITY)}
"""What only the verdict asks; no key of the table of indicators."""

REPLY_RATE = "reply_rate"
_FEWEST_CODED = 30
"""With fewer answerable comments coded, all comments tell more."""

KEYS = (
    "posts_per_week_mean",
    REPLY_RATE,
    "reply_within_72h",
    "comments_closed_share",
    "ask_and_stay_share",
    "threads_continued_share",
    "closed_loop_share",
    "two_way_share",
    *OWN,
)
"""What rules can ask for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """
    One finding on a page. `value` None: it is not there, and `reason` says why and what would bring it; `low` and `high`
    are its 95 % interval where there is one.
    """

    key: str
    source: Source
    title: Text
    unit: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    reason: Phrase | None
    notes: tuple[str, ...]


def indicator_of(key: str) -> Indicator:
    """
    The indicator behind a piece of evidence. Raises UnknownName.
    """
    return OWN[key] if key in OWN else INDICATORS.get(key)


def gather_evidence(
    corpus: Corpus, *, progress: Callable[[Phrase], None] = lambda _: None
) -> dict[str, dict[str, Evidence]]:
    """
    Of each page its evidence by key. The reply rate is that to comments that want an answer where enough of them are coded,
    else that to all.
    """
    wanted = [indicator_of(key) for key in KEYS]
    stats = measure(corpus, wanted, progress=progress)
    found: dict[str, dict[str, Evidence]] = {page.id: {} for page in corpus.study.pages}
    for one in wanted:
        for result in make_results(one, stats, study=corpus.study):
            found[result.page or ""][one.key] = _as_evidence(one, result)
    for told in found.values():
        answerable = told[_ANSWERABLE.key]
        if answerable.value is not None and answerable.n >= _FEWEST_CODED:
            told[REPLY_RATE] = answerable
    return found


def _as_evidence(one: Indicator, result: Result) -> Evidence:
    return Evidence(
        key=one.key,
        source="coding" if "codes" in one.needs else "indicator",
        title=one.title,
        unit=one.unit,
        value=result.value,
        low=result.low,
        high=result.high,
        n=result.n,
        reason=result.reason,
        notes=result.notes,
    )
