"""
The form's token: a random key, signed, that makes one questionnaire one response.

It travels in a hidden field of the form and, where the browser takes it, in a cookie of the survey's own
path, so that addresses stay clean: who copies one out of the browser shares the survey, not the answers.
Once the form is sent, a mark of the last page takes its place there.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.core import signing

COOKIE = "form"
LIFE = timedelta(days=7)
_KEY_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """
    What the link told when the form was opened, and the key of this one form.
    """

    key: str
    channel: str | None
    invitation: str
    pilot: bool

    @property
    def respondent(self) -> str:
        """
        The key under which answers are stored; the token cannot be told from it.
        """
        return hashlib.sha256(self.key.encode()).hexdigest()[:32]


def make_token(*, channel: str | None, invitation: str, pilot: bool) -> Token:
    key = secrets.token_urlsafe(_KEY_BYTES)
    return Token(key=key, channel=channel, invitation=invitation, pilot=pilot)


def sign(token: Token, *, survey: str) -> str:
    told = [token.key, token.channel, token.invitation, token.pilot]
    return signing.dumps(told, salt=_salt(survey))


def read_token(text: str, *, survey: str) -> Token | None:
    """
    The token, or None where it is forged, damaged, of another survey or older than a week.
    """
    try:
        told = signing.loads(text, salt=_salt(survey), max_age=LIFE)
    except signing.BadSignature:
        return None
    key, channel, invitation, pilot = told
    return Token(key=key, channel=channel, invitation=invitation, pilot=pilot)


@dataclass(frozen=True, slots=True)
class Ending:
    """
    The last page to which a browser was led, "thanks" or "excused", and the language of the form there.

    Its mark is the same for everybody who came there: it tells nothing of who answered what.
    """

    page: str
    language: str

    def sign(self, *, survey: str) -> str:
        return signing.Signer(salt=_ending_salt(survey)).sign(f"{self.page}.{self.language}")


def read_ending(text: str, *, survey: str) -> Ending | None:
    """
    The ending of a mark; None where it is none of ours.
    """
    try:
        told = signing.Signer(salt=_ending_salt(survey)).unsign(text)
    except signing.BadSignature:
        return None
    return Ending(*told.split("."))


def _salt(survey: str) -> str:
    return f"qulaq.web.survey {survey}"


def _ending_salt(survey: str) -> str:
    return f"qulaq.web.survey {survey} ending"
