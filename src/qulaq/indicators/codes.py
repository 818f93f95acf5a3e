"""
What indicators read out of codes: of each unit whether it does something, and how far coders agree on just that.

A reading may rest on several categories, or leave some apart; so agreement is measured on the reading itself, not on the
categories that it is made of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from math import isnan, nan
from typing import Literal, TypeVar

import numpy as np
import pyarrow as pa

from qulaq.corpus.codes import Codes
from qulaq.stats.agreement import Scale, find_patterns, krippendorff_alpha

Kind = Literal["posts", "comments", "replies"]
Unit = TypeVar("Unit", bound=Hashable)
Marks = Mapping[str, frozenset[str]]
"""The codes of a unit in each variable in which it is coded."""

_MODELS = ("two_way_symmetric", "two_way_asymmetric", "public_information", "press_agentry")
_UNCLEAR = frozenset({"unclear"})
_SUBSTANTIVE = 3  # grade: gives what was wanted, reasons, or a dated promise
_FORMAL, _PARTIAL = 1, 2
_ONLY_THANKS = frozenset({"acknowledgement", "thanks", "regret"})


@dataclass(frozen=True, slots=True)
class Reading:
    """
    What is read of a unit: a number from its codes, None where it is not coded for it, NaN where its codes leave it open.
    """

    name: str
    kind: Kind
    read: Callable[[Marks, Codes], float | None]


def _told(variable: str, hit: Callable[[frozenset[str], Codes], float]) -> Callable[[Marks, Codes], float | None]:  # fmt: skip
    """
    A reading of one variable; "unclear" alone leaves it open.
    """

    def read(marks: Marks, codes: Codes) -> float | None:
        given = marks.get(variable)
        if given is None:
            return None
        return nan if given <= _UNCLEAR else float(hit(given, codes))

    return read


def _model(given: frozenset[str], codes: Codes) -> str:
    """
    The one model of a post that several fit: the most demanding.
    """
    groups = {codes.groups["pr_model"].get(code) for code in given}
    return next((one for one in _MODELS if one in groups), "")


def _publicity(marks: Marks, codes: Codes) -> float | None:
    """
    Whether a post that only tells is publicity rather than information; of others it is not asked.
    """
    given = marks.get("pr_model")
    model = _model(given, codes) if given else ""
    return float(model == "press_agentry") if model in _MODELS[2:] else None


def _share_of_loop(given: frozenset[str], codes: Codes) -> float:
    loop = {code for code, group in codes.groups["dialogic"].items() if group == "loop"}
    return len(given & loop) / len(loop) if loop else nan


def _is(variable: str, code: str) -> Callable[[Marks, Codes], float | None]:
    return _told(variable, lambda given, _: code in given)


def _act(hit: Callable[[frozenset[str]], bool]) -> Callable[[Marks, Codes], float | None]:
    """
    An act of a reply that gets no further: its grade must be known too.
    """

    def read(marks: Marks, _: Codes) -> float | None:
        acts, grades = marks.get("reply_acts"), marks.get("reply_grade")
        if acts is None or grades is None:
            return None
        if acts <= _UNCLEAR:
            return nan
        grade = max(map(int, grades))
        return float(_FORMAL <= grade <= _PARTIAL and hit(acts))

    return read


READINGS: tuple[Reading, ...] = (
    Reading("one_way", "posts", _told("pr_model", lambda given, codes: _model(given, codes) in _MODELS[2:])),
    Reading("two_way", "posts", _told("pr_model", lambda given, codes: _model(given, codes) in _MODELS[:2])),
    Reading("publicity", "posts", _publicity),
    Reading(
        "mention_only",
        "posts",
        _told("pr_model", lambda given, codes: "mention" in given and not _model(given, codes)),
    ),
    Reading("loop", "posts", _told("dialogic", _share_of_loop)),
    Reading("inviting", "posts", _is("invites", "yes")),
    Reading("question", "comments", _is("comment_kind", "question")),
    Reading("complaint", "comments", _is("comment_kind", "complaint")),
    Reading("praise", "comments", _is("comment_kind", "praise")),
    Reading(
        "answerable",
        "comments",
        _told("comment_kind", lambda given, codes: bool(given & codes.answerable["comment_kind"])),
    ),
    Reading(
        "substantive",
        "replies",
        _told("reply_grade", lambda given, _: max(map(int, given)) >= _SUBSTANTIVE),
    ),
    Reading("referral", "replies", _act(lambda acts: bool(acts & {"referral", "to_private"}))),
    Reading("deferral", "replies", _act(lambda acts: "deferral" in acts)),
    Reading("acknowledgement", "replies", _act(lambda acts: acts <= _ONLY_THANKS)),
    Reading("closed_loop", "replies", _told("reply_acts", lambda given, _: bool(given & {"action_done", "loop_closed"}))),
)  # fmt: skip


def of_kind(kind: Kind) -> tuple[Reading, ...]:
    return tuple(one for one in READINGS if one.kind == kind)


def read_codes(codes: Codes, kind: Kind) -> pa.Table:
    """
    A row for each coded unit of that kind: page_id, id, and a column for each reading, null where it was not coded for it
    and NaN where its codes leave it open.
    """
    readings = of_kind(kind)
    rows = codes.settled.to_pylist()
    marks = _marks(((row["page_id"], row["id"]), row) for row in rows)
    read = {unit: [one.read(given, codes) for one in readings] for unit, given in marks.items()}
    known = {unit: values for unit, values in read.items() if any(one is not None for one in values)}  # fmt: skip
    columns = list(zip(*known.values(), strict=True)) or [()] * len(readings)
    return pa.table(
        {
            "page_id": pa.array([page for page, _ in known], pa.string()),
            "id": pa.array([one for _, one in known], pa.string()),
            **{
                one.name: pa.array(column, pa.float64())
                for one, column in zip(readings, columns, strict=True)
            },
        }
    )


def _marks(rows: Iterable[tuple[Unit, Mapping[str, str]]]) -> dict[Unit, Marks]:
    gathered: dict[Unit, dict[str, frozenset[str]]] = defaultdict(dict)
    for unit, row in rows:
        told = gathered[unit]
        told[row["variable"]] = told.get(row["variable"], frozenset()) | {row["category"]}
    return dict(gathered)


# ── Agreement on a reading ───────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Alpha:
    """
    Krippendorff's alpha of a reading over the units that two coders and more judged; NaN where it is not defined.
    """

    value: float
    units: int


def measure_alphas(codes: Codes) -> Mapping[str, Alpha]:
    """
    The alpha of every reading, nominal, of shares by interval.
    """
    rows = codes.judged.to_pylist()
    marks = _marks((((row["page_id"], row["id"]), row["coder"]), row) for row in rows)
    return {one.name: _alpha(one, marks, codes) for one in READINGS}


def _alpha(
    reading: Reading, marks: Mapping[tuple[tuple[str, str], str], Marks], codes: Codes
) -> Alpha:
    told = {
        key: value
        for key, given in marks.items()
        if (value := reading.read(given, codes)) is not None and not isnan(value)
    }
    units = list(dict.fromkeys(unit for unit, _ in told))
    coders = list(dict.fromkeys(coder for _, coder in told))
    values = sorted(set(told.values()))
    if not values:
        return Alpha(nan, 0)
    matrix = np.full((len(coders), len(units)), -1, dtype=np.int64)
    places = {unit: n for n, unit in enumerate(units)}
    for (unit, coder), value in told.items():
        matrix[coders.index(coder), places[unit]] = values.index(value)
    patterns = find_patterns(matrix, len(values))
    scale = Scale(
        level="interval" if reading.name == "loop" else "nominal", values=np.array(values)
    )
    times = patterns.units[None, :].astype(float)
    paired = int(patterns.units[patterns.paired].sum())
    return Alpha(float(krippendorff_alpha(patterns, times, scale)[0]) if paired else nan, paired)


def columns_of(alphas: Mapping[str, Alpha], size: int) -> dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]]:  # fmt: skip
    """
    The alphas as columns of sums, the same in every row.
    """
    return {
        f"{what}_{name}": np.full(size, number)
        for name, alpha in alphas.items()
        for what, number in (("alpha", alpha.value), ("alpha_units", float(alpha.units)))
    }
