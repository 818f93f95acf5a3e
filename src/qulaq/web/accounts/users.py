"""Adding and removing those who work on the study."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from qulaq.errors import Misused, UnknownName
from qulaq.lang import Phrase, phrase
from qulaq.web.accounts.models import Role, User

_LONGEST_NAME = 150

# By the codes of Django's own validators, whose messages exist in too few languages.
_COMPLAINTS: Mapping[str, Phrase] = {
    "password_too_short": phrase("the password is shorter than 10 characters."),
    "password_too_similar": phrase("the password is too much like the name."),
    "password_too_common": phrase("the password is one of those that are tried first."),
    "password_entirely_numeric": phrase("the password consists of digits only."),
}


def add_user(name: str, *, role: str, password: str) -> None:
    """
    Let somebody in. Raises Misused for a name that is taken or a password that is easily guessed.
    """
    check_role(role)
    if not name.strip() or len(name) > _LONGEST_NAME:
        raise Misused(
            where=name,
            found=phrase("this is no name to sign in with."),
            remedy=phrase("Choose one of 1 to 150 characters."),
        )
    user = User(name=name, role=role)
    _set_password(user, password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        raise Misused(
            where=name,
            found=phrase("there is a user of this name already."),
            remedy=phrase("Choose another name, or remove that user first: qulaq user remove."),
        ) from None


def check_role(role: str) -> None:
    """
    Raises UnknownName.
    """
    if role not in Role.values:
        raise UnknownName.among(role, list(Role.values), kind="--role")


def change_password(name: str, *, password: str) -> None:
    """
    Give a user another password, which ends all sessions of theirs. Raises UnknownName, Misused.
    """
    user = _find(name)
    _set_password(user, password)
    user.save()


def remove_user(name: str) -> None:
    """
    Raises UnknownName.
    """
    _find(name).delete()


def list_users() -> tuple[tuple[str, str], ...]:
    """
    Name and role of each user, by name.
    """
    return tuple(User.objects.order_by("name").values_list("name", "role"))


def list_coders() -> tuple[str, ...]:
    """
    Who codes: all coders or, where there are none, the owners.
    """
    of_role = {
        role: tuple(name for name, told in list_users() if told == role)
        for role in (Role.CODER, Role.OWNER)
    }
    return of_role[Role.CODER] or of_role[Role.OWNER]


def _find(name: str) -> User:
    user = User.objects.filter(name=name).first()
    if user is None:
        known = [known for known, _ in list_users()]
        raise UnknownName.among(name, known, kind=phrase("users of the study"))
    return user


def _set_password(user: User, password: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        code = error.error_list[0].code or ""
        raise Misused(
            where=user.name,
            found=_COMPLAINTS[code],
            remedy=phrase("Choose a longer one that nobody guesses, such as four words."),
        ) from None
    user.set_password(password)
