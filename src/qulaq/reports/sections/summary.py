"""The report in a few sentences: each page in words, of many pages the whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from qulaq.indicators import Result
from qulaq.indicators.latency import LONG
from qulaq.lang import Text
from qulaq.lang.formats import number, share
from qulaq.reports import nouns
from qulaq.reports.document import Block, Definition, Definitions, Link, Links, Paragraph
from qulaq.reports.names import directory_name, part_name
from qulaq.reports.nouns import Noun
from qulaq.reports.scope import Scope, bare, decapitalize
from qulaq.reports.sections.verdict import name_outcome
from qulaq.reports.wording import directory
from qulaq.reports.wording import summary as words
from qulaq.study import Page

_REACTIONS: tuple[tuple[str, Noun], ...] = (("likes", nouns.LIKES), ("comments", nouns.COMMENTS))


def summarize(scope: Scope) -> list[Block]:
    if not scope.findings.few:
        return [Paragraph(text=" ".join(_of_many(scope))), *_crowded(scope)]
    said = [
        Definition(
            term=scope.page_name(page),
            texts=(
                " ".join(_of_page(scope, page)),
                _answering(scope, page),
                scope.say(words.VERDICT, verdict=_verdict(scope, page)),
            ),
        )
        for page in scope.pages
    ]
    return [Definitions(items=tuple(said))]


def _verdict(scope: Scope, page: Page) -> str:
    (found,) = (one for one in scope.findings.verdicts if one.page == page.id)
    return decapitalize(name_outcome(scope, found))


def _many_verdicts(scope: Scope) -> str:
    """
    How many pages have which verdict, the most frequent first.
    """
    pages = [one for one in scope.findings.verdicts if one.page is not None]
    counts = Counter(decapitalize(name_outcome(scope, one)) for one in pages)
    told = "; ".join(
        scope.say(words.VERDICT_OF, verdict=verdict, n=scope.count(n, nouns.PAGES))
        for verdict, n in counts.most_common()
    )
    return scope.say(words.VERDICT, verdict=told)


# ── a page ───────────────────────────────────────────────────────────────────────────────────────


def _of_page(scope: Scope, page: Page) -> list[str]:
    posts = scope.result("posts", page)
    if posts.value is None:
        return [scope.say(words.NOTHING_KNOWN)]
    mean = scope.result("posts_per_day_mean", page)
    told = _with_interval(scope, mean)
    said = [scope.say(words.PUBLISHED, posts=scope.count(posts.value, nouns.POSTS), mean=told)]
    return [*said, *_span(scope, mean), *_reactions(scope, page)]


def _with_interval(scope: Scope, result: Result) -> str:
    interval = scope.of_interval(result)
    return f"{scope.value(result)} ({interval})" if interval else scope.value(result)


def _span(scope: Scope, daily: Result) -> list[str]:
    """
    How many days were observed, where not all were; a mean per day has them as n and missing.
    """
    if not daily.missing:
        return []
    seen, every = (number(n, scope.language) for n in (daily.n, daily.n + daily.missing))
    return [scope.say(words.SPAN, seen=seen, all=every)]


def _reactions(scope: Scope, page: Page) -> list[str]:
    said = []
    known = [kind for kind in _REACTIONS if scope.result(f"{kind[0]}_mean", page).value is not None]
    if known:
        said.append(
            scope.say(
                words.REACTED,
                mean=scope.join(_amount(scope, page, f"{name}_mean", noun) for name, noun in known),
                median=scope.join(
                    _amount(scope, page, f"{name}_median", noun) for name, noun in known
                ),
            )
        )
    uncommented = scope.result("uncommented_share", page)
    if uncommented.value is not None:
        said.append(scope.say(words.UNCOMMENTED, share=scope.value(uncommented)))
    return said


def _amount(scope: Scope, page: Page, key: str, noun: Noun) -> str:
    return scope.counted_result(scope.result(key, page), noun)


def _answering(scope: Scope, page: Page) -> str:
    rate = scope.result("reply_rate", page)
    if "bounds" in rate.notes:
        return _bounded(scope, rate)
    if rate.value is None:
        return scope.say(words.NOT_ANSWERED_KNOWN, reason=scope.say(_why_not(scope, page)))
    answered = round(rate.value * rate.n)
    told = scope.say(
        words.ANSWERED if answered else words.ANSWERED_NONE,
        k=number(answered, scope.language),
        n=number(rate.n, scope.language),
        noun=nouns.OF_COMMENTS.after(rate.n, scope.language),
        share=scope.value(rate),
        interval=scope.of_interval(rate),
    )
    return " ".join([told, *_waiting(scope, page)])


def _waiting(scope: Scope, page: Page) -> list[str]:
    """
    How long answers took, and how many had one after three days; nothing of a page that never answers.
    """
    latency = scope.result("latency_median_hours", page)
    if latency.value is None:
        return []
    said = [scope.say(words.WAITED, hours=scope.counted_result(latency, nouns.HOURS))]
    curve = scope.findings.waiting.get(page.id)
    if curve and (point := curve.at(LONG)):
        said.append(scope.say(words.WAITED_DAYS, share=share(point.share, scope.language)))
    return said


def _bounded(scope: Scope, rate: Result) -> str:
    low, high = scope.bounds(rate) or ("", "")
    return scope.say(
        words.BOUNDED,
        n=number(rate.missing, scope.language),
        noun=nouns.OF_COMMENTS.after(rate.missing, scope.language),
        low=low,
        high=high,
    )


def _why_not(scope: Scope, page: Page) -> Text:
    """
    The reason in a few words; the section on what could not be measured has it in full.
    """
    if scope.result("reply_rate", page).missing:
        return words.AUTHORS_UNKNOWN
    nobody = scope.result("citizen_comments", page).value is not None
    return words.NOBODY_WROTE if nobody else words.NO_COMMENTS_HELD


# ── many pages ───────────────────────────────────────────────────────────────────────────────────


def _of_many(scope: Scope) -> list[str]:
    many = scope.say(
        words.MANY,
        bodies=scope.count(len(scope.findings.study.bodies), nouns.BODIES),
        pages=scope.count(len(scope.every_page), nouns.PAGES),
    )
    return [many, _many_posts(scope), _many_answers(scope), _many_verdicts(scope)]


def _crowded(scope: Scope) -> list[Block]:
    """
    Of which pages the report tells, and where all of them stand.
    """
    if not scope.findings.crowded:
        return []
    told, every = (number(len(one), scope.language) for one in (scope.pages, scope.every_page))
    folder = directory_name(scope.findings.study, scope.language)
    link = Link(text=scope.say(directory.ALL_PAGES), address=f"{folder}/{part_name(1)}")
    return [
        Paragraph(text=scope.say(directory.CROWDED, told=told, all=every), notice=True),
        Links(items=(link,)),
    ]


def _many_posts(scope: Scope) -> str:
    means = _known(scope, "posts_per_day_mean")
    if not means:
        return scope.say(words.MANY_UNKNOWN)
    low, high = _extremes(scope, means)
    posts = sum(one.value or 0 for one in _known(scope, "posts"))
    total = scope.count(posts, nouns.POSTS)
    return scope.say(
        words.MANY_PUBLISHED, **_known_of_all(scope, means), posts=total, low=low, high=high
    )


def _many_answers(scope: Scope) -> str:
    rates = _known(scope, "reply_rate")
    if not rates:
        return scope.say(words.MANY_NOT_ANSWERED)
    low, high = _extremes(scope, rates)
    n = sum(rate.n for rate in rates)
    return scope.say(
        words.MANY_ANSWERED,
        **_known_of_all(scope, rates),
        k=number(sum(round((rate.value or 0) * rate.n) for rate in rates), scope.language),
        n=number(n, scope.language),
        comments=nouns.OF_COMMENTS.after(n, scope.language),
        low=low,
        high=high,
    )


def _known(scope: Scope, key: str) -> list[Result]:
    found = scope.findings.found[key]
    return [one for one in found if one.value is not None]


def _extremes(scope: Scope, results: Sequence[Result]) -> tuple[str, str]:
    ordered = sorted(results, key=lambda one: one.value or 0)
    low, high = scope.value(ordered[0]), scope.value(ordered[-1])
    return (bare(low), high) if ordered[0].unit == "share" else (low, high)


def _known_of_all(scope: Scope, known: Sequence[Result]) -> dict[str, str]:
    every = len(scope.every_page)
    return {
        "known": number(len(known), scope.language),
        "all": number(every, scope.language),
        "noun": nouns.OF_PAGES.after(every, scope.language),
    }
