"""What became of the rows of an import: the balance, the list of rejected rows, remarks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from qulaq.corpus.captures import has_fresh
from qulaq.corpus.importers import listed
from qulaq.corpus.issues import SEPARATOR, Balance, PageBalance, Reject
from qulaq.corpus.runs import Run
from qulaq.corpus.schema import HELP_SHEET, Table
from qulaq.corpus.staging import ROWS_PER_SHEET, Staged
from qulaq.engine import arrow, paths
from qulaq.lang import Phrase, phrase, phrases
from qulaq.sheets import other_sheets, write_csv_file


def make_balance(run: Run, staged: dict[Table, list[Staged]]) -> Balance:
    counted: dict[str | None, PageBalance] = {}
    for table, sheets in staged.items():
        for balance in (*_counts(run, table), _broken_count(run, sheets)):
            before = counted.get(balance.page, PageBalance(page=balance.page))
            counted[balance.page] = before + balance
    pages = [balance for balance in counted.values() if balance.read]
    pages.sort(key=lambda one: (one.page is None, one.page or ""))
    rejects = [reject for table in staged for reject in _rejects(run, table, staged[table])]
    return Balance(
        file=run.export.file,
        format=run.importer.key,
        pages=tuple(pages),
        rejects=tuple(sorted(rejects, key=lambda one: (one.file, one.line))),
        rejects_file=_rejects_file(run) if rejects else None,
        notes=tuple(_notes(run, staged)),
    )


def _counts(run: Run, table: Table) -> list[PageBalance]:
    rows = arrow(
        run.connection,
        f"SELECT page_id, 'kept' AS what, count(*) AS n FROM fresh_{table.name} GROUP BY page_id "
        f"UNION ALL SELECT page_id, 'unchanged', count(*) FROM fresh_{table.name} "
        f"SEMI JOIN unchanged_{table.name} USING (row) GROUP BY page_id "
        f"UNION ALL SELECT page_id, 'rejected', count(*) FROM left_{table.name} GROUP BY page_id",
    ).to_pylist()
    return [_count(row["page_id"], row["what"], row["n"]) for row in rows]


def _count(page: str | None, what: str, n: int) -> PageBalance:
    if what == "unchanged":  # counted as kept already
        return PageBalance(page=page, unchanged=n, kept=-n)
    return PageBalance(page=page, read=n, **{what: n})


def _broken_count(run: Run, sheets: Sequence[Staged]) -> PageBalance:
    n = sum(len(staged.broken) for staged in sheets)
    return PageBalance(page=run.forced.id if run.forced else None, read=n, rejected=n)


def _rejects(run: Run, table: Table, sheets: Sequence[Staged]) -> Iterable[Reject]:
    in_folder = run.export.shape == "folder"
    wrong = arrow(
        run.connection, f"SELECT row, page_id, problem FROM left_{table.name} ORDER BY row"
    )
    for batch in wrong.to_batches():
        for row in batch.to_pylist():
            code, column, found = (*row["problem"].split(SEPARATOR), "", "")[:3]
            sheet, place_in_sheet = divmod(row["row"], ROWS_PER_SHEET)
            place = sheets[sheet].place(place_in_sheet)
            yield Reject(
                line=place.line,
                file=place.file if in_folder else "",
                page=row["page_id"],
                problem=code,
                column=column,
                found=found,
            )
    page = run.forced.id if run.forced else None
    for staged in sheets:
        for broken in staged.broken:
            yield Reject(
                line=broken.line,
                file=broken.file if in_folder else "",
                page=page,
                problem=broken.problem,
                found=broken.found,
            )


def _notes(run: Run, staged: dict[Table, list[Staged]]) -> Iterable[Phrase]:
    if run.export.lost_letters:
        yield phrase(
            "“?” stands inside words: Kazakh letters were lost when the file was saved. Save it again as "
            "CSV UTF-8."
        )
    if run.export.left:
        yield phrases(
            "{n} file of the folder is no JSON and was left.",
            "{n} files of the folder are no JSON and were left.",
            n=len(run.export.left),
        )
    others = other_sheets(run.export.plain) if run.export.shape == "xlsx" else []
    if unread := [title for title in others if title != HELP_SHEET]:
        yield phrase(
            "only the first sheet was read, not: {names}. Save each as a file of its own.",
            names=", ".join(unread),
        )
    unused = dict.fromkeys(
        name for sheets in staged.values() for one in sheets for name in one.sheet.unused
    )
    if unused:
        yield phrase("columns that were not used: {names}.", names=listed(tuple(unused)))
    unknown = sum(_comments_of_unknown_posts(run) for table in staged if table.name == "comments")
    if unknown:
        yield phrases(
            "{n} comment belongs to a post that is not in the corpus; it is kept.",
            "{n} comments belong to posts that are not in the corpus; they are kept.",
            n=unknown,
        )
    if run.connection.sql(
        "SELECT 1 FROM fresh_captures WHERE captured_at < covers_until LIMIT 1"
    ).fetchall():
        yield phrase(
            "the file holds records younger than the moment at which it is said to have been captured; "
            "check --captured and the dates."
        )
    inferred = run.connection.sql(
        "SELECT count(*) FROM fresh_captures WHERE captured_at IS NULL"
    ).fetchall()
    if inferred[0][0]:
        yield phrase(
            "the file does not say when it was captured, so its newest record stands for it; "
            "give --captured if you know."
        )


def _comments_of_unknown_posts(run: Run) -> int:
    stored = run.store.files("posts")
    known = (
        [f"SELECT page_id, post_id FROM read_parquet({paths(stored.values())})"] if stored else []
    )
    if has_fresh(run, "posts"):
        known.append("SELECT page_id, post_id FROM fresh_posts")
    unknown = f"ANTI JOIN ({' UNION ALL '.join(known)}) USING (page_id, post_id)" if known else ""
    query = f"SELECT count(*) FROM (SELECT page_id, post_id FROM fresh_comments WHERE post_id IS NOT NULL) {unknown}"
    return int(run.connection.sql(query).fetchall()[0][0])


def _rejects_file(run: Run) -> Path:
    return run.store.folder / "rejects" / f"{run.export.file.stem}-{run.export.sha256[:8]}.csv"


def write_rejects(run: Run, balance: Balance) -> None:
    language = run.order.language
    heading = ("file", "line", "page", "reason", "remedy")
    name = balance.file.name
    rows = (
        (one.file or name, one.line, one.page or "", *one.told(language)) for one in balance.rejects
    )
    aside = run.writer.aside / "rejects.csv"
    write_csv_file([heading, *rows], aside)
    _rejects_file(run).parent.mkdir(exist_ok=True)
    aside.replace(_rejects_file(run))
