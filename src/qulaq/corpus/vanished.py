"""
Comments that were there and are not any more: found at intake, for what is unchanged is not stored.

A comment that a complete capture of its place does not hold gets a new row: what was stored of it last,
with `gone_between` the last moment at which it is known to have been there and the moment at which it
was missed. Why so, and when not: docs/decisions/0005-what-disappears.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from qulaq.corpus.runs import Run
from qulaq.corpus.schema import CAPTURES, COMMENTS, SIGHTINGS, Table
from qulaq.corpus.staging import Staged, gather
from qulaq.engine import arrow, name, paths, write_parquet
from qulaq.errors import Misused
from qulaq.lang import Phrase, phrase, phrases

_KNOWLEDGE = ("knows_authors", "knows_parents", "exact_counts", "knows_told")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vanished:
    """
    What an import tells of comments that are not there any more.

    `n` were marked, and their rows are in `file`; `late` were not, as a capture that is not older was taken
    in before. `captures` are those of the import, and more where what is known of a comment is not what
    this capture can know.
    """

    captures: pa.Table
    file: Path | None = None
    n: int = 0
    late: int = 0
    undated: bool = False
    unreadable: bool = False

    @property
    def notes(self) -> Iterable[Phrase]:
        if self.n:
            yield phrases(
                "{n} comment seen earlier is no longer there; it is kept and marked as gone.",
                "{n} comments seen earlier are no longer there; they are kept and marked as gone.",
                n=self.n,
            )
        if self.late:
            yield phrases(
                "{n} comment known already is not in the file; it is not marked as gone, since a capture of that moment or a later one was added before. Add captures in the order of their moments.",
                "{n} comments known already are not in the file; they are not marked as gone, since a capture of that moment or a later one was added before. Add captures in the order of their moments.",
                n=self.late,
            )
        if self.undated:
            yield phrase(
                "what disappeared cannot be told: nothing says when the file was captured; give --captured."
            )
        if self.unreadable:
            yield phrase(
                "what disappeared cannot be told: some rows have no id or could not be read."
            )


# ── complete or not ──────────────────────────────────────────────────────────────────────────────


Completeness = dict[str | None, bool | None]
"""Whether all that a post showed is there, by post; that of None is the page."""


def complete_posts(run: Run, table: Table, staged: Sequence[Staged]) -> list[Completeness]:
    """
    For each sheet whether it holds all that its places showed: as the command says it, else the file.

    Where a row has no id or could not be read, what is held is not complete, whatever was said. Raises
    Misused where the command says complete and the file that there is more.
    """
    said = [_said_by_file(one) for one in staged]
    told = run.order.complete
    if table is not COMMENTS or not (told is not None or any(map(_any_complete, said))):
        return said
    newest: Completeness = {}
    for sheet in said:
        newest.update(sheet)
    if told and False in newest.values():
        raise Misused(
            where=str(run.export.file),
            found=phrase("--complete was given, but the file itself says that there is more."),
            remedy=phrase(
                "Fetch the rest and keep all of it in one file, or leave --complete out."
            ),
        )
    apart = _all_are_told_apart(run, staged)
    return [
        {post: (one if told is None else told) and apart for post, one in sheet.items()}
        for sheet in said
    ]


def _said_by_file(one: Staged) -> Completeness:
    extents = one.sheet.extents
    return {post: extent.complete for post, extent in extents.items()} if extents else {None: None}


def _any_complete(said: Completeness) -> bool:
    return any(said.values())


def _all_are_told_apart(run: Run, staged: Sequence[Staged]) -> bool:
    """
    Whether no row of the file may be any comment: without an id ("~…" is ours), or unreadable.
    """
    rounded = "starts_with(problem, 'id_rounded')"
    queries = (
        f"SELECT 1 FROM left_comments WHERE key IS NULL OR starts_with(key, '~') OR {rounded} LIMIT 1",
        "SELECT 1 FROM fresh_comments WHERE starts_with(key, '~') LIMIT 1",
    )
    return not any(one.broken for one in staged) and not any(
        run.connection.sql(query).fetchall() for query in queries
    )


# ── what is missing ──────────────────────────────────────────────────────────────────────────────


def find_vanished(
    run: Run, captures: pa.Table, staged: Mapping[Table, Sequence[Staged]]
) -> Vanished:
    """
    Add to the view `fresh_comments` a row for each comment that was stored and has vanished.

    `novelty.compare` must have been run, and the rows of the file have been counted.
    """
    if COMMENTS not in staged:
        return Vanished(captures=captures)
    dated, undated = _count_looks(run)
    claims = run.order.complete or any(
        _any_complete(_said_by_file(one)) for one in staged[COMMENTS]
    )
    file, n, late = None, 0, 0
    if dated:
        _make_missed(run)
        _make_gone(run)
        captures = pa.concat_tables([captures, _more_captures(run)])
        n, late = _count_gone(run)
        file = _add_rows(run, staged[COMMENTS]) if n else None
    return Vanished(
        captures=captures,
        file=file,
        n=n,
        late=late,
        undated=bool(run.order.complete and undated),
        unreadable=bool(claims) and not _all_are_told_apart(run, staged[COMMENTS]),
    )


def _count_looks(run: Run) -> tuple[int, int]:
    """
    Make the table `looks`, complete captures of known moment; how many captures are in it, and how many
    complete ones are not, for want of a moment.
    """
    run.connection.execute(
        "CREATE TEMP TABLE looks AS "
        "SELECT page_id, post_id, captured_at AS moment, min(covers_from) AS covers_from, "
        "min(capture_id) AS capture_id FROM fresh_captures "
        "WHERE looked_at = 'comments' AND complete AND captured_at IS NOT NULL GROUP BY ALL"
    )
    undated = "looked_at = 'comments' AND complete AND captured_at IS NULL"
    (counts,) = run.connection.sql(
        f"SELECT (SELECT count(*) FROM looks), count(*) FILTER ({undated}) FROM fresh_captures"
    ).fetchall()
    return int(counts[0]), int(counts[1])


def _make_missed(run: Run) -> None:
    """
    The table `missed`: comments whose newest sighting, in the store or in the file, is before a look that
    should show them, with the first such look (`missed`, `missed_by`).

    A row that was rejected was there all the same. What has no id of its own cannot be missed.
    """
    run.connection.execute(f"CREATE TEMP VIEW earlier_captures AS {_earlier_captures(run)}")
    newest = (
        f"SELECT * FROM ({_sightings(run)}) WHERE page_id IN (SELECT page_id FROM looks) QUALIFY "
        "row_number() OVER (PARTITION BY page_id, comment_id ORDER BY moment DESC, batch DESC, row DESC) = 1"
    )
    run.connection.execute(
        f"CREATE TEMP TABLE missed AS WITH newest AS ({newest}), there AS ("
        "SELECT * FROM newest WHERE NOT gone AND NOT starts_with(comment_id, '~') "
        "AND comment_id NOT IN (SELECT key FROM left_comments WHERE key IS NOT NULL)) "
        "SELECT c.*, k.moment AS missed, k.capture_id AS missed_by "
        f"FROM ({_covered('looks', 'there')}) WHERE k.moment > c.moment "
        "QUALIFY row_number() OVER (PARTITION BY c.page_id, c.comment_id ORDER BY k.moment, k.capture_id) = 1"
    )


def _earlier_captures(run: Run) -> str:
    stored = run.store.files(CAPTURES.name)
    source = f"read_parquet({paths(stored.values())})" if stored else "fresh_captures LIMIT 0"
    return (
        "SELECT *, coalesce(captured_at, captured_lower) AS moment "
        f"FROM (SELECT * FROM {source}) WHERE looked_at = 'comments'"
    )


def _sightings(run: Run) -> str:
    """
    Every row that tells of a comment, with the capture that it comes from.
    """
    columns = "r.page_id, r.comment_id, r.post_id, r.published_at, r.capture_id"
    knowledge = ", ".join(f"c.{one}" for one in _KNOWLEDGE)
    capture = f"coalesce(c.captured_at, c.captured_lower) AS moment, c.batch, {knowledge}"
    fresh = (
        f"SELECT {columns}, false AS gone, r.row, {capture} "
        "FROM fresh_comments r JOIN fresh_captures c USING (page_id, capture_id)"
    )
    stored = run.store.files(COMMENTS.name)
    if not stored:
        return fresh
    return (
        f"{fresh} UNION ALL SELECT {columns}, r.gone_between IS NOT NULL, r.file_row_number, {capture} "
        f"FROM read_parquet({paths(stored.values())}, file_row_number = true) r "
        "JOIN earlier_captures c USING (page_id, capture_id)"
    )


def _covered(captures: str, comments: str) -> str:
    """
    Pairs (k, c) of a capture and a comment that it should show if it is there: one of its post, or, of
    the whole page, one not older than the oldest that it shows.
    """
    pairs = f"SELECT k, c FROM {captures} k JOIN {comments} c ON k.page_id = c.page_id"
    time = "c.published_at < k.moment"
    return (
        f"{pairs} AND k.post_id = c.post_id AND {time} UNION ALL "
        f"{pairs} AND k.post_id IS NULL AND c.published_at >= k.covers_from AND {time}"
    )


def _make_gone(run: Run) -> None:
    """
    The table `gone`: those of `missed` with `late`, whether a capture that might have shown them at that
    moment or later is stored, `seen` and the `gone_by` of their new row.

    An earlier complete capture shows that they were there then if it was taken in when they were known
    and no later one was: it would have marked them. So does one that is known to have shown them. The same file of the same moment is no other capture.
    """
    known = ", ".join(f"m.{one}" for one in _KNOWLEDGE)
    same = " AND ".join(f"m.{one} IS NOT DISTINCT FROM f.{one}" for one in _KNOWLEDGE)
    run.connection.execute(
        f"CREATE TEMP TABLE gone AS WITH newest AS ({_newest_captures(run)}), judges AS ({_JUDGES}), "
        "held AS (SELECT c.page_id, c.comment_id, max(k.moment) AS moment "
        f"FROM ({_covered('judges', 'missed')} UNION ALL {_seen_again(run)}) WHERE k.batch > c.batch "
        "AND k.moment > c.moment AND k.moment < c.missed GROUP BY ALL) "
        "SELECT m.*, greatest(m.moment, h.moment) AS seen, "
        "coalesce(greatest(w.moment, p.moment) > m.missed, false) "
        "OR coalesce(greatest(w.of_others, p.of_others) >= m.missed, false) AS late, "
        f"CASE WHEN {same} THEN m.missed_by ELSE m.missed_by || '~' || "
        f"dense_rank() OVER (PARTITION BY m.missed_by ORDER BY {known}) END AS gone_by "
        "FROM missed m JOIN fresh_captures f ON f.capture_id = m.missed_by "
        "LEFT JOIN held h ON h.page_id = m.page_id AND h.comment_id = m.comment_id "
        "LEFT JOIN newest w ON w.page_id = m.page_id AND w.post_id IS NULL "
        "LEFT JOIN newest p ON p.page_id = m.page_id AND p.post_id = m.post_id"
    )


def _seen_again(run: Run) -> str:
    """
    Pairs (k, c) of a capture and a comment that it is known to have shown, unchanged.
    """
    stored = run.store.files(SIGHTINGS.name)
    if not stored:
        return "SELECT k, c FROM judges k JOIN missed c ON false"
    return (
        f"SELECT k, c FROM read_parquet({paths(stored.values())}) s "
        "JOIN earlier_captures k ON k.page_id = s.page_id AND k.capture_id = s.capture_id "
        "JOIN missed c ON c.page_id = s.page_id AND c.comment_id = s.comment_id"
    )


def _newest_captures(run: Run) -> str:
    own = [one.number for one in run.store.batches() if one.sha256 == run.export.sha256]
    others = f"FILTER (batch NOT IN ({', '.join(map(str, own))}))" if own else ""
    return (
        f"SELECT page_id, post_id, max(moment) AS moment, max(moment) {others} AS of_others "
        "FROM earlier_captures GROUP BY ALL"
    )


# Complete captures of known moment that were the newest of their place when they were taken in.
_JUDGES = (
    "SELECT k.* FROM earlier_captures k ANTI JOIN earlier_captures o ON o.page_id = k.page_id "
    "AND o.batch < k.batch AND o.moment >= k.moment "
    "AND (k.post_id IS NULL OR o.post_id IS NULL OR o.post_id = k.post_id) "
    "WHERE k.complete AND k.captured_at IS NOT NULL"
)


# ── what is stored of it ─────────────────────────────────────────────────────────────────────────


def _more_captures(run: Run) -> pa.Table:
    """
    Captures of the import with the knowledge under which a comment that is gone was read: to know less
    now does not make what was known of it unknown.
    """
    columns = ", ".join(
        f"g.{one}"
        if one in _KNOWLEDGE
        else "g.gone_by AS capture_id"
        if one == "capture_id"
        else f"f.{name(one)}"
        for one in CAPTURES.arrow.names
    )
    more = arrow(
        run.connection,
        f"SELECT DISTINCT {columns} FROM gone g JOIN fresh_captures f ON f.capture_id = g.missed_by "
        "WHERE NOT g.late AND g.gone_by <> g.missed_by ORDER BY capture_id",
    )
    return more.cast(CAPTURES.arrow)


def _count_gone(run: Run) -> tuple[int, int]:
    """
    How many are to be marked, and how many were missed too late.
    """
    (counts,) = run.connection.sql(
        "SELECT count(*) FILTER (NOT late), count(*) FILTER (late) FROM gone"
    ).fetchall()
    return int(counts[0]), int(counts[1])


def _add_rows(run: Run, staged: Sequence[Staged]) -> Path:
    """
    Write the rows of what is gone as one more staged file, behind all others.
    """
    columns = ", ".join(_marked(column) for column in COMMENTS.arrow.names)
    same = "r.page_id = g.page_id AND r.capture_id = g.capture_id"
    rows = f"SELECT {columns} FROM fresh_comments r JOIN gone g ON {same} AND r.row = g.row WHERE NOT late"
    if stored := run.store.files(COMMENTS.name):
        rows += (
            f" UNION ALL SELECT {columns} "
            f"FROM read_parquet({paths(stored.values())}, file_row_number = true) r "
            f"JOIN gone g ON {same} AND r.file_row_number = g.row WHERE NOT late"
        )
    file = run.writer.aside / "vanished.parquet"
    order = "page_id, gone_between.missed, published_at, comment_id"
    write_parquet(run.connection, f"FROM ({rows}) ORDER BY {order}", file)
    gather(COMMENTS, [*(one.file for one in staged), file], run.connection)
    return file


def _marked(column: str) -> str:
    values = {
        "gone_between": "{'seen': g.seen, 'missed': g.missed}",
        "capture_id": "g.gone_by",
    }
    return f"{values.get(column, f'r.{name(column)}')} AS {name(column)}"
