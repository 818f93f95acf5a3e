"""Choices too many for a phone's page: found by what their labels begin with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qulaq.survey.questionnaire import Choice

MOST_LISTED = 40  # choices that a page lists; longer lists are searched
MOST_FOUND = 25


def find_choices(choices: Iterable[Choice], sought: str, language: str) -> list[Choice]:
    """
    The choices of which a word begins with *sought*, those that begin with it first.
    """
    wanted = " ".join(sought.casefold().split())
    if not wanted:
        return []
    ranked = [
        (not label.startswith(wanted), choice)
        for choice in choices
        if f" {wanted}" in f" {(label := _folded(choice, language))}"
    ]
    return [choice for _, choice in sorted(ranked, key=lambda one: one[0])][:MOST_FOUND]


def the_one(choices: Sequence[Choice], sought: str, language: str) -> Choice | None:
    """
    The choice that can only be meant: labelled so, or the only one found.
    """
    found = find_choices(choices, sought, language)
    wanted = " ".join(sought.casefold().split())
    alike = [choice for choice in found if _folded(choice, language) == wanted]
    meant = alike or found
    return meant[0] if len(meant) == 1 else None


def _folded(choice: Choice, language: str) -> str:
    return " ".join(choice.label.to(language).casefold().split())
