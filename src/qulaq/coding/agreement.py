"""
How far coders agree, variable by variable: every usual coefficient, each with a bootstrap interval or a reason in words.

A variable in which a coder gave some unit several codes is measured category by category: given or not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from qulaq.coding.judgements import Judgement
from qulaq.errors import Misused
from qulaq.lang import Phrase, phrase
from qulaq.stats.agreement import (
    Level,
    Patterns,
    Scale,
    cohen_kappa,
    cross_tables,
    find_patterns,
    fleiss_kappa,
    gwet,
    krippendorff_alpha,
    percent_agreement,
    resample,
)
from qulaq.stats.ragged import FloatArray, IntArray

BOOTSTRAPS = 1_000
SEED = 20_110_125
_ENDS = (2.5, 97.5)
_PAIR = 2

ONE_CATEGORY = phrase("only one category was used")
NO_PAIR = phrase("no unit was coded by two coders")
NOT_TWO = phrase("it is defined for two coders; there are {n}")
ONE_CODER = phrase("there is only one coder")


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """
    One coefficient of one variable. `value`, and `low` and `high` (95 %, percentiles of a bootstrap over units), are None
    where it is not defined; then `reason` says why. Samples in which it is not defined are left out of the interval.

    `category`: of this category against all others. `pair`: of these two coders. `units` are those that two coders and
    more coded.
    """

    variable: str
    coefficient: str
    level: Level
    value: float | None
    low: float | None
    high: float | None
    units: int
    coders: int
    reason: Phrase | None = None
    category: str = ""
    pair: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """
    A variable as a matrix of coders × units, with the categories in their order.
    """

    variable: str
    coders: tuple[str, ...]
    categories: tuple[str, ...]
    codes: IntArray
    scale: Scale


def measure_agreement(
    judgements: Iterable[Judgement],
    *,
    level: Level | Mapping[str, Level] = "nominal",
    several: Collection[str] = (),
    bootstraps: int = BOOTSTRAPS,
) -> tuple[Agreement, ...]:
    """
    All coefficients of all variables, the whole before its categories and pairs of coders. *level* is one for all, or
    that of each variable; *several* are the variables that take several codes, even if nobody gave them.

    Raises Misused where a level other than nominal meets codes that are no numbers, or several codes by one coder.
    """
    by_variable: dict[str, list[Judgement]] = defaultdict(list)
    for one in judgements:
        by_variable[one.variable].append(one)
    found: list[Agreement] = []
    for variable, told in by_variable.items():
        of_it = level if isinstance(level, str) else level[variable]
        if variable in several or _gives_several(told):
            found += _measure_categories(variable, told, of_it, bootstraps)
        else:
            found += _measure_variable(variable, told, of_it, bootstraps)
    return tuple(found)


def _measure_categories(
    variable: str, told: Sequence[Judgement], level: Level, bootstraps: int
) -> Iterator[Agreement]:
    if level != "nominal":
        raise Misused(
            where=variable,
            found=phrase("some coder gave a unit several codes, which have no order."),
            remedy=phrase("Measure such a variable with --level nominal."),
        )
    for category in sorted({one.code for one in told}):
        for one in _coefficients(_given_or_not(variable, told, category), bootstraps):
            yield replace(one, category=category)


def _measure_variable(
    variable: str, told: Sequence[Judgement], level: Level, bootstraps: int
) -> Iterator[Agreement]:
    categories = _ordered({one.code for one in told}, level, variable)
    coded = _as_matrix(variable, told, categories, level)
    yield from _coefficients(coded, bootstraps)
    if level == "nominal" and len(categories) > _PAIR:
        yield from _by_category(coded, bootstraps)
    if len(coded.coders) > _PAIR:
        yield from _by_pair(coded, bootstraps)


def _ordered(codes: Iterable[str], level: Level, variable: str) -> tuple[str, ...]:
    if level == "nominal":
        return tuple(sorted(codes))
    try:
        return tuple(sorted(codes, key=_as_number))
    except ValueError:
        raise Misused(
            where=variable,
            found=phrase("some codes are no numbers, so they have no order here."),
            remedy=phrase("Write them as numbers, or measure with --level nominal."),
        ) from None


def _as_number(code: str) -> float:
    return float(code.replace(",", "."))


def _gives_several(told: Iterable[Judgement]) -> bool:
    seen: set[tuple[str, str]] = set()
    for one in told:
        if (one.coder, one.unit) in seen:
            return True
        seen.add((one.coder, one.unit))
    return False


def _as_matrix(
    variable: str, told: Sequence[Judgement], categories: tuple[str, ...], level: Level
) -> Coded:
    coders, units = _places(one.coder for one in told), _places(one.unit for one in told)
    place = _places(categories)
    codes = np.full((len(coders), len(units)), -1, dtype=np.int64)
    for one in told:
        codes[coders[one.coder], units[one.unit]] = place[one.code]
    ranks = [float(n) for n in range(len(categories))]
    values = ranks if level == "nominal" else [_as_number(one) for one in categories]
    scale = Scale(level=level, values=np.array(values))
    return Coded(
        variable=variable, coders=tuple(coders), categories=categories, codes=codes, scale=scale
    )


def _given_or_not(variable: str, told: Sequence[Judgement], category: str) -> Coded:
    """
    Whether each coder gave that category to each unit that they coded.
    """
    coders, units = _places(one.coder for one in told), _places(one.unit for one in told)
    codes = np.full((len(coders), len(units)), -1, dtype=np.int64)
    for one in told:
        cell = coders[one.coder], units[one.unit]
        codes[cell] = max(codes[cell], int(one.code == category))
    return Coded(
        variable=variable,
        coders=tuple(coders),
        categories=("", category),
        codes=codes,
        scale=Scale(level="nominal", values=np.arange(2.0)),
    )


def _places(names: Iterable[str]) -> dict[str, int]:
    return {name: place for place, name in enumerate(dict.fromkeys(names))}


# ── Coefficients ─────────────────────────────────────────────────────────────────────────────────


def _coefficients(coded: Coded, bootstraps: int) -> Iterator[Agreement]:
    patterns = find_patterns(coded.codes, len(coded.categories))
    scale = coded.scale
    ac = "gwet_ac1" if scale.level == "nominal" else "gwet_ac2"
    measured: Mapping[str, Callable[[FloatArray], FloatArray]] = {
        "percent_agreement": lambda times: percent_agreement(patterns, times),
        "krippendorff_alpha": lambda times: krippendorff_alpha(patterns, times, scale),
        ac: lambda times: gwet(patterns, times, scale),
        "fleiss_kappa": lambda times: fleiss_kappa(patterns, times),
    }
    yield from _bootstrapped(coded, patterns, measured, bootstraps)
    yield _cohen(coded, bootstraps)
    yield _scott(coded, patterns, bootstraps)


def _bootstrapped(
    coded: Coded,
    patterns: Patterns,
    measured: Mapping[str, Callable[[FloatArray], FloatArray]],
    bootstraps: int,
) -> Iterator[Agreement]:
    values = {
        name: float(measure(patterns.units[None, :].astype(float))[0])
        for name, measure in measured.items()
    }
    samples: dict[str, list[FloatArray]] = {name: [] for name in measured}
    for times in resample(patterns.units, times=bootstraps, seed=SEED):
        for name, measure in measured.items():
            samples[name].append(measure(times))
    for name, value in values.items():
        yield _agreement(coded, patterns, name, value, np.concatenate(samples[name]))


def _agreement(
    coded: Coded, patterns: Patterns, name: str, value: float, samples: FloatArray
) -> Agreement:
    known = samples[~np.isnan(samples)]
    defined = not np.isnan(value)
    low, high = np.percentile(known, _ENDS) if defined and known.size else (None, None)
    # A share of pairs and Fleiss's and Scott's kappa hang on no order of the codes.
    plain = name in {"percent_agreement", "fleiss_kappa", "scott_pi", "cohen_kappa"}
    return Agreement(
        variable=coded.variable,
        coefficient=name,
        level="nominal" if plain else coded.scale.level,
        value=value if defined else None,
        low=None if low is None else float(low),
        high=None if high is None else float(high),
        units=int(patterns.units[patterns.paired].sum()),
        coders=len(coded.coders),
        reason=None if defined else _why(coded, patterns),
    )


def _why(coded: Coded, patterns: Patterns) -> Phrase:
    if len(coded.coders) < _PAIR:
        return ONE_CODER
    return ONE_CATEGORY if patterns.paired.any() else NO_PAIR


def _scott(coded: Coded, patterns: Patterns, bootstraps: int) -> Agreement:
    """
    Scott's pi, on the units that both coded.
    """
    if len(coded.coders) != _PAIR:
        return _not_two(coded, patterns, "scott_pi")
    both = (coded.codes >= 0).all(axis=0)
    if not both.any():
        return _agreement(coded, patterns, "scott_pi", np.nan, np.array([]))
    paired = find_patterns(coded.codes[:, both], len(coded.categories))
    measured = {"scott_pi": lambda times: fleiss_kappa(paired, times)}
    (found,) = _bootstrapped(coded, paired, measured, bootstraps)
    return found


def _cohen(coded: Coded, bootstraps: int) -> Agreement:
    """
    Cohen's kappa of two coders. Of more see the pairs.
    """
    patterns = find_patterns(coded.codes, len(coded.categories))
    if len(coded.coders) != _PAIR:
        return _not_two(coded, patterns, "cohen_kappa")
    ((_, _, table),) = cross_tables(coded.codes, len(coded.categories))
    return _cohen_of(coded, table, bootstraps)


def _cohen_of(coded: Coded, table: FloatArray, bootstraps: int) -> Agreement:
    cells = table.ravel().astype(np.int64)
    units = Patterns(counts=np.full((1, 1), float(_PAIR)), units=np.array([cells.sum()]))
    if not cells.sum():
        return _agreement(
            coded, replace(units, counts=np.ones((1, 1))), "cohen_kappa", np.nan, np.array([])
        )
    samples = [
        cohen_kappa(times.reshape(-1, *table.shape))
        for times in resample(cells, times=bootstraps, seed=SEED)
    ]
    value = float(cohen_kappa(table))
    return _agreement(coded, units, "cohen_kappa", value, np.concatenate(samples))


def _not_two(coded: Coded, patterns: Patterns, name: str) -> Agreement:
    found = _agreement(coded, patterns, name, np.nan, np.array([]))
    return replace(found, reason=Phrase(NOT_TWO.template, values={"n": len(coded.coders)}))


def _by_category(coded: Coded, bootstraps: int) -> Iterator[Agreement]:
    """
    Each category against all others: where coders fall apart.
    """
    for place, category in enumerate(coded.categories):
        codes = np.where(coded.codes < 0, -1, (coded.codes == place).astype(np.int64))
        two = replace(
            coded,
            codes=codes,
            categories=("", category),
            scale=Scale(level="nominal", values=np.arange(2.0)),
        )
        patterns = find_patterns(codes, 2)
        measured = {
            "krippendorff_alpha": lambda times, p=patterns, s=two.scale: krippendorff_alpha(
                p, times, s
            )
        }
        (found,) = _bootstrapped(two, patterns, measured, bootstraps)
        yield replace(found, category=category)


def _by_pair(coded: Coded, bootstraps: int) -> Iterator[Agreement]:
    for first, second, table in cross_tables(coded.codes, len(coded.categories)):
        found = _cohen_of(coded, table, bootstraps)
        pair = (coded.coders[first], coded.coders[second])
        yield replace(found, pair=pair, coders=_PAIR)
