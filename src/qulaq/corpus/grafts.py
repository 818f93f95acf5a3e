"""
A column of a Parquet file replaced, the others left as they lie.

A Parquet file ends in a footer that tells where each column of each group of rows lies. So a new column can
be set behind the old ones and the footer be told of it, which takes a tenth of the time of writing all
columns anew. The bytes of the old column stay where they are, and nobody reads them.

The footer is a struct of Thrift's compact protocol; the numbers of its fields are those of parquet.thrift
(github.com/apache/parquet-format). What is not changed here is kept as it was read, known or not.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from shutil import copyfileobj
from typing import Any, BinaryIO, NamedTuple

_MARK = b"PAR1"
_CHUNK = 1 << 20

# Fields of the footer, of a group of rows, of a column in it, and of what is told about that column.
_GROUPS = 4
_COLUMNS, _GROUP_SIZES = 1, {2: 6, 6: 7}  # sizes, and which size of a column is summed in each
_ABOUT, _PLACES = 3, (2, 4, 6)  # places of the column, of indexes of its pages
_PATH, _VALUES, _PLACES_ABOUT = 3, 5, (9, 10, 11, 14)  # of data, index, dictionary, filter

_TRUE, _FALSE, _BYTE, _I16, _I32, _I64, _DOUBLE, _BINARY, _LIST, _SET, _MAP, _STRUCT = range(1, 13)
_NUMBERS = (_I16, _I32, _I64)
_LONG = 15  # from so many values on, or so far from field to field, the number stands by itself


class Field(NamedTuple):
    """
    A value and its kind. Structs are dictionaries of fields, lists are a kind and values of it.
    """

    kind: int
    value: Any


Struct = dict[int, Field]


def graft(stock: Path, donor: Path, column: str) -> None:
    """
    Replace a column of *stock*, in place, by that of *donor*, which has the same groups of rows.

    Raises ValueError where it has not; the file is as it was then.
    """
    with stock.open("rb+") as file, donor.open("rb") as other:
        footer, end = _read_footer(file)
        new, _ = _read_footer(other)
        _replace(footer, new, column, moved=end)
        file.seek(end)
        other.seek(0)
        copyfileobj(other, file, _CHUNK)
        told = _Writer().struct(footer)
        file.write(told + len(told).to_bytes(4, "little") + _MARK)


def _read_footer(file: BinaryIO) -> tuple[Struct, int]:
    """
    The footer, and the place where it begins.
    """
    end = file.seek(-8, os.SEEK_END)
    size = int.from_bytes(file.read(4), "little")
    begin = file.seek(end - size)
    return _Reader(BytesIO(file.read(size))).struct(), begin


def _replace(footer: Struct, donor: Struct, column: str, *, moved: int) -> None:
    """
    Tell the footer of the donor's column, which lies *moved* bytes further than it did.
    """
    for group, other in zip(footer[_GROUPS].value[1], donor[_GROUPS].value[1], strict=True):
        columns, others = group[_COLUMNS].value[1], other[_COLUMNS].value[1]
        place = _find(columns, column)
        old, new = columns[place], others[_find(others, column)]
        if old[_ABOUT].value[_VALUES] != new[_ABOUT].value[_VALUES]:
            raise ValueError(f"{column} has other groups of rows")
        about = Field(_STRUCT, _moved(new[_ABOUT].value, _PLACES_ABOUT, moved))
        columns[place] = {**_moved(new, _PLACES, moved), _ABOUT: about}
        for size, of_column in _GROUP_SIZES.items():
            grown = about.value[of_column].value - old[_ABOUT].value[of_column].value
            group.update(_moved(group, [size], grown))


def _find(columns: list[Struct], column: str) -> int:
    path = Field(_LIST, (_BINARY, [column.encode()]))
    return [one[_ABOUT].value[_PATH] for one in columns].index(path)


def _moved(struct: Struct, fields: Iterable[int], by: int) -> Struct:
    """
    The struct with that much added to those of the fields that it has.
    """
    there = {number: struct[number] for number in fields if number in struct}
    return struct | {number: one._replace(value=one.value + by) for number, one in there.items()}


# ── Thrift's compact protocol ────────────────────────────────────────────────────────────────────


class _Reader:
    """
    Values of Thrift's compact protocol, read from bytes.
    """

    def __init__(self, stream: BytesIO) -> None:
        self._stream = stream

    def struct(self) -> Struct:
        fields: Struct = {}
        number = 0
        while head := self._byte():
            step, kind = divmod(head, 16)
            number = number + step if step else self._number()
            truth = kind in (_TRUE, _FALSE)
            fields[number] = Field(kind, kind == _TRUE if truth else self._value(kind))
        return fields

    def _value(self, kind: int) -> Any:  # noqa: ANN401  # as the file has it
        if kind in _NUMBERS:
            return self._number()
        if kind == _BINARY:
            return self._stream.read(self._varint())
        if kind in (_LIST, _SET):
            return self._list()
        if kind == _STRUCT:
            return self.struct()
        if kind == _DOUBLE:
            return self._stream.read(8)
        if kind in (_TRUE, _FALSE, _BYTE):
            return self._byte()
        raise ValueError(f"a footer holds no value of kind {kind}")

    def _list(self) -> tuple[int, list[Any]]:
        n, kind = divmod(self._byte(), 16)
        n = self._varint() if n == _LONG else n
        return kind, [self._value(kind) for _ in range(n)]

    def _byte(self) -> int:
        return self._stream.read(1)[0]

    def _varint(self) -> int:
        value = shift = 0
        while (byte := self._byte()) >= 128:  # noqa: PLR2004  # more follows
            value |= (byte & 127) << shift
            shift += 7
        return value | byte << shift

    def _number(self) -> int:
        """
        A number with a sign, which stands in its last bit.
        """
        value = self._varint()
        return value >> 1 ^ -(value & 1)


class _Writer:
    """
    Values of Thrift's compact protocol as bytes.
    """

    def struct(self, fields: Struct) -> bytes:
        written, before = [], 0
        for number, (kind, value) in sorted(fields.items()):
            step = number - before
            short = 0 < step <= _LONG
            written.append(
                bytes([step << 4 | kind]) if short else bytes([kind]) + self._number(number)
            )
            if kind not in (_TRUE, _FALSE):
                written.append(self._value(kind, value))
            before = number
        return b"".join(written) + b"\0"

    def _value(self, kind: int, value: Any) -> bytes:  # noqa: ANN401
        if kind in _NUMBERS:
            return self._number(value)
        if kind == _BINARY:
            return self._varint(len(value)) + bytes(value)
        if kind in (_LIST, _SET):
            return self._list(*value)
        if kind == _STRUCT:
            return self.struct(value)
        return bytes(value) if kind == _DOUBLE else bytes([value])

    def _list(self, kind: int, values: list[Any]) -> bytes:
        n = len(values)
        head = bytes([n << 4 | kind]) if n < _LONG else bytes([_LONG << 4 | kind]) + self._varint(n)
        return head + b"".join(self._value(kind, one) for one in values)

    def _varint(self, value: int) -> bytes:
        written = bytearray()
        while value >= 128:  # noqa: PLR2004  # seven bits a byte
            written.append(value & 127 | 128)
            value >>= 7
        return bytes([*written, value])

    def _number(self, value: int) -> bytes:
        return self._varint(value << 1 if value >= 0 else ~(value << 1))
