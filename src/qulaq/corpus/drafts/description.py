"""
What an export looks like: its shape, its rows, and of each column what its cells read as.

The shares are measured with the very rules that import cells, so that what is said here comes true there.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import duckdb

from qulaq.corpus import cells
from qulaq.corpus.cells import Habits
from qulaq.corpus.drafts.clocks import MOSTLY, Written, find_moments, may_be_moments
from qulaq.corpus.drafts.sampling import MOST_ROWS, Sample, draw_sample, share_read
from qulaq.engine import connect
from qulaq.exports import SEPARATORS, Export
from qulaq.lang import Phrase, phrase, phrases
from qulaq.sheets import read_xlsx

Kind = Literal["moment", "count", "truth", "link", "id", "handle", "text", "list", "empty"]

KINDS: dict[Kind, Phrase] = {
    "moment": phrase("moment"),
    "count": phrase("count"),
    "truth": phrase("yes or no"),
    "link": phrase("link"),
    "id": phrase("id"),
    "handle": phrase("account name"),
    "text": phrase("free text"),
    "list": phrase("list"),
    "empty": phrase("empty"),
}

_MEASURED = 1_000  # cells of a column, evenly spread, that are read by the rules
_ABSENT = frozenset(
    ("NA", "N/A", "n/a", "#N/A", "NaN", "nan", "NULL", "null", "None", "none", "nil", "\\N", "-", "—", "–", "undefined",
     "нет данных", "нет", "дерек жоқ", "жоқ")
)  # fmt: skip
# No and none are one word in Russian and Kazakh: where it answers yes, it is not absent.
_NO_AND_NONE = frozenset(("нет", "жоқ"))
_BELOW_ZERO = "-1"
_LINK = re.compile(r"(?:https?://|www\.)\S+|(?:[\w-]+\.)+[a-z]{2,}/\S*", re.IGNORECASE)
_HANDLE = re.compile(r"@?(?=[\w.-]*[A-Za-z])[A-Za-z0-9_][\w.-]{1,63}(?:@[\w.-]+)?")
_ID = re.compile(r"[\w:.~+=/@#-]{1,160}")
_NUMBER = re.compile(r"[-−+]?[\d\s.,'’\u00a0\u202f]+")
_PLAIN = re.compile(r"[0-9]{1,11}")
_PAIR = re.compile(r"\d+_\d+")
_REPEATED = 10  # times from which words are rather a kind than names of accounts
_FEW = 3  # rows from which counting on is no chance
_PEEK, _BEGINNING = 1 << 16, 10  # letters and rows that show where a heading stands
_LONG = 9  # digits from which a number is rather an id
_LONGEST_NAME = 300  # questions of surveys stand in headings too


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenColumn:
    """
    A column and what its cells read as; no cell itself.

    `filled` and `distinct` count the rows looked at; marks of absence are not filled. `fits` are shares of
    filled cells, by kind. `named` is false where no mapping can name the column.
    """

    name: str
    place: int
    kind: Kind
    named: bool = True
    filled: int = 0
    distinct: int = 0
    fits: dict[str, float] = field(default_factory=dict)
    writing: str = ""  # of moments, as YYYY-MM-DD hh:mm
    zoned: bool = False
    formats: tuple[str, ...] = ()  # that must be told, of which only one is meant
    marks: tuple[str, ...] = ()
    running: bool = False  # 1, 2, 3 … in the order of the file
    pairs: bool = False  # page_post
    listed: bool = False  # in some records of JSON a list, which no mapping reads

    @property
    def unique(self) -> bool:
        return bool(self.filled) and self.filled == self.distinct


@dataclass(frozen=True, kw_only=True)
class Description:
    """
    What an export looks like. `headless` says that the first row is no heading but data, or a title above it.
    """

    shape: str
    encoding: str
    separator: str
    sample: Sample = field(repr=False)
    columns: tuple[SeenColumn, ...]
    headless: bool = False

    @cached_property
    def moments(self) -> tuple[SeenColumn, ...]:
        return tuple(column for column in self.columns if column.kind == "moment")

    @property
    def says(self) -> Phrase:
        """
        All of it in one sentence.
        """
        head = phrases(
            "{shape} with {n} column",
            "{shape} with {n} columns",
            n=len(self.columns),
            shape=SHAPES[self.shape],
        )
        if self.headless:
            return phrase(
                "It looks like {head}; its first row is rather data or a title than a heading.",
                head=head,
            )
        if not self.moments:
            return phrase("It looks like {head}, none of which holds moments.", head=head)
        first = self.moments[0]
        return phrase(
            "It looks like {head}; {column} looks like moments ({writing}).",
            head=head,
            column=first.name,
            writing=told_writing(first),
        )


SHAPES = {"csv": "CSV", "xlsx": "XLSX", "json": "JSON", "jsonl": "JSON lines"}


def told_writing(column: SeenColumn) -> Phrase:
    """
    How moments are written, and whether with their zone.
    """
    if len(column.formats) > 1:
        return phrase("day and month in an order that cannot be told")
    if column.zoned:
        return phrase("{writing}, with its zone", writing=column.writing)
    return phrase("{writing}, without a zone", writing=column.writing)


def describe(export: Export, *, most: int = MOST_ROWS) -> Description:
    """
    Look at the first *most* rows of an export. Raises UnreadableExport where it is damaged.
    """
    sample = draw_sample(export, most=most)
    with connect() as connection:
        columns = tuple(_see(sample, place, connection) for place in range(len(sample.names)))
        headless = export.shape in ("csv", "xlsx") and (
            _is_titled(export) or _is_headless(sample.names, connection)
        )
    return Description(
        shape=export.shape,
        encoding=_find_encoding(export),
        separator=export.separator if export.shape == "csv" else "",
        sample=sample,
        columns=columns,
        headless=headless,
    )


def is_unique_together(sample: Sample, first: SeenColumn, second: SeenColumn) -> bool:
    """
    Whether two columns together tell every row from the others.
    """
    both = [(row[first.place], row[second.place]) for row in sample.rows]
    return all(map(all, both)) and len(set(both)) == len(both)


# ── one column ───────────────────────────────────────────────────────────────────────────────────


def _see(sample: Sample, place: int, connection: duckdb.DuckDBPyConnection) -> SeenColumn:
    called = sample.names[place]
    named = bool(called) and called.casefold() not in map(str.casefold, sample.names[:place])
    is_list = called in sample.lists
    filled = [cell for cell in sample.cells(place) if cell]
    if is_list and not filled:
        return SeenColumn(name=called, place=place, kind="list", named=named)
    marks = _find_marks(filled)
    filled = [cell for cell in filled if cell not in marks]
    if not filled:
        return SeenColumn(name=called, place=place, kind="empty", named=named, marks=marks)
    some = filled[:: -(-len(filled) // _MEASURED)]
    fits = _find_fits(some, connection)
    written = find_moments(some, connection) if may_be_moments(some) else Written()
    fits["moment"] = written.share
    distinct = len(set(filled))
    return SeenColumn(
        name=called,
        place=place,
        kind=_choose_kind(some, fits, written),
        named=named,
        filled=len(filled),
        distinct=distinct,
        fits=fits,
        writing=written.writing,
        zoned=written.zoned,
        formats=written.formats,
        marks=marks,
        running=_is_running(filled),
        pairs=_share(some, _PAIR) == 1,
        listed=is_list,
    )


def _find_marks(filled: Sequence[str]) -> tuple[str, ...]:
    """
    Marks of absence among cells; -1 is one where nothing else is below zero.
    """
    seen = Counter(cell for cell in filled if cell in _ABSENT or cell == _BELOW_ZERO)
    others = [cell for cell in filled if cell not in seen]
    if all(cell in cells.YES or cell in cells.NO for cell in map(str.lower, others)) and others:
        seen = Counter({mark: n for mark, n in seen.items() if mark not in _NO_AND_NONE})
    if _BELOW_ZERO in seen and (
        not others or any(cell[0] in "-−" for cell in others) or _share(others, _NUMBER) < MOSTLY
    ):
        del seen[_BELOW_ZERO]
    return tuple(seen)


def _find_fits(some: Sequence[str], connection: duckdb.DuckDBPyConnection) -> dict[str, float]:
    truths = sum(cell.lower() in cells.YES + cells.NO for cell in some)
    return {
        "link": _share(some, _LINK),
        "handle": _share(some, _HANDLE),
        "id": _share(some, _ID),
        "count": _share_of_counts(some, connection),
        "truth": truths / len(some),
    }


def _share_of_counts(some: Sequence[str], connection: duckdb.DuckDBPyConnection) -> float:
    """
    Only what is not plainly digits is asked of the rule.
    """
    odd = [cell for cell in some if not _PLAIN.fullmatch(cell)]
    share = 0.0
    if _share(odd, _NUMBER):
        share = share_read(cells.count("cell", "cell", Habits()), odd, connection)
    return (len(some) - len(odd) + share * len(odd)) / len(some)


def _choose_kind(some: Sequence[str], fits: dict[str, float], written: Written) -> Kind:
    """
    What a column is by its cells alone, the most telling first.
    """
    digits = _share(some, _NUMBER) >= MOSTLY
    long = digits and sum(len(cell) >= _LONG for cell in some) >= len(some) / 2
    chosen: tuple[tuple[Kind, bool], ...] = (
        ("moment", fits["moment"] >= MOSTLY and not written.unix),
        ("link", fits["link"] >= MOSTLY),
        ("truth", fits["truth"] == 1 and not digits),
        ("count", fits["count"] >= MOSTLY and not long),
        ("id", fits["id"] >= MOSTLY and (digits or not _reads_as_words(some))),
        ("handle", fits["handle"] >= MOSTLY and len(set(some)) > len(some) / _REPEATED),
    )
    return next((kind for kind, fit in chosen if fit), "text")


def _reads_as_words(some: Sequence[str]) -> bool:
    """
    Whether most cells are words without digits, as names of accounts are and ids are not.
    """
    return sum(not any(map(str.isdigit, cell)) for cell in some) > len(some) / 2


def _is_running(filled: Sequence[str]) -> bool:
    """
    Whether cells count on by one, from row to row.
    """
    if len(filled) < _FEW or not re.fullmatch(rf"[0-9]{{1,{_LONG}}}", filled[0]):
        return False
    first = int(filled[0])
    return all(cell == str(first + place) for place, cell in enumerate(filled))


def _share(some: Sequence[str], pattern: re.Pattern[str]) -> float:
    return sum(bool(pattern.fullmatch(cell)) for cell in some) / len(some) if some else 0.0


# ── the file ─────────────────────────────────────────────────────────────────────────────────────


def _is_headless(names: Sequence[str], connection: duckdb.DuckDBPyConnection) -> bool:
    """
    Whether a heading holds a moment, a link or a whole text, or mostly numbers.
    """
    told = [one for one in names if one]
    numbers = sum(bool(_NUMBER.fullmatch(one)) for one in told)
    is_moment: Callable[[str], bool] = lambda one: (  # noqa: E731
        may_be_moments([one]) and find_moments([one], connection).share == 1
    )
    return (
        any(_LINK.fullmatch(one) or len(one) > _LONGEST_NAME for one in told)
        or (len(told) > 1 and numbers > len(told) / 2)
        or any(map(is_moment, told))
    )


def _is_titled(export: Export) -> bool:
    """
    Whether one cell stands alone in the first row, above rows of which most have several.
    """
    if export.shape == "xlsx":
        return _stands_alone(read_xlsx(export.plain, first=_BEGINNING))
    with export.plain.open(encoding="utf-8-sig", newline="") as text:
        head = text.read(_PEEK).splitlines(keepends=True)[:_BEGINNING]
    with suppress(csv.Error):
        return any(_stands_alone(csv.reader(head, delimiter=one)) for one in SEPARATORS)
    return False


def _stands_alone(rows: Iterable[Sequence[str]]) -> bool:
    filled = [n for row in rows if (n := sum(map(bool, map(str.strip, row))))]
    return filled[:1] == [1] and sum(n > 1 for n in filled) > len(filled) / 2


def _find_encoding(export: Export) -> str:
    """
    The encoding in which the file came; empty where there is none to speak of, or it was packed.
    """
    if export.shape == "xlsx":
        return ""
    with export.file.open("rb") as stream:
        start = stream.read(3)
    if start[:2] == b"\x1f\x8b":
        return ""
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "UTF-16"
    if start == b"\xef\xbb\xbf" or export.plain == export.file:
        return "UTF-8"
    with export.plain.open(encoding="utf-8") as text:
        head = text.read(1 << 16)
    # Windows-1251 has no Kazakh letters; with them it was its Kazakh sister.
    return "KZ-1048" if re.search("[ҚқҢңҒғҮүҰұҺһӘәӨө]", head) else "Windows-1251"
