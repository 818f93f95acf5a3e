"""What every section needs: the findings, the language, and how names and numbers are written in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from qulaq.indicators import INDICATORS, Indicator, Result
from qulaq.lang import Language, Text
from qulaq.lang.formats import day, number, share, signed
from qulaq.reports import wording
from qulaq.reports.findings import Findings
from qulaq.reports.nouns import Noun, counted
from qulaq.study import Page, network_name

_TWO_STOPS = re.compile(r"(?<!\.)\.\.(?!\.)")


@dataclass(frozen=True, slots=True)
class Scope:
    """
    Findings, to be told in one language. `chosen`: the pages told of where it is not those of the report.
    """

    findings: Findings
    language: Language
    chosen: tuple[Page, ...] | None = None

    # ── words ────────────────────────────────────────────────────────────────────────────────────

    def say(self, text: Text, **values: object) -> str:
        """
        The text with its blanks filled. A dash never begins a line; an abbreviation ("2023 г.") at the
        end of a sentence takes no second full stop.
        """
        filled = text.to(self.language).format(**values).replace(" — ", "\u00a0— ")
        return _TWO_STOPS.sub(".", filled)

    def count(self, value: float, noun: Noun, *, digits: int = 0) -> str:
        return counted(value, noun, self.language, digits=digits)

    def join(self, words: Iterable[str]) -> str:
        """
        "a, b and c" as the language has it.
        """
        listed = list(words)
        if len(listed) < 2:  # noqa: PLR2004
            return "".join(listed)
        return self.say(wording.AND, first=", ".join(listed[:-1]), second=listed[-1])

    def list_pages(self, pages: Iterable[Page], *, most: int = 12) -> str:
        """
        The names of pages, the first of them where they are many.
        """
        listed = list(pages)
        names = [self.page_name(page) for page in listed[:most]]
        if len(listed) <= most:
            return "; ".join(names)
        more = self.say(wording.MORE, n=number(len(listed) - most, self.language))
        return "; ".join([*names, more])

    # ── pages ────────────────────────────────────────────────────────────────────────────────────

    @property
    def pages(self) -> tuple[Page, ...]:
        """
        Those told of, one by one.
        """
        return self.findings.told if self.chosen is None else self.chosen

    @property
    def every_page(self) -> tuple[Page, ...]:
        return self.findings.study.pages

    def body_name(self, page: Page) -> str:
        return self.findings.study.body(page.body).name.to(self.language)

    def network(self, page: Page) -> str:
        """
        The network's name, with the handle where the body has several pages on it.
        """
        name = network_name(page.platform)
        alike = [
            other
            for other in self.findings.study.pages_of(page.body)
            if other.platform == page.platform
        ]
        return f"{name} ({_tell_apart(page)})" if len(alike) > 1 else name

    def page_name(self, page: Page) -> str:
        return self.say(wording.PAGE_NAME, body=self.body_name(page), network=self.network(page))

    def result(self, key: str, page: Page) -> Result:
        return self.findings.result(key, page.id)

    def find(self, key: str, page: Page) -> Result | None:
        """
        The result if that indicator was computed.
        """
        return self.findings.result(key, page.id) if key in self.findings.found else None

    # ── numbers ──────────────────────────────────────────────────────────────────────────────────

    def value(self, result: Result) -> str:
        """
        The value as it is printed everywhere in the report; the result must have one.
        """
        return self.written(result, _must(result.value))

    def percent(self, value: float) -> str:
        """
        A whole percentage, as scales bear it: "50 %", "50%".
        """
        sign = share(1, self.language).lstrip("0123456789.,")
        return f"{number(100 * value, self.language)}{sign}"

    def bounds(self, result: Result) -> tuple[str, str] | None:
        """
        Both ends of the interval with the digits of the value; a share's sign stands behind the second.
        """
        if result.low is None or result.high is None:
            return None
        low, high = self.written(result, result.low), self.written(result, result.high)
        return (bare(low), high) if result.unit == "share" else (low, high)

    def interval(self, result: Result) -> str:
        """
        "2.9–3.1", "2.9 or more" of one without an upper end; empty where there is no interval.
        """
        if "open_interval" in result.notes and result.low is not None:
            return self.say(wording.OR_MORE, low=self.written(result, result.low))
        return "–".join(self.bounds(result) or ())

    def counted_result(self, result: Result, noun: Noun) -> str:
        """
        "35.0 likes": the value with its noun.
        """
        return self.count(_must(result.value), noun, digits=digits_of(result))

    def written(self, result: Result, value: float) -> str:
        if result.unit == "share":
            return share(value, self.language)
        if result.unit == "gap":
            return self.points(value)
        return with_minus(number(value, self.language, digits=digits_of(result)))

    def points(self, value: float) -> str:
        """
        A difference of shares with its sign: "+3.2", in percentage points.
        """
        return with_minus(signed(100 * value, self.language, digits=1))

    def of_interval(self, result: Result) -> str:
        """
        "95% interval 2.9–3.1"; empty where there is none.
        """
        bounds = self.bounds(result)
        return self.say(wording.INTERVAL, low=bounds[0], high=bounds[1]) if bounds else ""

    def days(self, first: date, last: date) -> str:
        if first == last:
            return day(first, self.language)
        return self.say(
            wording.WINDOW, first=day(first, self.language), last=day(last, self.language)
        )


def indicator(key: str) -> Indicator:
    return INDICATORS.get(key)


def digits_of(result: Result) -> int:
    """
    How many digits after the decimal sign: none for counts, one for means, two for small ones
    and for ratios.
    """
    value = abs(result.value if result.value is not None else (result.high or 0.0))
    if result.unit in ("ratio", "index"):
        return 2
    if result.unit != "per_1000_followers" and not result.indicator.endswith(
        ("_mean", "_median", "_hours")
    ):
        return 0
    if result.indicator.endswith("_median"):
        return 0 if value.is_integer() else 1
    if 0 < value < 1:
        return 2
    return 1 if value < 1_000 else 0  # noqa: PLR2004


def capitalize(text: str) -> str:
    """
    With a capital at the beginning, the rest as it is.
    """
    return text[:1].upper() + text[1:]


def decapitalize(text: str) -> str:
    """
    As it stands within a sentence.
    """
    return text[:1].lower() + text[1:]


def _tell_apart(page: Page) -> str:
    return f"@{page.handle}" if page.handle else (page.url or page.id)


def with_minus(written: str) -> str:
    """
    A minus sign where a hyphen stands for one.
    """
    return written.replace("-", "−")


def bare(percent: str) -> str:
    """
    A percentage without its sign, for the lower end of a range.
    """
    return percent.rstrip("%").rstrip("\u00a0")


def _must(value: float | None) -> float:
    if value is None:
        raise ValueError("a result without a value has no number to write")
    return value
