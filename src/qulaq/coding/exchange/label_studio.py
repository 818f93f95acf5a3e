"""
What Label Studio exports of choices: JSON with the annotations of each task, or JSON-MIN with one object for each.

https://labelstud.io/guide/export (JSON, JSON-MIN): a task holds data and annotations; an annotation completed_by,
created_at, was_cancelled and result, a list of {from_name, type, value: {choices}}. In JSON-MIN the choices stand below
the name of their control tag, beside annotator and created_at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from qulaq.coding.exchange.documents import as_object, lacking, read_objects, unit_of
from qulaq.coding.exchange.given import Defaults, Given
from qulaq.lang import Sayable

_OF_TASK = {
    "id", "unit", "text", "link", "annotator", "annotation_id", "created_at", "updated_at", "lead_time",
}  # fmt: skip


def read_label_studio(file: Path, defaults: Defaults) -> Iterator[Given]:
    """
    A judgement for each control tag that an annotator filled in; the tag's name is the variable, unless *defaults* name
    one. Annotations that were cancelled are none. Raises UnreadableExport.
    """
    for where, record in read_objects(file):
        if "annotations" in record or "completions" in record:
            yield from _of_task(record, where, defaults)
        else:
            yield from _of_annotation(record, where, defaults)


def _of_task(record: Mapping[str, object], where: Sayable, defaults: Defaults) -> Iterator[Given]:
    listed = record.get("annotations", record.get("completions"))
    for told in map(as_object, listed if isinstance(listed, list) else []):
        results = told.get("result")
        if told.get("was_cancelled") or not isinstance(results, list):
            continue
        for one in map(as_object, results):
            choices = _choices(one.get("value"))
            if choices:
                yield Given(
                    where=where,
                    unit=unit_of(record, where),
                    coder=_coder(told.get("completed_by"), where, defaults),
                    variable=defaults.variable or str(one.get("from_name", "")),
                    codes=choices,
                    decided_at=_moment(told.get("updated_at") or told.get("created_at")),
                )


def _of_annotation(
    record: Mapping[str, object], where: Sayable, defaults: Defaults
) -> Iterator[Given]:
    filled = {name: _choices(told) for name, told in record.items() if name not in _OF_TASK}
    named = [name for name, choices in filled.items() if choices and _is_control(record, name)]
    for name in named:
        yield Given(
            where=where,
            unit=unit_of(record, where),
            coder=_coder(record.get("annotator"), where, defaults),
            variable=defaults.variable or name,
            codes=filled[name],
            decided_at=_moment(record.get("updated_at") or record.get("created_at")),
        )


def _is_control(record: Mapping[str, object], name: str) -> bool:
    """
    Texts of the task stand beside the choices: a control tag is what holds choices, or a text that can name a code.
    """
    told = record[name]
    return isinstance(told, dict) or (isinstance(told, str) and len(told.split()) == 1)


def _choices(value: object) -> tuple[str, ...]:
    told = as_object(value).get("choices", value)
    if isinstance(told, str):
        return (told,) if told else ()
    return tuple(one for one in told if isinstance(one, str)) if isinstance(told, list) else ()


def _coder(told: object, where: Sayable, defaults: Defaults) -> str:
    person = as_object(told)
    named = person.get("email") or person.get("username") or person.get("id") or told
    if defaults.coder:
        return defaults.coder
    if isinstance(named, str | int) and str(named):
        return str(named)
    raise lacking(where, "annotator")


def _moment(told: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(told))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
