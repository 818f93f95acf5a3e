"""What the workbench reads from the study's folder, kept until it changes: codebook, samples, texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from qulaq.coding.assignments import Assignment, read_assignments
from qulaq.coding.codebook import Codebook, read_codebook
from qulaq.coding.contexts import Context, find_contexts
from qulaq.corpus.current import Corpus
from qulaq.store import Store
from qulaq.study import Study

Read = TypeVar("Read")

_kept: dict[str, tuple[object, Any]] = {}
_one_at_a_time = Lock()


def _keep(name: str, state: object, read: Callable[[], Read]) -> Read:
    """
    What was read before, unless the state of what it was read from has changed.
    """
    with _one_at_a_time:
        known = _kept.get(name)
        if known is None or known[0] != state:
            known = _kept[name] = (state, read())
        read_before: Read = known[1]
        return read_before


@dataclass(frozen=True, slots=True)
class Material:
    """
    The study's codebook (None: there is none) and samples, as they lie in its folder now.

    Raises StudyError, UnreadableExport where a file is damaged.
    """

    study: Study

    @property
    def codebook(self) -> Codebook | None:
        file = self.study.codebook
        if not file.exists():
            return None
        return _keep(f"{file}", _state(file), lambda: read_codebook(file))

    @property
    def assignments(self) -> Mapping[str, Assignment]:
        folder = self.study.samples
        files = sorted(folder.glob("*")) if folder.exists() else []
        state = [(file.name, _state(file)) for file in files]
        read = _keep(f"{folder}", state, lambda: read_assignments(folder))
        return {one.name: one for one in read}

    def contexts(self, assignment: Assignment) -> Mapping[str, Context]:
        """
        The texts of a sample by unit; those that are no more in the corpus are not among them.
        """
        units = [task.unit for task in assignment.tasks]
        state = (Store(self.study.corpus).fingerprint(), units)
        return _keep(
            f"{self.study.samples}/{assignment.name}", state, lambda: self._read(assignment)
        )

    def _read(self, assignment: Assignment) -> Mapping[str, Context]:
        if not self.study.pages:
            return {}
        with Corpus(self.study) as corpus:
            units = [task.unit for task in assignment.tasks]
            return find_contexts(corpus, assignment.unit, units)


def _state(file: Path) -> tuple[int, int]:
    told = file.stat()
    return told.st_mtime_ns, told.st_size
