"""
Whether published percentages follow from the counts beside them, and from which number of respondents.

A count n and a percentage p of d decimals fit a base b where p is 100 n / b rounded half up to d decimals; some
cut the digits off instead. All is reckoned in whole numbers, so no figure is lost to a binary fraction. The idea
is that of granularity tests: Brown and Heathers 2017, "The GRIM Test", Social Psychological and Personality
Science 8(4), 363-369.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qulaq.survey.published import Published, PublishedQuestion

_FEWEST = 1
_LARGEST = 10_000
"""Where nothing tells how many respondents there may have been: a count of none fits all bases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditedFigure:
    """
    A published pair and the bases that give it, ascending: by rounding half up, and by cutting off.

    A base is never less than the count. What rounds to zero fits all bases from some number on; they are listed as
    far as another figure of the file allows.
    """

    published: Published
    bases: tuple[int, ...]
    bases_cut: tuple[int, ...]

    def fits(self, base: int) -> bool:
        return base in self.bases

    def fits_somehow(self, base: int) -> bool:
        return base in self.bases or base in self.bases_cut


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditedQuestion:
    """
    A question: its figures, the sum of their counts, and the base that fits most of them.

    Of several bases that fit as many, rounded or cut, the one from which the percentages stray least in sum;
    None where no figure has a count and a percentage above zero. Counts may sum to more than the base where
    several answers could be chosen, and to less where answers were not printed.
    """

    question: PublishedQuestion
    figures: tuple[AuditedFigure, ...]
    base: int | None

    @property
    def sum(self) -> int:
        return sum(one.published.n for one in self.figures)

    @property
    def fitted(self) -> int:
        """
        How many figures the base gives by rounding half up.
        """
        return sum(self.base is not None and one.fits(self.base) for one in self.figures)


def audit(
    questions: Iterable[PublishedQuestion], *, most: int | None = None
) -> tuple[AuditedQuestion, ...]:
    """
    Find the bases of every figure; none is larger than *most*, the number of respondents, where that is known.
    """
    asked = tuple(questions)
    largest = most or _largest_base(one for question in asked for one in question.figures)
    return tuple(_audit_question(one, largest) for one in asked)


def _largest_base(figures: Iterable[Published]) -> int:
    bounds = [_bound(one) for one in figures if one.units]
    return max(bounds, default=_LARGEST)


def _audit_question(question: PublishedQuestion, most: int) -> AuditedQuestion:
    figures = tuple(_audit_figure(one, most) for one in question.figures)
    return AuditedQuestion(question=question, figures=figures, base=_find_base(figures, most))


def _audit_figure(figure: Published, most: int) -> AuditedFigure:
    candidates = _candidates(figure, most)
    return AuditedFigure(
        published=figure,
        bases=tuple(b for b in candidates if _half_up(figure, b) == figure.units),
        bases_cut=tuple(b for b in candidates if _cut(figure, b) == figure.units),
    )


def _candidates(figure: Published, most: int) -> range:
    """
    The bases from which the percentage is at most one unit of its last digit away.
    """
    least = max(figure.n, _FEWEST, _scaled(figure) // (figure.units + 1))
    largest = min(most, _bound(figure)) if figure.units else most
    return range(least, largest + 1)


def _bound(figure: Published) -> int:
    """
    The largest base from which a percentage above zero may come: half a unit less rounds up to it.
    """
    return 2 * _scaled(figure) // (2 * figure.units - 1)


def _scaled(figure: Published) -> int:
    return 100 * int(10**figure.decimals) * figure.n


def _half_up(figure: Published, base: int) -> int:
    return (2 * _scaled(figure) + base) // (2 * base)


def _cut(figure: Published, base: int) -> int:
    return _scaled(figure) // base


def _find_base(figures: Sequence[AuditedFigure], most: int) -> int | None:
    telling = [one for one in figures if one.published.n and one.published.units]
    largest_n = max((one.published.n for one in figures), default=0)
    bases = {
        base for one in telling for base in _candidates(one.published, most) if base >= largest_n
    }
    return min(bases, key=lambda base: _misfit(telling, base), default=None)


def _misfit(figures: Sequence[AuditedFigure], base: int) -> tuple[int, float, int]:
    unfitted = sum(not one.fits_somehow(base) for one in figures)
    astray = sum(
        abs(_scaled(one.published) / base - one.published.units) / 10**one.published.decimals
        for one in figures
    )
    return unfitted, astray, base
