"""What is said of a database that cannot be used."""

from __future__ import annotations

from django.conf import settings
from django.db import DatabaseError

from qulaq.errors import StudyError
from qulaq.lang import phrase


def unreachable(error: DatabaseError) -> StudyError:
    """
    What a database says that cannot be used, as one of our errors.
    """
    told = settings.DATABASES["default"]
    return StudyError(
        where=str(told["NAME"]),
        found=phrase(
            "the database cannot be opened or written ({message}).",
            message=str(error).strip().splitlines()[0],
        ),
        remedy=phrase("Check that it is there, that it may be written and that there is room."),
    )
