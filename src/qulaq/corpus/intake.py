"""
The one road in: read, check, pseudonymise, store, balance.

A file goes through in two steps. First each sheet is typed in one DuckDB plan, in the order of the file,
authors already hashed (`staging`). Then rows are given to pages and checked (`placing`), compared with
what is stored (`novelty`), and written as one batch. Rows read = kept + unchanged + rejected, always.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from qulaq.corpus.erasure import read_stop_list
from qulaq.corpus.exports import Export, open_export
from qulaq.corpus.ids import Pseudonyms, open_pseudonyms
from qulaq.corpus.importers import IMPORTERS, Importer, recognise
from qulaq.corpus.importers.mapping import no_rows
from qulaq.corpus.importers.table import with_mapping
from qulaq.corpus.issues import SEPARATOR, Balance, PageBalance, Reject
from qulaq.corpus.novelty import find_unchanged
from qulaq.corpus.placing import ROWS_PER_SHEET, place, with_local_moments
from qulaq.corpus.schema import CAPTURES, RECORDS, Table
from qulaq.corpus.staging import Staged, stage
from qulaq.corpus.threads import find_roots
from qulaq.engine import arrow, connect, name, paths, quote
from qulaq.errors import Misused, UnreadableExport
from qulaq.lang import Language, Phrase, phrase, phrases
from qulaq.sheets import write_csv_file
from qulaq.store import Batch, Store, Writer
from qulaq.study import Knows, Page, Study

Progress = Callable[[Phrase], None]

_REJECTS_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """
    How the person who imports wants a file read; empty where the file or the study shall say.

    `captured` is the moment at which the export was made; `knows` are words of
    `qulaq.study.knowledge`; `language` is that of the list of rejected rows.
    """

    importer: str | None = None
    mapping: Path | None = None
    page: str | None = None
    captured: datetime | None = None
    knows: tuple[str, ...] = ()
    language: Language = "en"


def take_in(
    study: Study,
    file: Path,
    order: Order | None = None,
    *,
    now: datetime | None = None,
    progress: Progress = lambda _: None,
) -> Balance:
    """
    Import one export and say what became of its rows. *now* goes into the manifest, nowhere else.

    Raises UnreadableExport, UnknownExport or StoreError; nothing is stored then.
    """
    study.must_have_pages()
    order = order or Order()
    store = Store(study.corpus)
    with store.writing(
        waiting=lambda: progress(phrase("waiting for another import to finish"))
    ) as writer:
        progress(phrase("reading"))
        export = open_export(file, writer.aside)
        importer = _find_importer(export, order)
        with connect(spill=writer.aside / "spill") as connection:
            run = _Run(study, order, store, writer, export, importer, connection, progress)
            try:
                return run.take_in(now)
            except (
                duckdb.DataError,
                duckdb.ParserException,
                duckdb.InvalidInputException,
            ) as error:
                raise _unreadable(file, error) from error


def _unreadable(file: Path, error: duckdb.Error) -> UnreadableExport:
    return UnreadableExport(
        where=str(file),
        found=phrase("the file cannot be read ({error}).", error=str(error).splitlines()[0][:200]),
        remedy=phrase("Export it again, or save it as CSV in UTF-8."),
    )


def _find_importer(export: Export, order: Order) -> Importer:
    if order.mapping:
        return with_mapping(IMPORTERS.get("table"), order.mapping)
    return IMPORTERS.get(order.importer) if order.importer else recognise(export)


class _Run:
    """
    One import under way: what its steps share.
    """

    def __init__(
        self,
        study: Study,
        order: Order,
        store: Store,
        writer: Writer,
        export: Export,
        importer: Importer,
        connection: duckdb.DuckDBPyConnection,
        progress: Progress,
    ) -> None:
        self.study = study
        self.order = order
        self.store = store
        self.writer = writer
        self.export = export
        self.importer = importer
        self.connection = connection
        self.progress = progress
        self.number = writer.next_number
        self.forced = self._find_page()

    def take_in(self, now: datetime | None) -> Balance:
        pseudonyms = open_pseudonyms(self.store, self.writer)
        staged = self._stage(pseudonyms)
        self.progress(phrase("checking"))
        for table, sheets in staged.items():
            place(
                table,
                sheets,
                pages=self._pages(),
                forced=self.forced,
                stops=read_stop_list(self.store),
                pseudonyms=pseudonyms,
                connection=self.connection,
            )
        captures = self._make_captures(staged)
        self.progress(phrase("comparing with what is stored"))
        for table in staged:
            self._compare(table)
        balance = self._balance(staged)
        self.progress(phrase("storing"))
        self._store(staged, captures, balance, now)
        return balance

    # ── pages and knowledge ──────────────────────────────────────────────────────────────────────

    def _find_page(self) -> Page | None:
        if self.order.page is None:
            return None
        page = self.study.page(self.order.page)
        if self.importer.platform not in (None, page.platform):
            raise Misused(
                where=str(self.export.file),
                found=phrase(
                    "{key} holds pages of {platform}, but “{page}” is on {other}.",
                    key=self.importer.key,
                    platform=self.importer.platform,
                    page=page.id,
                    other=page.platform,
                ),
                remedy=phrase("Name another page, or another format with --as."),
            )
        return page

    def _pages(self) -> list[Page]:
        platform = self.importer.platform
        return [page for page in self.study.pages if platform in (None, page.platform)]

    def _knows(self, page: Page) -> tuple[Knows, str]:
        """
        What is known of a page from this file, and who said so.
        """
        if self.order.knows:
            return self.importer.knows.told(self.order.knows), "command"
        if page.knows:
            return self.importer.knows.told(page.knows), "study"
        return self.importer.knows, "format"

    # ── the steps ────────────────────────────────────────────────────────────────────────────────

    def _stage(self, pseudonyms: Pseudonyms) -> dict[Table, list[Staged]]:
        staged: dict[Table, list[Staged]] = {}
        for number, sheet in enumerate(self.importer.read(self.export, self.connection)):
            file = self.writer.aside / f"staged-{number:04}.parquet"
            one = stage(sheet, file, connection=self.connection, pseudonyms=pseudonyms)
            staged.setdefault(sheet.plan.table, []).append(one)
        rows = sum(
            self._count(one) + len(one.broken) for sheets in staged.values() for one in sheets
        )
        if not rows:
            raise no_rows(self.export)
        return staged

    def _count(self, staged: Staged) -> int:
        query = f"SELECT count(*) FROM read_parquet({quote(str(staged.file))})"
        return int(self.connection.sql(query).fetchall()[0][0])

    def _newest(self, staged: Iterable[Table]) -> datetime | None:
        """
        The newest moment in the file: where nothing says when it was captured, it was not before that.
        """
        newest = [self._newest_in(table) for table in staged]
        return max(filter(None, newest), default=None)

    def _newest_in(self, table: Table) -> datetime | None:
        moments = [column.name for column in table.content if column.kind == "moment"]
        largest = ", ".join(f"max({name(moment)})" for moment in moments)
        found = arrow(
            self.connection,
            f"SELECT greatest({largest}, NULL) AS newest FROM ({self._rows(table)}) JOIN placed_{table.name} USING (row) "
            f"WHERE placed_{table.name}.problem IS NULL OR starts_with(placed_{table.name}.problem, 'page_')",
        )
        newest: datetime | None = found["newest"][0].as_py()
        return newest

    def _rows(self, table: Table) -> str:
        """
        The staged rows of a table with their pages, moments in UTC.
        """
        placed = f"placed_{table.name}"
        with_page = (
            f"SELECT s.*, p.page_id, z.page_zone FROM staged_{table.name} s "
            f"JOIN (SELECT row, page_id FROM {placed}) p USING (row) LEFT JOIN page_zones z USING (page_id)"
        )
        zones = {page.id: page.time_zone for page in self._pages()}
        self.connection.register(
            "page_zones", pa.table({"page_id": list(zones), "page_zone": list(zones.values())})
        )
        return with_local_moments(table, with_page)

    def _make_captures(self, staged: dict[Table, list[Staged]]) -> pa.Table:
        """
        One capture for each page, sheet and moment of capture; also as the table `fresh_captures`.
        """
        lower = self._newest(staged)
        rows = [
            capture
            for table in staged
            for capture in self._captures_of(table, staged[table], lower)
        ]
        for number, capture in enumerate(rows):
            capture["capture_id"] = f"{self.number:06}-{number}"
        captures = pa.Table.from_pylist(
            [{one: capture[one] for one in CAPTURES.arrow.names} for capture in rows],
            CAPTURES.arrow,
        )
        sheets = pa.array([capture["sheet"] for capture in rows], pa.int64())
        stated = pa.array([capture["stated"] for capture in rows], pa.timestamp("us", "UTC"))
        self.connection.register(
            "fresh_captures",
            captures.append_column("sheet", sheets).append_column("stated", stated),
        )
        return captures

    def _captures_of(
        self, table: Table, sheets: Sequence[Staged], lower: datetime | None
    ) -> Iterable[dict[str, object]]:
        groups = arrow(
            self.connection,
            f"SELECT row // {ROWS_PER_SHEET} AS sheet, page_id, captured, {_the_post(table)} AS post_id "
            f"FROM ({self._rows(table)}) r JOIN (SELECT row, captured AS stated, problem AS wrong "
            f"FROM placed_{table.name}) p USING (row) WHERE wrong IS NULL "
            f"GROUP BY ALL ORDER BY ALL".replace("page_id, captured,", "page_id, stated,"),
        )
        for group in groups.to_pylist():
            sheet = sheets[group["sheet"]].sheet
            knows, told = self._knows(self.study.page(group["page_id"]))
            captured = group["stated"] or self.order.captured
            yield {
                "page_id": group["page_id"],
                "post_id": group["post_id"] if sheet.one_post else None,
                "looked_at": table.name,
                "captured_at": captured,
                "captured_lower": None if captured else lower,
                "covers_from": None,
                "covers_until": captured or lower,
                "complete": sheet.complete,
                "announced": sheet.announced,
                "knows_authors": knows.authors,
                "knows_parents": knows.parents,
                "exact_counts": knows.exact_counts,
                "knows_told": told,
                "format": self.importer.key,
                "batch": self.number,
                "sheet": group["sheet"],
                "stated": group["stated"],
            }

    def _compare(self, table: Table) -> None:
        knowledge = "concat_ws('/', c.knows_authors, c.knows_parents, c.exact_counts)"
        self.connection.execute(
            f"CREATE TEMP TABLE fresh_{table.name} AS "
            f"SELECT r.*, p.key, c.capture_id, coalesce(c.captured_at, c.captured_lower) AS seen, "
            f"{knowledge} AS knowledge "
            f"FROM ({self._rows(table)}) r "
            f"JOIN (SELECT row, key, captured AS stated FROM placed_{table.name} WHERE problem IS NULL) p USING (row) "
            f"JOIN fresh_captures c ON c.looked_at = {quote(table.name)} AND c.page_id = r.page_id "
            f"AND c.sheet = r.row // {ROWS_PER_SHEET} AND c.stated IS NOT DISTINCT FROM p.stated"
        )
        find_unchanged(
            table,
            stored=self.store.files(table.name),
            captures=self.store.files(CAPTURES.name),
            connection=self.connection,
        )

    # ── the balance ──────────────────────────────────────────────────────────────────────────────

    def _balance(self, staged: dict[Table, list[Staged]]) -> Balance:
        counted: dict[str | None, PageBalance] = {}
        for table, sheets in staged.items():
            for balance in (*self._counts(table), self._broken_count(sheets)):
                before = counted.get(balance.page, PageBalance(page=balance.page))
                counted[balance.page] = before + balance
        pages = [balance for balance in counted.values() if balance.read]
        pages.sort(key=lambda one: (one.page is None, one.page or ""))
        rejects = [reject for table in staged for reject in self._rejects(table, staged[table])]
        return Balance(
            file=self.export.file,
            format=self.importer.key,
            pages=tuple(pages),
            rejects=tuple(sorted(rejects, key=lambda one: one.line)),
            rejects_file=self._rejects_file if rejects else None,
            notes=tuple(self._notes(staged)),
        )

    @property
    def _rejects_file(self) -> Path:
        return (
            self.store.folder / "rejects" / f"{self.export.file.stem}-{self.export.sha256[:8]}.csv"
        )

    def _counts(self, table: Table) -> list[PageBalance]:
        rows = arrow(
            self.connection,
            f"SELECT page_id, count(*) AS read, count(problem) AS rejected, "
            f"count(u.row) AS unchanged FROM placed_{table.name} p LEFT JOIN unchanged_{table.name} u USING (row) "
            f"GROUP BY page_id",
        ).to_pylist()
        return [
            PageBalance(
                page=row["page_id"],
                read=row["read"],
                kept=row["read"] - row["rejected"] - row["unchanged"],
                unchanged=row["unchanged"],
                rejected=row["rejected"],
            )
            for row in rows
        ]

    def _broken_count(self, sheets: Sequence[Staged]) -> PageBalance:
        n = sum(len(staged.broken) for staged in sheets)
        return PageBalance(page=self.forced.id if self.forced else None, read=n, rejected=n)

    def _rejects(self, table: Table, sheets: Sequence[Staged]) -> Iterable[Reject]:
        wrong = arrow(
            self.connection,
            f"SELECT row, page_id, problem FROM placed_{table.name} WHERE problem IS NOT NULL ORDER BY row",
        )
        for batch in wrong.to_batches():
            for row in batch.to_pylist():
                code, column, found = (*row["problem"].split(SEPARATOR), "", "")[:3]
                sheet, place_in_sheet = divmod(row["row"], ROWS_PER_SHEET)
                line = sheets[sheet].line(place_in_sheet)
                yield Reject(
                    line=line, page=row["page_id"], problem=code, column=column, found=found
                )
        page = self.forced.id if self.forced else None
        for staged in sheets:
            for broken in staged.broken:
                yield Reject(
                    line=broken.line, page=page, problem=broken.problem, found=broken.found
                )

    def _notes(self, staged: dict[Table, list[Staged]]) -> Iterable[Phrase]:
        unknown = sum(
            self._comments_of_unknown_posts() for table in staged if table.name == "comments"
        )
        if unknown:
            yield phrases(
                "{n} comment belongs to a post that is not in the corpus; it is kept.",
                "{n} comments belong to posts that are not in the corpus; they are kept.",
                n=unknown,
            )
        inferred = self.connection.sql(
            "SELECT count(*) FROM fresh_captures WHERE captured_at IS NULL"
        ).fetchall()
        if inferred[0][0]:
            yield phrase(
                "the file does not say when it was captured, so its newest record stands for it; "
                "give --captured if you know."
            )

    def _comments_of_unknown_posts(self) -> int:
        stored = self.store.files("posts")
        known = (
            [f"SELECT page_id, post_id FROM read_parquet({paths(stored.values())})"]
            if stored
            else []
        )
        if self.connection.sql(
            "SELECT 1 FROM duckdb_tables() WHERE table_name = 'fresh_posts'"
        ).fetchall():
            known.append("SELECT page_id, post_id FROM fresh_posts")
        unknown = (
            f"ANTI JOIN ({' UNION ALL '.join(known)}) USING (page_id, post_id)" if known else ""
        )
        query = f"SELECT count(*) FROM (SELECT page_id, post_id FROM fresh_comments WHERE post_id IS NOT NULL) {unknown}"
        return int(self.connection.sql(query).fetchall()[0][0])

    # ── storing ──────────────────────────────────────────────────────────────────────────────────

    def _store(
        self,
        staged: dict[Table, list[Staged]],
        captures: pa.Table,
        balance: Balance,
        now: datetime | None,
    ) -> None:
        if balance.rejects_file:
            self._write_rejects(balance)
        ready = {table.name: self._write(table) for table in staged}
        rows = {table: n for table, (_, n) in ready.items() if n}
        kept_captures = self._captures_worth_keeping(captures)
        if not rows and not kept_captures.num_rows:
            return
        rows[CAPTURES.name] = kept_captures.num_rows
        files = {table: file for table, (file, n) in ready.items() if n}
        files[CAPTURES.name] = self._write_captures(kept_captures)
        self.writer.commit(self._batch(balance, rows, now), files)

    def _write(self, table: Table) -> tuple[Path, int]:
        """
        The new rows of a table as a Parquet file, in the order of the export.
        """
        if table.name == "comments":
            self._find_roots()
        file = self.writer.aside / f"{table.name}.parquet"
        columns = ", ".join(
            f"{_stored(column.name, column.kind)} AS {name(column.name)}"
            for column in table.columns
        )
        roots = "LEFT JOIN roots USING (page_id, comment_id)" if table.name == "comments" else ""
        self.connection.execute(
            f"COPY (SELECT {columns} FROM fresh_{table.name} {roots} "
            f"WHERE row NOT IN (SELECT row FROM unchanged_{table.name}) ORDER BY row) "
            f"TO {quote(str(file))} (FORMAT parquet, COMPRESSION zstd)"
        )
        query = f"SELECT count(*) FROM read_parquet({quote(str(file))})"
        return file, int(self.connection.sql(query).fetchall()[0][0])

    def _find_roots(self) -> None:
        stored = self.store.files("comments")
        above = "SELECT page_id, comment_id, thread_id AS above FROM read_parquet"
        find_roots(
            self.connection,
            fresh="SELECT page_id, comment_id, parent_id AS above FROM fresh_comments",
            stored=f"{above}({paths(stored.values())})"
            if stored
            else "SELECT NULL, NULL, NULL WHERE false",
        )

    def _captures_worth_keeping(self, captures: pa.Table) -> pa.Table:
        """
        Those that kept rows point to, and those that tell something of which no capture told yet.
        """
        stored = self.store.files(CAPTURES.name)
        self.connection.register("new_captures", captures)
        used = " UNION ALL ".join(
            f"SELECT capture_id FROM fresh_{table} WHERE row NOT IN (SELECT row FROM unchanged_{table})"
            for table in RECORDS
            if self._has_fresh(table)
        )
        known = "false"
        if stored:
            same = " AND ".join(
                f"s.{name(column)} IS NOT DISTINCT FROM n.{name(column)}"
                for column in CAPTURES.arrow.names
                if column not in {"capture_id", "batch"}
            )
            known = f"EXISTS (SELECT 1 FROM read_parquet({paths(stored.values())}) s WHERE {same})"
        return arrow(
            self.connection,
            f"SELECT * FROM new_captures n WHERE capture_id IN ({used}) OR NOT {known} ORDER BY capture_id",
        )

    def _has_fresh(self, table: str) -> bool:
        query = f"SELECT 1 FROM duckdb_tables() WHERE table_name = {quote('fresh_' + table)}"
        return bool(self.connection.sql(query).fetchall())

    def _write_captures(self, captures: pa.Table) -> Path:
        import pyarrow.parquet as pq

        file = self.writer.aside / "captures.parquet"
        pq.write_table(captures.cast(CAPTURES.arrow), file)
        return file

    def _batch(self, balance: Balance, rows: dict[str, int], now: datetime | None) -> Batch:
        order = self.order
        options = {
            "mapping": order.mapping.name if order.mapping else "",
            "page": order.page or "",
            "captured": order.captured.isoformat() if order.captured else "",
            "knows": " ".join(order.knows),
        }
        return Batch(
            number=self.number,
            file=self.export.file.name,
            sha256=self.export.sha256,
            format=self.importer.key,
            options={key: value for key, value in options.items() if value},
            read=balance.total("read"),
            kept=balance.total("kept"),
            unchanged=balance.total("unchanged"),
            rejected=balance.total("rejected"),
            rows=rows,
            taken_in=now.astimezone(UTC).isoformat(timespec="seconds") if now else "",
        )

    def _write_rejects(self, balance: Balance) -> None:
        language = self.order.language
        heading = ("line", "page", "reason", "remedy")
        rows = (
            (one.line, one.page or "", one.reason.to(language), one.remedy.to(language))
            for one in balance.rejects
        )
        aside = self.writer.aside / "rejects.csv"
        write_csv_file([heading, *rows], aside)
        self._rejects_file.parent.mkdir(exist_ok=True)
        aside.replace(self._rejects_file)


def _the_post(table: Table) -> str:
    return "any_value(post_id)" if table.name == "comments" else "NULL::VARCHAR"


def _stored(column: str, kind: str) -> str:
    if column == "thread_id":
        return "coalesce(roots.root, comment_id)"
    if kind == "span":
        return "CAST(NULL AS STRUCT(seen TIMESTAMPTZ, missed TIMESTAMPTZ))"
    return name(column)
