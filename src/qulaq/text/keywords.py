"""
Words that set groups of texts apart: log-odds with an informative Dirichlet prior.

Monroe, Colaresi & Quinn (2008), "Fightin' Words", Political Analysis 16(4), equations 15, 16, 20 and 22.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log, sqrt

from qulaq.text.addresses import without_addresses
from qulaq.text.commonwords import listed, side
from qulaq.text.letters import with_own_letters
from qulaq.text.masking import mask

MOST = 10
LEAST = 5
"""A word is told from so many texts of the group on, so that no single person's words are."""
FARTHEST = 1.96
"""Words of a smaller z are not told: they set nothing apart."""

_MARK = re.compile(r"\[[a-z…]+\]")  # what masking and erasing put in the place of personal data
_WORD = re.compile(r"(?<![\w#])[^\W\d_]{3,}(?![\w])")

_STOP = listed(
    """
    және мен бен пен үшін туралы бойынша арқылы дейін кейін бұрын бұл осы сол ол олар оның оларды біз біздің
    сіз сіздің мың бар жоқ емес болды болып болған болады бола болса еді екен деп дейді деген деді етті етіп
    қарай кезінде тағы тек ғана сондай сондай-ақ әрі бірақ немесе егер барлық бәрі әр бір екі үш жаңа
    отыр жатыр тұр керек қажет мүмкін жыл жылы жылғы күні айы айында бүгін ертең кеше
    что это как для или при под над все всех его она они оно мы вы нас вас нам вам был была было были быть
    будет будут есть нет уже еще ещё так также тоже только чтобы если когда где который которая которые
    которых которого этом этого этой эти этот эта том того той тем чем после перед между через без более
    менее года году год лет день дня сегодня завтра вчера из-за свой свои своих наш наши наших ваш ваши
    the and that this with for from are was were have has had will would our your their his her its they
    you not but all can about into more than who what when which
    """
)

# Possession and case, outermost last; what is left has three letters or more.
_KAZAKH_ENDINGS = re.compile(
    r"""(?<=\w{3})
    (?:[лдт][ае]р)?
    (?:[ыі]?м[ыі]з|[ыі]?ң[ыі]з|с[ыі](?=н))?
    (?:[ндт][ыі]ң|[дт][ае]н|н[ае]н|[дт][ае]|[ғгқк][ае]|н[ыі]|[дт][ыі]|[мбп]ен|нд[ае])?$
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyword:
    """
    A word in its commonest form, in how many texts of the group it stands, and how far it sets them apart.
    """

    word: str
    texts: int
    z: float


def find_keywords(
    groups: Mapping[str, Sequence[str]], *, most: int = MOST, least: int = LEAST
) -> dict[str, list[Keyword]]:
    """
    For each group the words that stand in its texts more often than in those of all others, farthest first.

    A word counts once a text, however often it is repeated there. Links, mentions, hashtags, numbers,
    personal data and stop words are not read; Kazakh words are one with their plural, possession and case,
    words of other languages are taken as they stand. The prior of a group is as many words as it has itself,
    spread as in all groups together: a word that is rare everywhere is pulled to nought. z ranks the words: with thousands of them some pass
    any bound by chance. A group that stands alone has no words.
    """
    stems = {name: Counter[str]() for name in groups}
    forms: dict[str, Counter[str]] = {}
    for name, texts in groups.items():
        for text in texts:
            found = {stem(word): word for word in words_of(text)}
            stems[name].update(found.keys())
            for one, word in found.items():
                forms.setdefault(one, Counter())[word] += 1
    together = sum(stems.values(), Counter[str]())
    return {
        name: [
            Keyword(word=_commonest(forms[one]), texts=counted[one], z=z)
            for one, z in _farthest(counted, together, least)[:most]
        ]
        for name, counted in stems.items()
    }


def words_of(text: str) -> Iterator[str]:
    """
    The words of a text that may be keywords, in small letters.

    >>> list(words_of("@akim Мектепке 3 автобус және https://gov.kz +7 701 111 22 33"))
    ['мектепке', 'автобус']
    """
    bare = _MARK.sub(" ", mask(without_addresses(with_own_letters(text)))).lower()
    return (word for word in _WORD.findall(bare) if word not in _STOP)


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """
    A word without Kazakh endings; a Russian word as it stands.

    >>> stem("мектептерде"), stem("жолдың"), stem("дороги")
    ('мектеп', 'жол', 'дороги')
    """
    return word if side(word) == "ru" else _KAZAKH_ENDINGS.sub("", word, count=1)


def _farthest(counted: Counter[str], together: Counter[str], least: int) -> list[tuple[str, float]]:
    here, everywhere = counted.total(), together.total()
    if here == everywhere:
        return []
    told = [
        (word, _z(n, here, together[word] - n, everywhere - here, together[word] / everywhere))
        for word, n in counted.items()
        if n >= least
    ]
    return sorted(
        ((word, z) for word, z in told if z >= FARTHEST), key=lambda one: (-one[1], one[0])
    )


def _z(n: int, of: int, other_n: int, of_others: int, share: float) -> float:
    """
    The prior: as many words as the group itself has, spread as in all groups together.
    """
    added = of * share
    apart = _log_odds(n + added, 2 * of) - _log_odds(other_n + added, of_others + of)
    return apart / sqrt(1 / (n + added) + 1 / (other_n + added))


def _log_odds(n: float, of: float) -> float:
    return log(n / (of - n)) if n < of else float("inf")


def _commonest(forms: Counter[str]) -> str:
    return min(forms, key=lambda form: (-forms[form], form))
