"""What is known of an export's format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """
    How one program writes answers down. Headings are told in small letters.

    `signs`: an export is of this format where all headings of one of these sets stand in it. `moments`, `ids`,
    `languages`: columns about the response, the best first; `in_utc` are moments without an offset that are in UTC. `technical`: columns that say nothing of the answers,
    and every one that begins with `technical_prefix`. `joints`: what stands between several choices in one cell, the
    likeliest first. `writes_codes`: a cell is rather the code of a choice than its label. `moment_first`: the first
    column is the moment, whatever its heading. `subheadings`: below the headings stands a second row of them. `has_sure_ids`: the program gives the ids, not a person.
    """

    key: str
    title: str
    signs: tuple[frozenset[str], ...] = ()
    moments: Sequence[str] = ()
    ids: Sequence[str] = ()
    languages: Sequence[str] = ()
    in_utc: frozenset[str] = frozenset()
    technical: frozenset[str] = frozenset()
    technical_prefix: str | None = None
    joints: Sequence[str] = ()
    writes_codes: bool = False
    moment_first: bool = False
    subheadings: bool = False
    has_sure_ids: bool = True
