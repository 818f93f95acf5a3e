"""Settling what coders see differently: both codes side by side, and what counts from now on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_safe

from qulaq.coding.assignments import Task
from qulaq.coding.codebook import Variable
from qulaq.coding.decisions import Open, Overtaken
from qulaq.coding.sampling import lot
from qulaq.lang import Language, Phrase
from qulaq.web.accounts.models import User
from qulaq.web.accounts.rights import for_coders
from qulaq.web.coding import words
from qulaq.web.coding.desk import Desk, said_in_words
from qulaq.web.coding.forms import (
    LONGEST_REMARK,
    Field,
    Forged,
    Outdated,
    Sent,
    find_problems,
    make_fields,
    read_sent,
)
from qulaq.web.coding.words import WORDS
from qulaq.web.decisions.store import StoredDecisions
from qulaq.web.inside import show
from qulaq.web.pages import not_understood

_CONFLICT = 409
_NAMES = ("coder_a", "coder_b")


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """
    How one coder saw a unit in one variable; who it was stays hidden.
    """

    name: Phrase
    labels: Sequence[str]
    unsure: bool
    remark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """
    A variable to be settled, and how coders saw it.
    """

    field: Field
    views: Sequence[View]


@for_coders
@require_safe
@said_in_words
def next_open(request: HttpRequest, name: str) -> HttpResponse:
    """
    On to the next unit that this person may settle.
    """
    desk = Desk.of(request, name)
    for unit in desk.open:
        if _may_settle(desk, unit):
            return HttpResponseRedirect(f"/coding/{name}/settle/{desk.places[unit]}/")
    return show(request, "coded.html", words=WORDS, told=WORDS["all_settled"])


def _may_settle(desk: Desk, unit: str) -> bool:
    """
    Owners settle all; coders what they did not code themselves.
    """
    user = desk.request.user
    owns = isinstance(user, User) and user.owns
    return owns or desk.who not in desk.decided.get(unit, ())


@for_coders
@require_http_methods(["GET", "HEAD", "POST"])
@said_in_words
def settle_unit(request: HttpRequest, name: str, place: int) -> HttpResponse:
    """
    The screen on which a unit is settled.
    """
    desk = Desk.of(request, name)
    task = desk.task(place)
    if task.unit not in desk.contexts:
        return show(request, "coded.html", words=WORDS, told=words.ERASED)
    if not _may_settle(desk, task.unit):
        return show(request, "coded.html", words=WORDS, told=words.NOT_YOURS)
    if task.unit not in desk.open:
        return HttpResponseRedirect(f"/coding/{name}/settle/")
    return _take(desk, task) if request.method == "POST" else _show(desk, task, _fresh(desk, task))


def _fresh(desk: Desk, task: Task) -> Sent:
    """
    Nothing chosen yet, at the turn that this person has reached.
    """
    told = StoredDecisions().read(units=[task.unit], coder=desk.who)
    return Sent(turn=max((one.turn for one in told if one.status == "gold"), default=0))


def _take(desk: Desk, task: Task) -> HttpResponse:
    waiting = desk.open[task.unit]
    variables = [desk.codebook.variable(one.variable) for one in waiting]
    try:
        sent = read_sent(desk.request.POST, variables)
    except Forged:
        return not_understood(desk.request)
    except Outdated:
        return _show(desk, task, _fresh(desk, task), words.CHANGED, status=_CONFLICT)
    if len(sent.remark) > LONGEST_REMARK:
        return _show(desk, task, sent, words.too_long(LONGEST_REMARK))
    if problems := find_problems(sent, variables) or _without_reason(sent, waiting):
        return _show(desk, task, sent, WORDS["problems"], problems=problems)
    try:
        StoredDecisions().append(desk.decide(task, variables, sent, status="gold"))
    except Overtaken:
        return _show(desk, task, _fresh(desk, task), words.OVERTAKEN, status=_CONFLICT)
    return HttpResponseRedirect(f"/coding/{desk.assignment.name}/settle/")


def _without_reason(sent: Sent, waiting: Sequence[Open]) -> dict[str, Phrase]:
    """
    What none of the coders chose wants a reason.
    """
    if sent.remark:
        return {}
    return {
        one.variable: words.REASON_WANTED
        for one in waiting
        if all(set(sent.codes[one.variable]) != set(told.codes) for told in one.decisions)
    }


def _show(
    desk: Desk,
    task: Task,
    sent: Sent,
    notice: Phrase | None = None,
    *,
    problems: Mapping[str, Phrase] | None = None,
    status: int = 200,
) -> HttpResponse:
    waiting = desk.open[task.unit]
    variables = [desk.codebook.variable(one.variable) for one in waiting]
    fields = list(make_fields(variables, sent, problems or {}, desk.language))
    disputes = [
        Dispute(field=field, views=_views(one, variable, desk.language))
        for field, one, variable in zip(fields, waiting, variables, strict=True)
    ]
    return desk.show_unit(
        "settle.html",
        task,
        status=status,
        disputes=disputes,
        fields=fields,
        sent=sent,
        notice=notice,
        longest=LONGEST_REMARK,
    )


def _views(one: Open, variable: Variable, language: Language) -> list[View]:
    """
    In an order that tells nothing of who it was, the same for all variables of a unit.
    """
    labels = {part.code: part.label.to(language) for part in variable.categories}
    told = sorted(
        one.decisions, key=lambda view: lot(f"{view.unit}\t{view.coder}", seed=1, purpose="settle")
    )
    return [
        View(
            name=WORDS[_NAMES[place] if place < len(_NAMES) else "another_coder"],
            labels=[labels[code] for code in decision.codes],
            unsure=decision.unsure,
            remark=decision.remark,
        )
        for place, decision in enumerate(told)
    ]
