"""
The lines of a mapping as far as a file tells them, each with what a person should know about it.

Nothing of what cells hold goes into a line: names of columns and marks of absence only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from qulaq.corpus.drafts.candidates import PEOPLE, Candidate, Candidates, find_table
from qulaq.corpus.drafts.description import (
    KINDS,
    Description,
    SeenColumn,
    is_unique_together,
    told_writing,
)
from qulaq.corpus.drafts.headings import Meaning
from qulaq.corpus.drafts.lines import Draft, Line, listed, quoted
from qulaq.corpus.schema import RECORDS, Column
from qulaq.lang import Phrase, phrase

_NAMING = ("id", "handle", "link")
_MEASURED = ("moment", "count", "truth")
_FREE = ("text", "link", "kind")  # of which other cells are no mistake, but another column


def make_draft(described: Description, *, table: str | None = None) -> Draft:
    """
    What can be drafted of a file so described; *table* where a person says which its rows are.
    """
    guessed, told_by = find_table(described)
    candidates = Candidates(described=described, table=RECORDS[table or guessed])
    columns = tuple(_draft_columns(candidates))
    head = tuple(_draft_head(candidates, columns))
    used = {name for line in (*head, *columns) for name in line.columns}
    return Draft(
        table=candidates.table.name,
        told_by=() if table else told_by,
        head=head,
        columns=columns,
        left=tuple(one for one in described.columns if one.name not in used),
        knows=tuple(_find_unknown(candidates.table.name, columns)),
    )


# ── columns ──────────────────────────────────────────────────────────────────────────────────────


def _draft_columns(candidates: Candidates) -> Iterator[Line]:
    """
    A line for each column of the table that something speaks for. A column of the file is only for what it
    is likeliest.
    """
    taken: set[str] = set()
    lines: dict[str, Line] = {}
    content = [one for one in candidates.table.content if one.kind != "people"]
    for column in sorted(content, key=lambda one: _rank(candidates, one), reverse=True):
        if line := _draft_column(candidates, column, taken):
            lines[column.name] = line
            taken.update(line.columns)
    return (lines[column.name] for column in content if column.name in lines)


def _rank(candidates: Candidates, column: Column) -> tuple[object, ...]:
    best = next(iter(candidates.of(column.name)), None)
    return (True, best.rank) if best else (False,)


def _draft_column(candidates: Candidates, column: Column, taken: set[str]) -> Line | None:
    found = [one for one in candidates.of(column.name) if one.column.name not in taken]
    if column.name == "author":  # a person who is no number may still be a handle
        found = [one for one in found if one.fits or one.meaning.column != "person"]
    if column.needed:
        return _draft_moment(candidates, column, found, taken)
    if column.name == candidates.own_id:
        return _draft_id(candidates, column, found, taken)
    return _draft_found(column, found)


def _draft_found(column: Column, found: Sequence[Candidate]) -> Line | None:
    """
    The line of the likeliest column, in doubt where its heading says more or its cells say otherwise.
    """
    if not found or (not found[0].fits and column.name in _FREE):
        return None
    best = found[0]
    line = Line(key=column.name, value=quoted(best.column.name), columns=(best.column.name,))
    if column.name.endswith("_id") and best.column.kind == "link":
        return replace(
            line,
            value=f"{{ last_part = {line.value} }}",
            doubtful=True,
            remarks=(_END_OF_LINK,),
        )
    if not best.fits:
        return replace(line, doubtful=True, remarks=(_say_misfit(column, best.column),))
    if not best.meaning.sure:
        return replace(line, doubtful=True, remarks=(_say_left_words(best.meaning),))
    return replace(line, remarks=tuple(_say(column, found)))


_END_OF_LINK = phrase("the end of the link, where that is the id")


def _draft_moment(
    candidates: Candidates, column: Column, found: Sequence[Candidate], taken: set[str]
) -> Line | None:
    """
    The line without which nothing can be read: guessed, or to be filled in.
    """
    fitting = [one for one in found if one.fits and one.column.filled]
    if sure := [one for one in fitting if one.meaning.sure]:
        return _draft_found(column, sure)
    not_it = taken | {one.name for one in candidates.sure("captured")}
    moments = [one for one in candidates.described.moments if one.named and one.name not in not_it]
    if len(moments) == 1:
        name = moments[0].name
        only = Candidate(moments[0], Meaning(column.name, 0), fits=True)
        remarks = (phrase("the only column that holds moments"), *_say(column, [only]))
        return Line(key=column.name, value=quoted(name), columns=(name,), remarks=remarks)
    perhaps = [one.column.name for one in fitting] or [one.name for one in moments]
    perhaps = perhaps or [one.column.name for one in found if one.meaning.sure]
    wanted = phrase("fill in: the column that tells when")
    if perhaps:
        wanted = phrase(
            "fill in: the column that tells when; perhaps {names}", names=_named(perhaps)
        )
    return Line(key=column.name, remarks=(wanted,))


def _draft_id(
    candidates: Candidates, column: Column, found: Sequence[Candidate], taken: set[str]
) -> Line | None:
    """
    The line of what tells one record from another: one column, or two that only together do.
    """
    good = [one.column for one in found if one.fits and one.meaning.sure and one.column.filled]
    if not good:
        return _draft_unsaid_id(candidates, column, found, taken)
    best = next((one for one in good if one.unique), good[0])
    called = best in candidates.called(column.name)
    line = Line(key=column.name, value=quoted(best.name), columns=(best.name,))
    if column.name == "post_id" and best.pairs:
        remark = phrase("page_post: what stands after the last _ is the post")
        return replace(line, value=f"{{ after = {line.value} }}", remarks=(remark,))
    if not best.unique:
        return _draft_joined_id(candidates, line, best, doubtful=not called)
    if best.running and column.name == "comment_id":
        remark = phrase(
            "only counts the rows: an export in which they stand otherwise would mix comments up"
        )
        return replace(line, remarks=(remark,))
    return line


def _draft_joined_id(
    candidates: Candidates, line: Line, best: SeenColumn, *, doubtful: bool
) -> Line:
    """
    A comment's number may begin anew under each post: then only both together are an id.
    """
    posts = candidates.sure("post_id") if line.key == "comment_id" else []
    sample = candidates.described.sample
    for post in posts:
        if is_unique_together(sample, post, best):
            return replace(
                line,
                value=f"{{ join = {listed([post.name, best.name])} }}",
                remarks=(phrase("only both together tell one comment from another"),),
            )
    remark = phrase("several rows have the same: the last of them counts")
    return replace(line, doubtful=doubtful, remarks=(remark,))


def _draft_unsaid_id(
    candidates: Candidates, column: Column, found: Sequence[Candidate], taken: set[str]
) -> Line | None:
    """
    A line in doubt, where no heading calls a column the id.
    """
    if found:
        return _draft_found(column, found)
    free = [one for one in candidates.usable if one.unique and one.name not in taken]
    ids = [one for one in free if one.kind == "id"]
    if ids:
        remark = phrase("different in every row, though its heading does not say that it is the id")
        return Line(
            key=column.name,
            value=quoted(ids[0].name),
            doubtful=True,
            columns=(ids[0].name,),
            remarks=(remark,),
        )
    links = [one.column for one in candidates.of("link") if one.column.unique and one.fits]
    if links:
        value = f"{{ last_part = {quoted(links[0].name)} }}"
        return Line(key=column.name, value=value, doubtful=True, remarks=(_END_OF_LINK,))
    return None


# ── what stands above the columns ────────────────────────────────────────────────────────────────


def _draft_head(candidates: Candidates, columns: Sequence[Line]) -> Iterator[Line]:
    used = [line for line in columns if line.stands]
    captured = _draft_captured(candidates, columns)
    keys = {"published_at", "captured_at", candidates.own_id}
    needs = [name for line in used if line.key in keys for name in line.columns]
    yield Line(key="needs", value=listed(dict.fromkeys(needs)))
    yield _draft_page(candidates, columns)
    yield from _draft_clock(_columns_of(candidates, (*used, *captured), only="moment"))
    yield from _draft_absent(_columns_of(candidates, (*used, *captured)))
    yield from captured


def _columns_of(
    candidates: Candidates, lines: Sequence[Line], *, only: str = ""
) -> list[SeenColumn]:
    """
    The columns of the file that lines read, those of one kind *only*.
    """
    kinds = {one.name: str(one.kind) for one in candidates.table.content} | {"captured": "moment"}
    names = {name for line in lines if only in ("", kinds[line.key]) for name in line.columns}
    return [one for one in candidates.usable if one.name in names]


def _draft_captured(candidates: Candidates, columns: Sequence[Line]) -> list[Line]:
    """
    The moment of capture; of counts of a page it is a column.
    """
    taken = {name for line in columns for name in line.columns}
    found = [] if candidates.table.name == "page_counts" else candidates.sure("captured")
    free = [one.name for one in found if one.name not in taken]
    return [Line(key="captured", value=quoted(name), columns=(name,)) for name in free[:1]]


def _draft_page(candidates: Candidates, columns: Sequence[Line]) -> Line:
    if candidates.table.name == "posts":
        for one in candidates.sure("post_id"):
            if one.pairs:
                remark = phrase("page_post: what stands before the last _ is the page")
                value = f"[{{ before = {quoted(one.name)} }}]"
                return Line(key="page", value=value, columns=(one.name,), remarks=(remark,))
    taken = {name for line in columns for name in line.columns}
    if best := _find_page(candidates, taken):
        remark = phrase(
            "must hold ids, handles or addresses of pages in study.toml; else give --page"
        )
        return Line(key="page", value=listed([best.name]), columns=(best.name,), remarks=(remark,))
    remark = phrase("no column surely names the page: write it here, or give --page")
    perhaps = [one.column.name for one in candidates.of("page") if one.column.name not in taken]
    return Line(key="page", value=listed(perhaps[:1] or [""]), doubtful=True, remarks=(remark,))


def _find_page(candidates: Candidates, taken: set[str]) -> SeenColumn | None:
    """
    The column that names the page: rather an id or handle than a name. Who wrote all of a file's posts is the page too.
    """
    sure = [one for one in candidates.sure("page") if one.name not in taken]
    if candidates.table.name != "comments":
        authors = [one for key in PEOPLE for one in candidates.sure(key)]
        sure += [one for one in authors if one.distinct == 1 and one.name not in taken]
    else:  # whose sender_id is a citizen's
        people = {one.column.name for key in PEOPLE for one in candidates.of(key)}
        sure = [one for one in sure if one.name not in people]
    named = [one for one in sure if max(one.fits[kind] for kind in _NAMING) == 1]
    return next(iter((*named, *sure)), None)


def _draft_clock(moments: Sequence[SeenColumn]) -> Iterator[Line]:
    told = [one.formats for one in moments if one.formats]
    every = dict.fromkeys(one for formats in told for one in formats)
    if told and all(len(formats) == 1 for formats in told):
        yield Line(key="formats", value=listed(every))
    elif told:
        remark = phrase("fill in the one that is meant: {formats}", formats=_named(every))
        yield Line(key="formats", value='[""]', remarks=(remark,))
    bare = [one.name for one in moments if not one.zoned and one.filled]
    if bare:
        remark = phrase(
            "fill in the zone of the clock ({names}): +05:00, Asia/Almaty, or page for that of the body",
            names=_named(bare),
        )
        yield Line(key="zone", remarks=(remark,))


def _draft_absent(read: Sequence[SeenColumn]) -> Iterator[Line]:
    """
    Marks of absence. In people's texts "-" may be all that somebody wrote: those marks are in doubt.
    """
    sure = dict.fromkeys(mark for one in read if one.kind != "text" for mark in one.marks)
    if sure:
        yield Line(key="absent", value=listed(sure))
    loose = dict.fromkeys(mark for one in read for mark in one.marks if mark not in sure)
    if loose:
        remark = phrase("some texts are nothing else: do they mean “not known”?")
        value = listed((*sure, *loose))
        yield Line(key="absent", value=value, doubtful=True, remarks=(remark,))


def _find_unknown(table: str, columns: Sequence[Line]) -> Iterator[str]:
    stands = {line.key for line in columns if line.stands}
    if table == "comments":
        if not stands & {"author", "author_handle", "by_page_source"}:
            yield "no-authors"
        if "parent_id" not in stands:
            yield "no-parents"


# ── remarks ──────────────────────────────────────────────────────────────────────────────────────


def _say(column: Column, found: Sequence[Candidate]) -> Iterator[Phrase]:
    best = found[0]
    if not best.column.filled:
        yield phrase("empty in every row looked at")
    elif column.kind == "moment":
        yield told_writing(best.column)
    if column.kind in _MEASURED and best.column.filled and best.column.fits[column.kind] < 1:
        kind = KINDS[column.kind]  # type: ignore[index]  # of the three that are measured
        yield phrase(
            "some cells do not read as this: {kind}; their rows will be refused", kind=kind
        )
    if best.column.listed:
        yield phrase("in some records a list, which is not read")
    alike = [one.column.name for one in found[1:] if one.weight == best.weight]
    if alike:
        yield phrase("or is it {names}?", names=_named(alike))


def _say_misfit(column: Column, one: SeenColumn) -> Phrase:
    if column.kind == "person" and one.kind == "text":
        return phrase("looks like names of people, which do not tell one person from another")
    return phrase("so says the heading, but the cells look like this: {kind}", kind=KINDS[one.kind])


def _say_left_words(meaning: Meaning) -> Phrase:
    return phrase("the heading also says: {words}", words=", ".join(meaning.left))


def _named(names: Iterable[str]) -> str:
    return ", ".join(map(quoted, names))
