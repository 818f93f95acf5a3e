"""A mapping drafted from an export, as TOML for a person to complete."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from qulaq.corpus.drafts.description import KINDS, SHAPES, Description, describe
from qulaq.corpus.drafts.drafting import make_draft
from qulaq.corpus.drafts.lines import Draft, Line, quoted
from qulaq.errors import UnreadableExport
from qulaq.exports import Export
from qulaq.lang import Language, Phrase, formats, phrase, phrases

_MOST_LEFT = 60  # columns of the file listed that the mapping does not read


def draft_mapping(export: Export, table: str | None = None, *, language: Language = "en") -> str:
    """
    The TOML of a mapping for a file, its comments in that language; *table* where a person says which.

    Raises UnreadableExport where the file has no heading, or is damaged.
    """
    described = describe(export)
    check_heading(export, described)
    return write_draft(
        make_draft(described, table=table), described, export.file, language=language
    )


HEADING_FIRST = phrase(
    "The names of the columns must stand in the first row: write them there, and delete what stands above them."
)


def check_heading(export: Export, described: Description) -> None:
    """
    Raises UnreadableExport where columns have no names by which a mapping could call them.
    """
    if not described.columns:
        raise UnreadableExport(
            where=str(export.file),
            found=phrase("there are no columns here."),
            remedy=phrase("Give a table with a heading, or JSON whose records are objects."),
        )
    if described.headless or not any(column.named for column in described.columns):
        raise UnreadableExport(
            where=str(export.file),
            found=phrase("the first row is no heading, so that the columns have no names."),
            remedy=HEADING_FIRST,
        )


def write_draft(draft: Draft, described: Description, file: Path, *, language: Language) -> str:
    """
    The TOML of a draft: lines in doubt are commented out, those to fill in stand empty.
    """
    head = list(_say_what_it_is(described, file, language))
    if any(line.doubtful for line in draft.lines):
        head.append(_DOUBT.to(language))
    body = [_written(line, language) for line in (_table_line(draft), *draft.head)]
    columns = [_written(line, language) for line in draft.columns]
    told = [*map(_comment, head), "", *body, "", "[columns]", *columns]
    if draft.left:
        told += ["", *map(_comment, _say_left(draft, language))]
    return "\n".join(told) + "\n"


_DOUBT = phrase("Lines that begin with # are in doubt: take the sign away where they are right.")


def add_command(draft: Draft, file: Path | str, mapping: Path | str) -> str:
    """
    The command that reads the file by the mapping, with what it must be told.
    """
    words = [f"--mapping {shell_word(mapping)}"]
    words += ["--page ID"] * any(line.key == "page" and line.doubtful for line in draft.head)
    words += [f"--knows {word}" for word in draft.knows]
    return f"qulaq corpus add STUDY {shell_word(file)} {' '.join(words)}"


def shell_word(word: Path | str) -> str:
    """
    A name as a command line takes it, on Windows too.
    """
    plain = str(word)
    return plain if re.fullmatch(r"[\w./\\:~+@%-]+", plain) else f'"{plain}"'


def _table_line(draft: Draft) -> Line:
    if not draft.told_by:
        return Line(key="table", value=quoted(draft.table))
    names = ", ".join(map(quoted, draft.told_by))
    remark = phrase("guessed from {names}; --table says otherwise", names=names)
    return Line(key="table", value=quoted(draft.table), remarks=(remark,))


def _written(line: Line, language: Language) -> str:
    remarks = "; ".join(remark.to(language) for remark in line.remarks)
    told = f"{line.key} = {line.value}"
    if remarks:
        told += f"  {_comment(remarks)}"
    return f"# {told}" if line.doubtful else told


def _comment(text: str) -> str:
    """
    A comment of TOML is one line without control characters.
    """
    return "# " + re.sub(r"[\x00-\x1f\x7f\x85\u2028\u2029]+", " ", text)


def _say_what_it_is(described: Description, file: Path, language: Language) -> Iterator[str]:
    yield phrase("A mapping of {file}, drafted by Qulaq for you to complete.", file=file.name).to(
        language
    )
    yield f"{_shape(described)}; {say_rows(described, language).to(language)}"
    if described.sample.under:
        yield phrase(
            "The records stand under {key}, and a mapping reads only a list of records: save that list as a file of its own.",
            key=quoted(described.sample.under),
        ).to(language)


def _shape(described: Description) -> str:
    """
    Shape, separator and encoding, as far as they are known.
    """
    separator = {"": "", "\t": "“Tab”"}.get(described.separator, f"“{described.separator}”")
    return " ".join(filter(None, (SHAPES[described.shape], separator, described.encoding)))


def say_rows(described: Description, language: Language) -> Phrase:
    """
    How many rows the file has, as far as they were counted.
    """
    n, sample = described.sample.n, described.sample
    shown = formats.number(n, language)
    if sample.whole:
        return phrases("{shown} row", "{shown} rows", n=n, shown=shown)
    return phrases(
        "about {shown} row, of which the first {seen} were looked at",
        "about {shown} rows, of which the first {seen} were looked at",
        n=n,
        shown=shown,
        seen=formats.number(len(sample.rows), language),
    )


def _say_left(draft: Draft, language: Language) -> Iterator[str]:
    yield phrase("Not read:").to(language)
    for one in draft.left[:_MOST_LEFT]:
        kind = KINDS[one.kind].to(language)
        if one.named:
            yield f"{quoted(one.name)}: {kind}"
        else:
            place = phrase("column {place}, which needs a name of its own", place=one.place + 1)
            yield f"{place.to(language)}: {kind}"
    if len(draft.left) > _MOST_LEFT:
        n = len(draft.left) - _MOST_LEFT
        yield phrases("and {n} more column", "and {n} more columns", n=n).to(language)
