"""What a post says without what its network hangs on it, and whether another post says the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from qulaq.text import duplicates
from qulaq.text.addresses import without_addresses

VERSION = "1"
"""Changes whenever some posts would be taken for copies otherwise than before."""

# Two and more hashtags in a row, or what ends a line, are labels; one inside a sentence is a word of it.
_ROW = re.compile(r"(?:#\w++[^\w#]*+){2,}+")
_LAST = re.compile(r"#\w++[^\w\n]*+$", re.MULTILINE)
_SLIP = 1  # letters


def words_of_post(text: str) -> str:
    """
    What of a post is compared: `duplicates.normalize` with its numbers, without rows of hashtags and the
    hashtag that ends a line.

    Letters are brought to one form first: bold or italic ones that are signs of their own, and those that
    some phones write as a letter and its mark (й).

    >>> words_of_post("Бүгін #Түркістан қаласында 5 мектеп ашылды 🎉 @akimat #мектеп #жаңалық")
    'бүгін түркістан қаласында 5 мектеп ашылды'
    """
    plain = without_addresses(unicodedata.normalize("NFKC", text))
    if "#" in plain:
        plain = _LAST.sub(" ", _ROW.sub(" ", plain))
    return duplicates.normalize(plain, keep_numbers=True)


def is_copy(one: str, other: str) -> bool:
    """
    Whether two posts, given as their words, are one: the same, or near-duplicates of which one has all that
    the other has.

    Near-duplicates alone are not copies: bodies write of every village and every day in one form, and what
    differs is the place or the number. So between the first and last words only one of the two may have
    words more (a name where the other had a handle), and no word may stand in another's place but for a
    slip of one letter. The last words may differ, for they often tell where to read on, unless by a number.

    >>> form = "бүгін облыс әкімі {} ауданында тұрғындармен кездесу өткізді"
    >>> is_copy(form.format("сайрам"), form.format("сайрам") + " толығырақ")
    True
    >>> is_copy(form.format("сайрам"), form.format("сауран"))
    False
    """
    if one == other:
        return bool(one)
    # In one order: the same words may be set against each other in several ways.
    first, second = sorted((one, other))
    return duplicates.is_near(first, second) and _adds_only(first.split(), second.split())


def _adds_only(first: Sequence[str], second: Sequence[str]) -> bool:
    more = {"first": False, "second": False}
    for mine, theirs, at_end in _differences(first, second):
        if mine and theirs:
            if _is_slip(mine, theirs):
                continue
            if not at_end or _numbers_differ(mine, theirs):
                return False
        elif not at_end:
            more["first" if mine else "second"] = True
    return not all(more.values())


def _differences(
    first: Sequence[str], second: Sequence[str]
) -> Iterator[tuple[Sequence[str], Sequence[str], bool]]:
    """
    The stretches between the words that both have in common, and whether they are the last words.
    """
    from rapidfuzz.distance import LCSseq

    i = j = 0
    for block in LCSseq.editops(first, second).as_matching_blocks():
        if block.a > i or block.b > j:
            yield first[i : block.a], second[j : block.b], not block.size
        i, j = block.a + block.size, block.b + block.size


def _is_slip(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    from rapidfuzz.distance import Levenshtein

    one, other = " ".join(mine), " ".join(theirs)
    return _digits(one) == _digits(other) and Levenshtein.distance(one, other) <= _SLIP


def _numbers_differ(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    one, other = _digits("".join(mine)), _digits("".join(theirs))
    return bool(one) and bool(other) and one != other


def _digits(words: str) -> str:
    return "".join(letter for letter in words if letter.isdigit())
