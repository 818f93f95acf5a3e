"""
What coders read of a unit: its text, and the post and the thread above it, nothing below.

Telephone numbers, addresses and the like are masked: nobody needs them to code.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from qulaq.coding.codebook import Unit
from qulaq.coding.units import add_asked
from qulaq.corpus.current import Corpus, Expression
from qulaq.text.masking import mask

Who = Literal["body", "citizen", "unknown"]
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """
    A post or a comment above the unit. `text` "" has no words that were captured.
    """

    who: Who
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """
    A unit to be read. `link` "": there is none, or it names a person.
    """

    unit: str
    page: str
    published_at: datetime
    text: str
    link: str
    above: tuple[Said, ...]


def find_contexts(corpus: Corpus, kind: Unit, units: Collection[str]) -> dict[str, Context]:
    """
    Those of these units that the corpus has; what was erased or never imported is not among them.
    """
    asked = add_asked(corpus, units)
    if kind == "post":
        return {row["unit"]: _context(row, ()) for row in _read(corpus, "posts", "post_id", asked)}
    rows = _read(corpus, "comments", "comment_id", asked)
    posts = _posts_above(corpus, rows)
    threads = _threads_of(corpus, rows)
    return {row["unit"]: _context(row, _above(row, posts, threads)) for row in rows}


def _read(corpus: Corpus, name: str, key: str, asked: Expression) -> list[Row]:
    rows = corpus.tables[name]
    held = rows.mutate(id=rows[key]).inner_join(asked, ["page_id", "id"])
    found: list[Row] = corpus.engine.run(corpus.with_texts(held, name)).to_pylist()
    return found


def _posts_above(corpus: Corpus, rows: Sequence[Row]) -> Mapping[tuple[str, str], Row]:
    keys = {f"{row['page_id']}/{row['post_id']}" for row in rows if row["post_id"] is not None}
    found = _read(corpus, "posts", "post_id", add_asked(corpus, keys))
    return {(row["page_id"], row["post_id"]): row for row in found}


def _threads_of(corpus: Corpus, rows: Sequence[Row]) -> Mapping[tuple[str, str], list[Row]]:
    """
    The comments of each thread in the order of time.
    """
    keys = {f"{row['page_id']}/{row['thread_id']}" for row in rows if row["thread_id"] is not None}
    threads: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in _read(corpus, "comments", "thread_id", add_asked(corpus, keys)):
        threads[row["page_id"], row["thread_id"]].append(row)
    for told in threads.values():
        told.sort(key=lambda row: (row["published_at"], row["comment_id"]))
    return threads


def _above(
    row: Row,
    posts: Mapping[tuple[str, str], Row],
    threads: Mapping[tuple[str, str], list[Row]],
) -> tuple[Said, ...]:
    post = posts.get((row["page_id"], row["post_id"]))
    said = [Said(who="body", text=_shown(post))] if post else []
    for one in threads.get((row["page_id"], row["thread_id"]), []):
        if one["comment_id"] == row["comment_id"] or one["published_at"] > row["published_at"]:
            continue
        said.append(Said(who=_who(one["by_page"]), text=_shown(one)))
    return tuple(said)


def _who(by_page: bool | None) -> Who:  # a column
    return "unknown" if by_page is None else "body" if by_page else "citizen"


def _shown(row: Row) -> str:
    return mask(row["text"] or "")


def _context(row: Row, above: tuple[Said, ...]) -> Context:
    return Context(
        unit=row["unit"],
        page=row["page_id"],
        published_at=row["published_at"],
        text=_shown(row),
        link=row["link"] or "",
        above=above,
    )
