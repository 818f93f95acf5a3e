"""Texts that are the same or nearly so: form letters, answers pasted again and again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from qulaq.text.addresses import without_addresses

VERSION = "1"
"""Changes whenever some texts would be grouped otherwise than before."""

SHORT = 40
"""Normalised texts of up to so many characters are alike only if equal."""

ALIKE = 90.0
"""Longer ones are near-duplicates from this ratio on: 100 × (1 - (insertions + deletions) / both lengths)."""

# A word that addresses somebody, and up to three capitalised words after it: in the main a name.
_SALUTATION = re.compile(
    r"\b(?i:құрметті|курметти|қадірлі|уважаем(?:ый|ая|ые)|dear)\b(?:\s+[А-ЯЁӘҒҚҢӨҰҮҺІA-Z][\w-]*\.?){0,3}"
)
_MARK = re.compile(r"\[[a-z]+\]")  # what masking puts in the place of a phone number and the like
_DIGITS = re.compile(r"\d+")
_NO_WORD = re.compile(r"[\W_]+")

# 40 bands of 4 rows, over pieces of three letters. A ratio of 90 leaves a share s of .55 of the pieces in
# common at the least, seen here; the pair becomes a candidate with probability 1 - (1 - s⁴)⁴⁰ = .98.
_PIECE, _PERMUTATIONS, _BANDS = 3, 160, 40
_SEED = 20221001
_CHUNK = 5_000  # texts whose signatures are in memory at once
_ENOUGH = 50  # near ones in the index


def normalize(text: str, *, keep_numbers: bool = False) -> str:
    """
    What of a text is compared: its words in small letters, one blank between them.

    Links, e-mail addresses, @handles and the marks of masking go; so do punctuation and emoji. Every number
    becomes one 0 unless *keep_numbers*: case numbers, dates and sums differ between copies of one letter. After Құрметті,
    Уважаемый (-ая, -ые) and Dear up to three capitalised words go with it, for they are a name; names
    elsewhere cannot be told from other words and stay.

    >>> normalize("Құрметті Асель Болатқызы! Өтінішіңіз №154 тіркелді 👍")
    'өтінішіңіз 0 тіркелді'
    """
    words = _MARK.sub(" ", without_addresses(text)).replace("_", " ")
    words = _SALUTATION.sub(" ", words).lower()
    words = words if keep_numbers else _DIGITS.sub("0", words)
    return _NO_WORD.sub(" ", words).strip()


def group_duplicates(texts: Sequence[str]) -> NDArray[np.int64]:
    """
    A group's number for each text; texts of one group are the same once normalised, or near-duplicates.

    Near-duplicates are both longer than 40 characters and have a ratio of at least 90. Groups are joined
    through their members: the first and last of a chain may be further apart. A text without words is
    alone. Numbers count from 0 in the order of first members; which texts belong together does not depend
    on their order. Candidates come from MinHash of three-letter pieces with a fixed seed, so that a few
    pairs are missed (the tests say how few). Time is nearly linear in the distinct texts.

    >>> group_duplicates(["Рақмет!", "рақмет", "👍", "👍"]).tolist()
    [0, 0, 1, 2]
    """
    normalized = [normalize(text) for text in texts]
    distinct = sorted(set(normalized) - {""})
    groups = _Groups(len(distinct))
    _join_near(
        [place for place, words in enumerate(distinct) if len(words) > SHORT], distinct, groups
    )
    keys = {words: groups.root(place) for place, words in enumerate(distinct)}
    numbers: dict[int, int] = {}
    # A text without words gets a key that no other has.
    found = [
        numbers.setdefault(keys.get(words, -1 - place), len(numbers))
        for place, words in enumerate(normalized)
    ]
    return np.array(found, dtype=np.int64)


def is_near(one: str, other: str) -> bool:
    """
    Whether two normalised texts are the same or near-duplicates of each other, whatever other texts there
    are: those of one group need not be.

    >>> is_near("рақмет", "рақмет"), is_near("рақмет", "рақметт")
    (True, False)
    """
    from rapidfuzz import fuzz

    if one == other:
        return bool(one)
    long = min(len(one), len(other)) > SHORT
    return long and fuzz.ratio(one, other, score_cutoff=ALIKE) > 0


def _join_near(places: Sequence[int], words: Sequence[str], groups: _Groups) -> None:
    """
    Join each text with those before it to which it is near.

    A text that has enough near ones in the index is not put there itself: whoever is near to it is, all
    but always, near to one of them, and thousands of copies of one letter do not meet each other.
    """
    from rapidfuzz import fuzz, process
    from rensa import RMinHashLSH

    index = RMinHashLSH(threshold=0.5, num_perm=_PERMUTATIONS, num_bands=_BANDS)
    for place, signature in _signatures(places, words):
        others = index.query(signature)
        candidates = [words[other] for other in others]
        ratios = process.cdist([words[place]], candidates, scorer=fuzz.ratio, score_cutoff=ALIKE)[0]
        near = ratios.nonzero()[0].tolist()
        for found in near:
            groups.join(place, others[found])
        if len(near) < _ENOUGH:
            index.insert(place, signature)


def _signatures(places: Sequence[int], words: Sequence[str]) -> Iterator[tuple[int, object]]:
    from rensa import RMinHash

    for start in range(0, len(places), _CHUNK):
        some = places[start : start + _CHUNK]
        pieces = [_pieces(words[place]) for place in some]
        yield from zip(
            some,
            RMinHash.from_token_sets(pieces, num_perm=_PERMUTATIONS, seed=_SEED),
            strict=True,
        )


def _pieces(words: str) -> list[str]:
    return [words[start : start + _PIECE] for start in range(len(words) - _PIECE + 1)]


class _Groups:
    """
    Disjoint sets of 0 … n-1, joined two by two.
    """

    def __init__(self, n: int) -> None:
        self._parents = list(range(n))

    def root(self, one: int) -> int:
        parents = self._parents
        while parents[one] != one:
            parents[one] = parents[parents[one]]
            one = parents[one]
        return one

    def join(self, one: int, other: int) -> None:
        low, high = sorted((self.root(one), self.root(other)))
        self._parents[high] = low
