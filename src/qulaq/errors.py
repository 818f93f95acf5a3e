"""
The family of errors. A reader of messages meets no other.

    QulaqError
    ├── Misused               the command or call was given something it cannot take
    │   └── UnknownName         no importer, indicator or format of that name
    ├── StudyError            the study folder is not what it should be
    ├── StoreError            the corpus could not be read or written
    ├── QuestionnaireError    a form is no questionnaire that can be asked
    ├── EngineError           the cluster did not answer, or would answer wrongly
    └── SourceError           a source could not be read
        ├── UnreadableExport    a file is not the export it claims to be
        └── UnknownExport       no importer recognises a file
"""

from __future__ import annotations

from difflib import get_close_matches

from qulaq.lang import Language, Sayable, phrase, say


class QulaqError(Exception):
    """
    Something that the person at the keyboard can mend: where it is, what was found, what to do.
    """

    def __init__(self, *, where: Sayable = "", found: Sayable, remedy: Sayable = "") -> None:
        super().__init__()
        self.where = where
        self.found = found
        self.remedy = remedy

    def to(self, language: Language) -> str:
        where = say(self.where, language)
        message = " ".join(filter(None, (say(self.found, language), say(self.remedy, language))))
        return f"{where}: {message}" if where else message

    def __str__(self) -> str:
        return self.to("en")


class Misused(QulaqError):
    """
    The command or call was given something it cannot take.
    """


class UnknownName(Misused):
    """
    No importer, indicator, page or format bears that name.
    """

    @classmethod
    def among(cls, name: str, known: list[str], *, kind: Sayable) -> UnknownName:
        """
        The error that lists the known names, the nearest first.
        """
        nearest = get_close_matches(name, known, n=len(known) or 1, cutoff=0.6)
        listed = nearest + [other for other in sorted(known) if other not in nearest]
        return cls(
            where=kind,
            found=phrase("“{name}” is not known here.", name=name),
            remedy=phrase("Known: {names}.", names=", ".join(listed) or "—"),
        )


class StudyError(QulaqError):
    """
    The study folder is not what it should be.
    """


class QuestionnaireError(QulaqError):
    """
    A form is no questionnaire that can be asked: which sheet, row and column, and why.
    """


class StoreError(QulaqError):
    """
    The corpus could not be read or written; what was stored before stands.
    """


class SourceError(QulaqError):
    """
    A source could not be read.
    """


class UnreadableExport(SourceError):
    """
    A file is not the export it claims to be, or is damaged.
    """


class UnknownExport(SourceError):
    """
    No importer recognises a file.
    """


class EngineError(QulaqError):
    """
    The cluster did not answer, or would answer wrongly.
    """
