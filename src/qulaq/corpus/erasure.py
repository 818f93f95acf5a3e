"""
Erasing a person, or one comment, for good: from every batch, and by a hashed stop list from later ones.

The log says that something was erased and how many rows, never whom.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from qulaq.corpus.ids import Pseudonyms, open_pseudonyms, without_handles_sql
from qulaq.corpus.schema import SIGHTINGS
from qulaq.engine import among, connect, quote
from qulaq.errors import StoreError
from qulaq.lang import phrase
from qulaq.store import Store, Writer, put
from qulaq.study import Study

_HASH = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class StopList:
    """
    Hashes of authors, handles and comment ids that must not come back.
    """

    hashes: frozenset[str]

    def holds(self, hashed: str) -> str:
        """
        The SQL of whether a hash is among them.
        """
        return among(hashed, sorted(self.hashes))

    def without(self, pseudonyms: Pseudonyms) -> str:
        """
        The SQL of `text` and `mentions` in which these people are not named any more.
        """
        hashes = _listed(self.hashes)
        kept = f"nullif(list_filter(mentions, lambda one: NOT list_contains({hashes}, one)), [])"
        return f"{kept} AS mentions, {without_handles_sql('text', pseudonyms, hashes)} AS text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """
    How many stored rows went, and in how many others a mention of the person was taken out.
    """

    rows: int
    mentions: int


def read_stop_list(store: Store) -> StopList:
    file = _stop_file(store)
    lines = (
        file.read_bytes().decode("ascii", errors="replace").splitlines() if file.exists() else []
    )
    if not all(_HASH.fullmatch(line) for line in lines):
        raise StoreError(
            where=str(file),
            found=phrase("the list of what was erased is damaged."),
            remedy=phrase(
                "Restore the file from a copy; without it erased records could come back."
            ),
        )
    return StopList(frozenset(lines))


def erase(
    study: Study,
    *,
    author: str | None = None,
    handle: str | None = None,
    comment: str | None = None,
    now: datetime,
) -> Erased:
    """
    Erase all comments by that author id or handle, or the one comment, whatever its page.

    Running it again is harmless; what a kill left undone is done then.
    """
    store = Store(study.corpus)
    with store.writing() as writer:
        pseudonyms = open_pseudonyms(store, writer)
        person = {pseudonyms.of(one) for one in (author, handle) if one}
        comments = {pseudonyms.of(comment)} if comment else set()
        stops = read_stop_list(store).hashes | person | comments
        # First the stop list: from now on no import can bring the records back.
        writer.write(_stop_file(store), "\n".join(sorted(stops)) + "\n")
        files = store.files("comments").values()
        # While it is still known which comments are theirs.
        _erase_sightings(store, [_gone(one, person, comments, pseudonyms) for one in files], writer)
        counts = [_erase_in(file, person, comments, pseudonyms, writer) for file in files]
        erased = Erased(
            rows=sum(rows for rows, _ in counts), mentions=sum(told for _, told in counts)
        )
        _log(store, writer, erased, now)
    return erased


def _stop_file(store: Store) -> Path:
    return store.folder / "stop-list.txt"


def _erase_in(
    file: Path, person: set[str], comments: set[str], pseudonyms: Pseudonyms, writer: Writer
) -> tuple[int, int]:
    """
    Rewrite one batch without the rows; the one exception to "batches are never rewritten".
    """
    source = f"read_parquet({quote(str(file))})"
    gone = _theirs(person, comments, pseudonyms)
    told = f"list_has_any(coalesce(mentions, []), {_listed(person)})"
    with connect() as connection:
        rows, mentions = connection.sql(
            f"SELECT count(*) FILTER ({gone}), count(*) FILTER (NOT {gone} AND {told}) FROM {source}"
        ).fetchall()[0]
        if rows or mentions:
            ready = writer.aside / file.name
            connection.execute(
                f"COPY (SELECT * REPLACE ({StopList(frozenset(person)).without(pseudonyms)}) FROM {source} WHERE NOT {gone}) "
                f"TO {quote(str(ready))} (FORMAT parquet)"
            )
            writer.forget_derived()  # before: a kill in between leaves nothing of theirs behind
            put(ready, file)
    return rows, mentions


def _theirs(person: set[str], comments: set[str], pseudonyms: Pseudonyms) -> str:
    who, which = _listed(person), _listed(comments)
    return (
        f"(list_contains({who}, coalesce(author, '')) OR list_contains({who}, coalesce(author_handle, '')) "
        f"OR list_contains({which}, {pseudonyms.sql('comment_id')}))"
    )


def _gone(file: Path, person: set[str], comments: set[str], pseudonyms: Pseudonyms) -> str:
    source = f"read_parquet({quote(str(file))})"
    return f"SELECT page_id, comment_id FROM {source} WHERE {_theirs(person, comments, pseudonyms)}"


def _erase_sightings(store: Store, gone: Sequence[str], writer: Writer) -> None:
    """
    Rewrite the lists of comments seen again without those of these queries.
    """
    for file in store.files(SIGHTINGS.name).values():
        source = f"read_parquet({quote(str(file))})"
        theirs = f"({' UNION ALL '.join(gone)}) USING (page_id, comment_id)"
        with connect() as connection:
            if connection.sql(f"SELECT 1 FROM {source} SEMI JOIN {theirs} LIMIT 1").fetchall():
                ready = writer.aside / f"{SIGHTINGS.name}-{file.name}"
                connection.execute(
                    f"COPY (SELECT * FROM {source} ANTI JOIN {theirs}) TO {quote(str(ready))} (FORMAT parquet)"
                )
                put(ready, file)


def _listed(hashes: Iterable[str]) -> str:
    return f"CAST([{', '.join(map(quote, sorted(hashes)))}] AS VARCHAR[])"


def _log(store: Store, writer: Writer, erased: Erased, now: datetime) -> None:
    file = store.erasures
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    entry = {
        "erased_at": now.isoformat(timespec="seconds"),
        "rows": erased.rows,
        "mentions": erased.mentions,
    }
    writer.write(file, before + json.dumps(entry) + "\n")
