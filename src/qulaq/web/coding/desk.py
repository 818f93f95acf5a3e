"""Where a coder sits: the sample, its codebook, who codes, and what is coded of it so far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, wraps

from django.http import Http404, HttpRequest, HttpResponse

from qulaq.coding.assignments import Assignment, Task
from qulaq.coding.codebook import Codebook, Variable
from qulaq.coding.contexts import Context
from qulaq.coding.decisions import Decision, Open, Status, settle, standing
from qulaq.errors import QulaqError
from qulaq.lang import Language, phrase
from qulaq.lang.formats import day
from qulaq.web.accounts.models import User
from qulaq.web.accounts.users import list_coders
from qulaq.web.coding.forms import Sent
from qulaq.web.coding.material import Material
from qulaq.web.coding.words import WORDS
from qulaq.web.decisions.store import StoredDecisions
from qulaq.web.inside import show
from qulaq.web.pages import tell
from qulaq.web.served import served
from qulaq.web.speech import speaks

View = Callable[..., HttpResponse]


def said_in_words(view: View) -> View:
    """
    A damaged codebook or sample is told of, not thrown at whoever opens the page.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        language = speaks(request)  # kept also where the page leads on to another
        try:
            return view(request, *args, **kwargs)
        except QulaqError as error:
            told = error.to(language)
            title = phrase("This cannot be coded now")
            return tell(request, title, told, status=500, language=language)

    return guarded


def name_of(request: HttpRequest) -> str:
    """
    Who codes. Raises Http404 for a stranger.
    """
    if not isinstance(request.user, User):
        raise Http404
    return str(request.user.name)


@dataclass(frozen=True, kw_only=True)  # without slots, for what is read of the store is kept
class Desk:
    """
    One sample in front of one person, for one request.
    """

    request: HttpRequest
    material: Material
    codebook: Codebook
    assignment: Assignment

    @classmethod
    def of(cls, request: HttpRequest, name: str) -> Desk:
        """
        Raises Http404 where there is no such sample, or no codebook.
        """
        material = Material(served().study)
        assignment, codebook = material.assignments.get(name), material.codebook
        if assignment is None or codebook is None:
            raise Http404
        return cls(request=request, material=material, codebook=codebook, assignment=assignment)

    @property
    def who(self) -> str:
        return name_of(self.request)

    @property
    def language(self) -> Language:
        return speaks(self.request)

    @property
    def variables(self) -> tuple[Variable, ...]:
        return self.codebook.of_unit(self.assignment.unit)

    @cached_property
    def contexts(self) -> Mapping[str, Context]:
        return self.material.contexts(self.assignment)

    @cached_property
    def tasks(self) -> list[Task]:
        """
        The units that can be read.
        """
        return [task for task in self.assignment.tasks if task.unit in self.contexts]

    @cached_property
    def places(self) -> Mapping[str, int]:
        """
        The place of each unit in the sample, from 1.
        """
        return {task.unit: place for place, task in enumerate(self.assignment.tasks, start=1)}

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """
        What stands of everybody's decisions on the units that can be read.
        """
        told = StoredDecisions().read(units=self.contexts)
        stands = standing(told, self.codebook).decisions
        unit = self.assignment.unit
        return tuple(one for one in stands if self.codebook.variable(one.variable).unit == unit)

    @cached_property
    def decided(self) -> Mapping[str, frozenset[str]]:
        """
        Who coded each unit, in all variables: one that is new or has a new definition brings its units back.
        """
        asked = {one.name for one in self.variables}
        told: dict[tuple[str, str], set[str]] = defaultdict(set)
        for one in self.decisions:
            if one.status == "coder":
                told[one.unit, one.coder].add(one.variable)
        by: dict[str, set[str]] = defaultdict(set)
        for (unit, coder), variables in told.items():
            if variables >= asked:
                by[unit].add(coder)
        return {unit: frozenset(names) for unit, names in by.items()}

    @cached_property
    def open(self) -> Mapping[str, Sequence[Open]]:
        """
        What waits to be settled, by unit in the order of the sample: of units that all who are to code them have coded, for
        until then nobody sees what another chose.
        """
        waiting: dict[str, list[Open]] = defaultdict(list)
        for one in settle(self.decisions).open:
            waiting[one.unit].append(one)
        return {
            task.unit: waiting[task.unit]
            for task in self.tasks
            if task.unit in waiting and len(self.decided.get(task.unit, ())) >= task.wanted
        }

    @cached_property
    def left(self) -> list[Task]:
        """
        What this person has still to code.
        """
        turns = self.assignment.turns(self.who, {*list_coders(), self.who}, self.decided)
        return [task for task in turns if task.unit in self.contexts]

    def task(self, place: int) -> Task:
        """
        The unit at that place, from 1. Raises Http404.
        """
        if not 1 <= place <= len(self.assignment.tasks):
            raise Http404
        return self.assignment.tasks[place - 1]

    def show_unit(self, template: str, task: Task, *, status: int, **context: object) -> HttpResponse:  # fmt: skip
        """
        A screen with the text of a unit.
        """
        read = self.contexts[task.unit]
        return show(
            self.request,
            template,
            words=WORDS,
            status=status,
            sample=self.assignment.name,
            place=self.places[task.unit],
            context=read,
            when=day(read.published_at.astimezone(served().zone).date(), self.language),
            page=served().study.page(read.page),
            **context,
        )

    def decide(
        self, task: Task, variables: Sequence[Variable], sent: Sent, *, status: Status = "coder"
    ) -> list[Decision]:
        """
        What this person sent, as the turn after the one that their form has seen.
        """
        return [
            Decision(
                unit=task.unit,
                variable=one.name,
                coder=self.who,
                status=status,
                codes=sent.codes[one.name],
                fingerprint=one.fingerprint,
                decided_at=served().clock(),
                turn=sent.turn + 1,
                unsure=one.name in sent.unsure,
                remark=sent.remark,
            )
            for one in variables
        ]
