"""Columns that would tell who answered: they are never stored."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from qulaq.survey.exchange.likeness import alike

_HEADINGS = frozenset(
    (
        # English
        "name", "full name", "full_name", "fullname", "your name", "first name", "first_name", "firstname",
        "last name", "last_name", "lastname", "surname", "username", "user name", "email", "e-mail", "email address",
        "e-mail address", "emailaddress", "phone", "phone number", "phone_number", "phonenumber", "mobile",
        "mobile number", "telephone", "address", "home address", "ip", "ip address", "ipaddress", "ipaddr", "iin",
        # Russian
        "имя", "фамилия", "отчество", "фио", "ф.и.о", "ф. и. о", "ваше имя", "ваши фио", "имя и фамилия",
        "фамилия и имя", "имя пользователя", "адрес электронной почты", "электронная почта", "эл. почта", "почта",
        "телефон", "ваш телефон", "номер телефона", "ваш номер телефона", "контактный телефон", "адрес",
        "домашний адрес", "ip-адрес", "иин",
        # Kazakh
        "аты", "тегі", "аты-жөні", "аты жөні", "аты-жөніңіз", "аты-жөніңізді жазыңыз", "есіміңіз", "атыңыз",
        "пайдаланушы аты", "электрондық пошта", "электрондық пошта мекенжайы", "электрондық поштаңыз", "телефоныңыз",
        "телефон нөмірі", "телефон нөміріңіз", "байланыс телефоны", "мекенжайы", "мекенжайыңыз", "ip мекенжайы",
        "жсн",
        # what programs add
        "_submitted_by", "submitterid", "submittername", "submitter id", "submitter name", "deviceid", "device id",
        "subscriberid", "simserial", "_geolocation", "custom data",
    )
)  # fmt: skip
_LOOKED_AT = 1_000  # filled cells by which a column is judged
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.\w+")
_PHONE = re.compile(r"(?:\+7|8|7)[\s(-]*\d{3}[\s)-]*\d{3}[\s-]*\d\d[\s-]*\d\d")


def is_personal(heading: str, cells: Iterable[str]) -> bool:
    """
    Whether a column holds names, addresses, telephone numbers or the like: its heading says so, or most of what
    stands in it.
    """
    if alike(heading).removeprefix("ipaddr. ") in _HEADINGS:
        return True
    told = list(islice(filter(None, cells), _LOOKED_AT))
    found = sum(bool(_ADDRESS.fullmatch(cell) or _PHONE.fullmatch(cell)) for cell in told)
    return found * 2 > len(told)
