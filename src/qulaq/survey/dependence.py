"""What hangs on what: the order in which a form is worked out, and circles in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from qulaq.survey.questionnaire import Question

Graph = Mapping[str, frozenset[str]]


def depends(question: Question) -> frozenset[str]:
    """
    The questions on which it hangs whether this one is shown, and what it is where it is calculated. One that asks
    about its own answer there depends on itself.
    """
    rules = (*question.relevant, *([question.calculation] if question.calculation else []))
    named = (question.name if name == "." else name for rule in rules for name in rule.names)
    return frozenset(named)


def find_circles(graph: Graph) -> list[list[str]]:
    """
    Circles such as [a, b, a], each question in one of them at most.
    """
    left, circles = dict(graph), []
    while circle := _find_circle(left):
        circles.append(circle)
        left = {name: on - set(circle) for name, on in left.items() if name not in circle}
    return circles


def _find_circle(graph: Graph) -> list[str]:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return found[::-1]
    return []


def in_order(graph: Graph) -> tuple[str, ...]:
    """
    The names, each after all on which it depends. There must be no circle.
    """
    return tuple(name for name in TopologicalSorter(graph).static_order() if name in graph)


def inputs(names: Iterable[str], questions: Mapping[str, Question]) -> frozenset[str]:
    """
    The asked questions behind these names, calculations followed to what they are made of.
    """
    found: set[str] = set()
    waiting = [name for name in names if name in questions]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        rule = questions[name].calculation
        waiting += [one for one in (rule.names if rule else ()) if one in questions]
    return frozenset(name for name in found if questions[name].is_asked)
