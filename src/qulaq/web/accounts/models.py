"""Users of a study."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class Role(models.TextChoices):
    """
    What a user may do: owner everything, coder read texts and answers, reader see counts and reports.
    """

    OWNER = "owner"
    CODER = "coder"
    READER = "reader"


class User(AbstractBaseUser):
    """
    Somebody who works on the study.
    """

    name = models.CharField(max_length=150, unique=True)
    role = models.CharField(max_length=10, choices=Role)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "name"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["role"]

    objects: ClassVar[BaseUserManager[User]] = BaseUserManager()

    def __str__(self) -> str:
        return str(self.name)

    @property
    def may_read_answers(self) -> bool:
        return Role(self.role) in (Role.OWNER, Role.CODER)

    @property
    def may_code(self) -> bool:
        return Role(self.role) in (Role.OWNER, Role.CODER)

    @property
    def owns(self) -> bool:
        return Role(self.role) is Role.OWNER
