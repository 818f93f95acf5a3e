"""Personal data in what citizens write, replaced by marks that a reader can see."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from qulaq.text.addresses import LINK

# The least that any rule below needs: six digits, or the sign of an address.
_WORTH_READING = re.compile(r"@|(?:[0-9]\W{0,4}){5}[0-9]")

# Links that are a telephone number: of all links the only ones that are masked.
_DIAL = re.compile(
    r"((?:wa\.me/|(?:api|web)\.whatsapp\.com/send/?\?phone=)\+?(?:%2B)?)[0-9][0-9()\u2010-\u2015-]{6,20}",
    re.IGNORECASE,
)
# Latin before the @, so that a mention glued to a Kazakh word is not taken for an address;
# a Latin ending first, so that a Kazakh case ending stays outside.
_EMAIL = re.compile(
    r"(?<![a-z0-9._%+-])[a-z0-9._%+-]++@(?:[\w-]++\.)+(?:[a-z]{2,}+|[^\W\d_]{2,}+)",
    re.IGNORECASE,
)
# Without "[" on either side, so that a mark is not taken for a label.
_LABELLED_IIN = re.compile(
    r"((?<![\w\[])(?:ЖСН|ИИН|IIN)[^0-9\n\[]{0,20})(?:[0-9][ \xa0-]?){11}[0-9](?![0-9])",
    re.IGNORECASE,
)

_OPEN = r"(?:\((?=[+0-9 ]{2,9}\)))?"
_GAP = r"[ \t\xa0()./\u2010-\u2015-]{0,4}"
_MONEY = r"\s{0,2}(?:теңге|тенге|тнг|₸|KZT|руб|₽|долл|USD|EUR|€|\$|млн|млрд)"  # "тг" is Telegram
_END = rf"(?![0-9]|{_MONEY})"

_IIN = re.compile(r"(?<![0-9])[0-9]{12}(?![0-9])")
_CARD = re.compile(
    rf"""(?<![0-9])(?:
        [0-9]{{13,19}}
      | [0-9]{{4}} (?:[ \xa0-][0-9]{{4}}){{3}} (?:[ \xa0-][0-9]{{1,3}})?
      | [0-9]{{4}} [ \xa0-] [0-9]{{6}} [ \xa0-] [0-9]{{4,5}}
      | [0-9]{{8}} [ \xa0-] [0-9]{{8}}
    ){_END}""",
    re.VERBOSE | re.IGNORECASE,
)

_LONGEST_MONTHS = dict(enumerate((31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), start=1))
_IIN_WEIGHTS = ((1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2))
_MOST_GROUPS = 7  # +7 70 11 23 45 67 has six; a row of single digits is something else.

_GROUP = re.compile(r"[0-9]+")
_LAST_GROUP = re.compile(r"[^0-9]*[0-9]+$")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:[ \xa0.][0-9]{3})+")
_YEARS = re.compile(r"(?:(?:19|20)[0-9]{2}[ \xa0-]?)+")


class _Rule(NamedTuple):
    mark: str
    shape: re.Pattern[str]
    """Finds candidates; they end with a digit."""
    proves: Callable[[str], bool]
    digits: int
    """A candidate may lose groups of digits at its end, but has at least so many."""


def mask(text: str) -> str:
    """
    Put [email], [iin], [card] and [tel] in the place of personal data.

    Links are left as they are, with whatever numbers they hold, unless they dial one (wa.me/7701…);
    dates, sums and counts are left too.
    Phones are those of Kazakhstan and Russia with or without the country code, others with a plus.
    A number of 12 digits is an IIN if its date and check digit are right, or if the word ЖСН, ИИН
    or IIN stands before it. Time is linear in the text; masking twice changes nothing.

    >>> mask("Маған 8 701 123 45 67 нөміріне хабарласыңыз")
    'Маған [tel] нөміріне хабарласыңыз'
    """
    if not _WORTH_READING.search(text):
        return text
    # A mark may bare what stood beside it. Each round takes away digits or an @, so this ends,
    # nearly always with the second round.
    while (masked := _mask_once(text)) != text:
        text = masked
    return text


def _mask_once(text: str) -> str:
    pieces = LINK.split(_DIAL.sub(r"\g<1>[tel]", text))
    pieces[::2] = [_mask_words(words) for words in pieces[::2]]
    return "".join(pieces)


def _mask_words(text: str) -> str:
    text = _EMAIL.sub("[email]", text)
    text = _LABELLED_IIN.sub(r"\g<1>[iin]", text)
    for rule in _RULES:
        text = _apply(text, rule)
    return text


def _apply(text: str, rule: _Rule) -> str:
    pieces: list[str] = []
    kept = 0
    found = rule.shape.search(text)
    while found:
        start, length = found.start(), _proven_length(found[0], rule)
        if length:
            pieces += text[kept:start], rule.mark
            kept = start + length
        found = rule.shape.search(text, start + (length or 1))
    return "".join([*pieces, text[kept:]])


def _proven_length(written: str, rule: _Rule) -> int:
    while sum(map(len, _GROUP.findall(written))) >= rule.digits:
        if rule.proves(written):
            return len(written)
        written = _LAST_GROUP.sub("", written)
    return 0


def _is_iin(digits: str) -> bool:
    """
    Tell whether the number has a date of birth, yymmdd, and the right check digit.

    The seventh digit is not read: it tells century and sex only in numbers given out before
    decree N 853 of 26 August 2013. The century being unknown, every 29 February is let pass.
    """
    month, day = int(digits[2:4]), int(digits[4:6])
    has_date = 1 <= day <= _LONGEST_MONTHS.get(month, 0)
    return has_date and _check_digit(digits[:11]) == int(digits[11])


def _check_digit(digits: str) -> int | None:
    # Decree N 406 of 22 May 2007. A number with 10 at both attempts is not given out.
    for weights in _IIN_WEIGHTS:
        remainder = sum(w * int(d) for w, d in zip(weights, digits, strict=True)) % 11
        if remainder in range(10):
            return remainder
    return None


def _is_card(written: str) -> bool:
    """
    Tell whether the number passes the Luhn check (ISO/IEC 7812-1).

    One number in ten does so by chance, and a row of years has the shape of a card.
    """
    if _YEARS.fullmatch(written):
        return False
    digits = [int(letter) for letter in reversed(written) if letter.isdecimal()]
    return sum(digits[::2] + [sum(divmod(2 * d, 10)) for d in digits[1::2]]) % 10 == 0


def _is_prefixed_phone(written: str) -> bool:
    # A prefix is proof enough, so digits may be grouped as people please,
    # but not as a sum of money: 87 011 234 567.
    return not _THOUSANDS.fullmatch(written) and _is_phone(written, any_grouping=True)


def _is_grouped_phone(written: str) -> bool:
    # Less certain ones must be grouped as phones are: "8.30-17.30 13.00" and "7.01.2024 120"
    # have the right number of digits too.
    return _is_phone(written, any_grouping=False)


@lru_cache(maxsize=4096)  # The same few hotlines are named again and again.
def _is_phone(written: str, *, any_grouping: bool) -> bool:
    if len(_GROUP.findall(written)) > _MOST_GROUPS:
        return False
    # Imported here: it loads tables, and most texts hold no number.
    from phonenumbers import Leniency, PhoneNumberMatcher

    leniency = Leniency.VALID if any_grouping else Leniency.STRICT_GROUPING
    return PhoneNumberMatcher(written, "KZ", leniency, max_tries=1).has_next()


def _phone(start: str, more: str) -> re.Pattern[str]:
    shape = rf"(?<![0-9]){_OPEN}{start}(?:{_GAP}[0-9]){{{more}}}{_END}"
    return re.compile(shape, re.IGNORECASE)


_RULES = (
    _Rule("[iin]", _IIN, _is_iin, digits=12),
    _Rule("[card]", _CARD, _is_card, digits=13),
    _Rule("[tel]", _phone(rf"(?:\+?7|8){_GAP}7", "9"), _is_prefixed_phone, digits=11),
    _Rule("[tel]", _phone(rf"(?:\+?7|8){_GAP}[3489]", "9"), _is_grouped_phone, digits=11),
    _Rule("[tel]", _phone("7", "9"), _is_grouped_phone, digits=10),
    _Rule("[tel]", _phone(r"\+[1-9]", "7,14"), _is_prefixed_phone, digits=8),
)
