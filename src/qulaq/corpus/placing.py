"""Which page of the study a row belongs to, as SQL over what the row calls it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from qulaq.corpus.cells import Habits, Layer, present, step
from qulaq.corpus.ids import normal, reference, reference_sql, references
from qulaq.corpus.issues import SEPARATOR
from qulaq.engine import name, quote
from qulaq.study import Page

ZONE, PROBLEM = step("zone", "page"), step("problem", "page")
_FOUND, _WALL_FOUND = step("found", "page"), step("found", "wall")


@dataclass(frozen=True, kw_only=True)
class Places:
    """
    The pages that rows of a sheet can belong to; `forced` is the page that the person named.

    Names are looked up without a join, which would not keep the order of the rows.
    """

    pages: Sequence[Page]
    forced: Page | None

    def know(self, called: Iterable[str]) -> bool:
        """
        Whether all that rows call their pages are names of pages of the study.
        """
        return all(reference(one) in self._meant for one in called)

    def hold(self, called: Iterable[str]) -> bool:
        """
        Whether all that rows call their pages are such names as they stand.
        """
        return all(one in self._meant for one in called)

    def layers(
        self,
        cells: Sequence[str],
        wall: str | None,
        habits: Habits,
        *,
        known: bool,
        plain: bool,
    ) -> Iterator[Layer]:
        """
        The layers that give a row `page_id`, the zone of its body and what is wrong with its page.

        *cells* are columns that name the page, the first that does wins; *wall* is the column of the page on
        which the row stands; *known* says that most rows are of pages of the study, *plain* that most name
        them so that nothing need be done to the name.
        """
        named = [*cells, *([wall] if wall else [])]
        quick = plain and self._are_plain(habits)
        yield {
            step("plain place", one): self._place(name(one), known=True) if quick else "NULL"
            for one in named
        }
        yield {step("text", one): _if_odd(one, present(name(one), habits)) for one in named}
        yield {
            step("reference", one): _if_odd(one, reference_sql(name(step("text", one))), name(one))
            for one in named
        }
        said = [step("reference", cell) for cell in cells]
        on = [step("reference", wall)] if wall else []
        yield {
            step("place", step("reference", one)): _if_odd(
                one,
                self._place(name(step("reference", one)), known=known),
                name(step("plain place", one)),
            )
            for one in named
        }
        zones = (self._of(self._zones, one) for one in said)
        yield {
            _FOUND: _first(self._of(self._meant.values(), one) for one in said),
            ZONE: quote(self.forced.time_zone) if self.forced else _first(zones),
            _WALL_FOUND: _first(self._of(self._meant.values(), one) for one in on),
        }
        called = _first(name(one) for one in said)
        borne = _first(f"CAST({name(step('place', one))} AS VARCHAR)" for one in said)
        yield self._outcome(called, borne, name(on[0]) if on else None)

    def _outcome(self, called: str, borne: str, wall: str | None) -> Layer:
        found, on = name(_FOUND), name(_WALL_FOUND)
        cases = [(f"{on} IS NOT NULL AND {found} IS NULL", _problem("visitor", "''"))]
        if self.forced:
            page = quote(self.forced.id)
            other = f"coalesce({found}, {on})"
            cases = [
                (f"{other} <> {page}", _problem("page_other", other)),
                *cases,
                (
                    f"{wall or 'NULL'} IS NOT NULL AND {found} IS NULL",
                    _problem("page_unknown", wall or "''"),
                ),
            ]
            return {"page_id": page, PROBLEM: _case(cases)}
        # What a row calls a page may be a person's id where visitors write too: then the wall is named.
        named = wall or called
        cases += [
            (f"{named} IS NULL", _problem("page_unnamed", "''")),
            (f"{borne} IS NOT NULL", _problem("page_ambiguous", named)),
            ("true", _problem("page_unknown", named)),
        ]
        return {"page_id": found, PROBLEM: f"CASE WHEN {found} IS NULL THEN {_case(cases)} END"}

    @cached_property
    def _meant(self) -> dict[str, str | None]:
        """
        What a row may call a page, the study's own id of it first; a name that several bear means none.
        """
        meant: dict[str, set[str]] = {}
        for page in self.pages:
            for called in references(page):
                meant.setdefault(called, set()).add(page.id)
        meant.update({normal(page.id): {page.id} for page in self.pages})
        return {called: min(ids) if len(ids) == 1 else None for called, ids in meant.items()}

    @property
    def _zones(self) -> Iterator[str | None]:
        zones = {page.id: page.time_zone for page in self.pages}
        return (zones[page] if page else None for page in self._meant.values())

    def _are_plain(self, habits: Habits) -> bool:
        """
        Whether a cell that is one of the names means that name: it is no address and no mark of absence.
        """
        return all(reference(one) == one and one not in habits.absent for one in self._meant)

    def _place(self, reference: str, *, known: bool) -> str:
        """
        The place of a name among all names, from 1. An enumeration finds it twenty times faster than a list,
        but takes its time over what it does not hold.
        """
        if known and self._meant:
            names = ", ".join(map(quote, self._meant))
            return f"1 + enum_code(try_cast({reference} AS ENUM({names})))"
        return f"list_position({_listed(self._meant)}, {reference})"

    def _of(self, values: Iterable[str | None], reference: str) -> str:
        return f"list_extract({_listed(values)}, CAST({name(step('place', reference))} AS BIGINT))"


def _if_odd(cell: str, value: str, otherwise: str = "NULL") -> str:
    return f"CASE WHEN {name(step('plain place', cell))} IS NULL THEN {value} ELSE {otherwise} END"


def _listed(texts: Iterable[str | None]) -> str:
    listed = ", ".join("NULL" if one is None else quote(one) for one in texts)
    return f"CAST([{listed}] AS VARCHAR[])"


def _first(texts: Iterable[str]) -> str:
    return f"coalesce({', '.join((*texts, 'NULL'))}, CAST(NULL AS VARCHAR))"


def _case(cases: Iterable[tuple[str, str]]) -> str:
    return (
        f"CASE {' '.join(f'WHEN {condition} THEN {problem}' for condition, problem in cases)} END"
    )


def _problem(code: str, found: str) -> str:
    return f"{quote(code + SEPARATOR + SEPARATOR)} || left({found}, 80)"
