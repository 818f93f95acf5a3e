"""Samples and their progress, and the screen on which a unit is coded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qulaq.coding.assignments import Task
from qulaq.coding.codebook import Unit
from qulaq.coding.decisions import Decision, Overtaken
from qulaq.lang import Phrase
from qulaq.web.accounts.rights import for_coders
from qulaq.web.coding import words
from qulaq.web.coding.desk import Desk, said_in_words
from qulaq.web.coding.forms import (
    LONGEST_REMARK,
    Forged,
    Outdated,
    Sent,
    as_sent,
    find_problems,
    make_fields,
    read_sent,
)
from qulaq.web.coding.material import Material
from qulaq.web.coding.words import WORDS
from qulaq.web.decisions.store import StoredDecisions
from qulaq.web.inside import show
from qulaq.web.pages import not_understood
from qulaq.web.served import served

_CONFLICT = 409
_LONGEST_NUMBER = 9  # digits


# ── The samples ──────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """
    How far a sample is: units, how many are coded as often as wanted, wait to be settled, were erased; the coder's own.
    """

    name: str
    unit: Unit
    units: int
    twice: int
    coded: int
    to_settle: int
    erased: int
    mine: int
    left: int
    by_coder: Sequence[tuple[str, int]]


@for_coders
@require_safe
@said_in_words
def samples(request: HttpRequest) -> HttpResponse:
    """
    All samples with their progress: one's own, and for owners everybody's.
    """
    material = Material(served().study)
    codebook = material.codebook
    listed = [] if codebook is None else [_progress(Desk.of(request, name)) for name in material.assignments]  # fmt: skip
    return show(request, "coding.html", words=WORDS, codebook=codebook, samples=listed)


def _progress(desk: Desk) -> Progress:
    counts = Counter(name for by in desk.decided.values() for name in by)
    return Progress(
        name=desk.assignment.name,
        unit=desk.assignment.unit,
        units=len(desk.tasks),
        twice=sum(task.twice for task in desk.tasks),
        coded=sum(len(desk.decided.get(task.unit, ())) >= task.wanted for task in desk.tasks),
        to_settle=len(desk.open),
        erased=len(desk.assignment.tasks) - len(desk.tasks),
        mine=counts[desk.who],
        left=len(desk.left),
        by_coder=sorted(counts.items()),
    )


@for_coders
@require_safe
@said_in_words
def next_unit(request: HttpRequest, name: str) -> HttpResponse:
    """
    On to the coder's next unit, after the place that the address names where one waits there.
    """
    desk = Desk.of(request, name)
    left = [desk.places[task.unit] for task in desk.left]
    if not left:
        return show(request, "coded.html", words=WORDS, told=WORDS["all_done"])
    after = request.GET.get("after", "")
    known = after.isascii() and after.isdigit() and len(after) <= _LONGEST_NUMBER
    further = [place for place in left if known and place > int(after)]
    return HttpResponseRedirect(f"/coding/{name}/{(further or left)[0]}/")


# ── One unit ─────────────────────────────────────────────────────────────────────────────────────


@for_coders
@require_http_methods(["GET", "HEAD", "POST"])
@said_in_words
def code_unit(request: HttpRequest, name: str, place: int) -> HttpResponse:
    """
    The screen of a unit; what is sent there is stored as the coder's next turn on it.
    """
    desk = Desk.of(request, name)
    task = desk.task(place)
    if task.unit not in desk.contexts:
        return show(request, "coded.html", words=WORDS, told=words.ERASED)
    if request.method == "POST":
        return _take(desk, task)
    sent = as_sent(_own(desk, task))
    notice = words.TAKEN_BACK if "undone" in request.GET else None
    return _show(desk, task, sent, words.CODED_BEFORE if sent.codes else notice)


def _own(desk: Desk, task: Task) -> list[Decision]:
    told = StoredDecisions().read(units=[task.unit], coder=desk.who)
    return [one for one in told if one.status == "coder"]


def _take(desk: Desk, task: Task) -> HttpResponse:
    try:
        sent = read_sent(desk.request.POST, desk.variables)
    except Forged:
        return not_understood(desk.request)
    except Outdated:
        return _show(desk, task, as_sent(_own(desk, task)), words.CHANGED, status=_CONFLICT)
    if len(sent.remark) > LONGEST_REMARK:
        return _show(desk, task, sent, words.too_long(LONGEST_REMARK))
    if problems := find_problems(sent, desk.variables):
        return _show(desk, task, sent, WORDS["problems"], problems=problems)
    try:
        StoredDecisions().append(desk.decide(task, desk.variables, sent))
    except Overtaken:
        return _show(desk, task, as_sent(_own(desk, task)), words.OVERTAKEN, status=_CONFLICT)
    after = desk.places[task.unit]
    return HttpResponseRedirect(f"/coding/{desk.assignment.name}/next/?after={after}")


def _show(
    desk: Desk,
    task: Task,
    sent: Sent,
    notice: Phrase | None,
    *,
    problems: Mapping[str, Phrase] | None = None,
    status: int = 200,
) -> HttpResponse:
    mine = sum(desk.who in by for by in desk.decided.values())
    return desk.show_unit(
        "unit.html",
        task,
        status=status,
        fields=list(make_fields(desk.variables, sent, problems or {}, desk.language)),
        sent=sent,
        notice=notice,
        step=mine,
        of=mine + len(desk.left),
        longest=LONGEST_REMARK,
    )


# ── Taking back ──────────────────────────────────────────────────────────────────────────────────


@for_coders
@require_POST
@said_in_words
def undo(request: HttpRequest, name: str) -> HttpResponse:
    """
    Take back what the coder decided last in this sample, and show that unit again.
    """
    desk = Desk.of(request, name)
    told = StoredDecisions().read(units=desk.contexts, coder=desk.who)
    last = _last_standing([one for one in told if one.status == "coder"])
    if not last:
        return HttpResponseRedirect(f"/coding/{name}/next/")
    with suppress(Overtaken):  # it was taken back in another window
        StoredDecisions().append([_taken_back(one) for one in last])
    return HttpResponseRedirect(f"/coding/{name}/{desk.places[last[0].unit]}/?undone=1")


def _last_standing(told: Sequence[Decision]) -> list[Decision]:
    """
    What stands on the unit that was decided on last.
    """
    turns: dict[str, int] = {}
    for one in told:
        turns[one.unit] = max(turns.get(one.unit, 0), one.turn)
    stands = [one for one in told if one.codes and one.turn == turns[one.unit]]
    last = max(stands, key=lambda one: one.decided_at, default=None)
    return [one for one in stands if last and one.unit == last.unit]


def _taken_back(one: Decision) -> Decision:
    return Decision(
        unit=one.unit,
        variable=one.variable,
        coder=one.coder,
        status=one.status,
        codes=(),
        fingerprint=one.fingerprint,
        decided_at=served().clock(),
        turn=one.turn + 1,
    )
