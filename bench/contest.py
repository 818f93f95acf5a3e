"""
Contestants by turns, each run in a process of its own: what it took in seconds, CPU and memory.

Machines are noisy and others work on them too: so the contestants alternate in one go, and what counts
is the ratio of their medians.
"""

from __future__ import annotations

import json
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from importlib.abc import MetaPathFinder
from pathlib import Path
from typing import IO, Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """
    What one run took, once its libraries were loaded; `whole_cpu` from the start of its process.
    """

    seconds: float
    cpu: float
    whole_cpu: float
    peak_mb: float


PARTS: Mapping[str, str] = {
    "seconds": "seconds",
    "cpu": "CPU seconds",
    "whole_cpu": "CPU seconds with imports",
    "peak_mb": "peak memory, MB",
}


class TooMuch(Exception):
    """
    A run took more time or memory than there is; says which.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """
    The runs of the contestants, by their names; the first is ours. `left_out` are those that could not finish,
    each with the reason.
    """

    runs: Mapping[str, tuple[Spent, ...]]
    left_out: Mapping[str, str] = field(default_factory=dict)

    def values(self, name: str, part: str) -> list[float]:
        return sorted(getattr(one, part) for one in self.runs[name])

    def median(self, name: str, part: str = "seconds") -> float:
        return statistics.median(self.values(name, part))

    def share(self, name: str, of: str, *, part: str = "seconds") -> float:
        """
        How much one takes of what another takes, median of median.
        """
        return self.median(name, part) / self.median(of, part)

    def table(self) -> list[str]:
        """
        The contest as lines of a Markdown table, a contestant a line.
        """
        ours, *_ = self.runs
        heading = ["", *PARTS.values(), f"time, {ours} = 1"]
        lines = [_row(heading).replace("|  |", "| |", 1), "|---" * len(heading) + "|"]
        for name in self.runs:
            cells = [_cell(self.values(name, part)) for part in PARTS]
            lines.append(_row([name, *cells, f"{self.share(name, ours):.2f}"]))
        return [*lines, *(f"\n{name} is left out: {why}." for name, why in self.left_out.items())]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Contest:
        runs = {name: tuple(Spent(**one) for one in many) for name, many in told["runs"].items()}
        return cls(runs=runs, left_out=told["left_out"])


def met(truth: bool) -> str:
    return "met" if truth else "**not met**"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(values: Sequence[float]) -> str:
    """
    Median (least–most).
    """
    digits = 0 if values[0] >= 100 else 2  # noqa: PLR2004  # megabytes want no fraction
    low, middle, high = values[0], statistics.median(values), values[-1]
    if len(values) == 1:
        return f"{middle:,.{digits}f}"
    return f"{middle:,.{digits}f} ({low:,.{digits}f}–{high:,.{digits}f})"


def alternate(names: Sequence[str], run: Callable[[str], Spent], *, rounds: int) -> Contest:
    """
    Run the contestants by turns. Whoever begins finds the files colder: that alternates too.
    """
    spent: dict[str, list[Spent]] = {name: [] for name in names}
    for number in range(rounds):
        for name in names if number % 2 == 0 else reversed(names):
            spent[name].append(run(name))
    return Contest(runs={name: tuple(runs) for name, runs in spent.items()})


PATIENCE = 15 * 60.0  # seconds
_GLANCE = 0.2


def run_apart(module: str, *words: str, patience: float = PATIENCE) -> Spent:
    """
    Run `python -m module --run words…` in a process of its own, whose last line tells what it took.

    Raises TooMuch where it does not end in so many seconds or wants nearly all memory, and RuntimeError with
    what it said where it fails.
    """
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        command = [sys.executable, "-m", module, "--run", *words]
        process = subprocess.Popen(command, stdout=out, stderr=err)  # noqa: S603  # ourselves
        try:
            _wait(process, patience)
        finally:
            process.kill()
            process.wait()
        told, problem = _said(out), _said(err)
    if process.returncode < 0 or "MemoryError" in problem:
        raise TooMuch("it ended for want of memory")
    if process.returncode:
        raise RuntimeError(f"{module} {words[0]}: {problem}")
    return Spent(**json.loads(told.splitlines()[-1]))


def _wait(process: subprocess.Popen[bytes], patience: float) -> None:
    until = time.monotonic() + patience
    most = memory_mb("/proc/meminfo", "MemTotal") * 0.85
    while process.poll() is None:
        if time.monotonic() > until:
            raise TooMuch(f"it was not done in {patience / 60:.0f} minutes")
        if memory_mb(f"/proc/{process.pid}/status", "VmRSS") > most > 0:
            raise TooMuch(f"it wanted more than {most / 1000:.0f} GB of memory")
        time.sleep(_GLANCE)


def _said(stream: IO[str]) -> str:
    stream.seek(0)
    return stream.read()


def hide_pandas() -> None:
    """
    Developers have pandas for the tests, users of Qulaq do not: PyArrow loads it where it finds it, in a
    quarter of a second. From here on this process does not find it.
    """
    sys.meta_path.insert(0, _WithoutPandas())


class _WithoutPandas(MetaPathFinder):
    def find_spec(self, fullname: str, *_: object) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError(fullname, name=fullname)


def tell(work: Callable[[], object]) -> None:
    """
    Do the work in this process and print what it took, for `run_apart`.
    """
    start, used = time.perf_counter(), _cpu()
    work()
    spent = Spent(
        seconds=time.perf_counter() - start,
        cpu=_cpu() - used,
        whole_cpu=_cpu(),
        peak_mb=_peak_mb(),
    )
    print(json.dumps(asdict(spent)))


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _peak_mb() -> float:
    """
    The peak of this process alone: what `getrusage` tells begins with that of the process that started it.
    """
    return (
        memory_mb("/proc/self/status", "VmHWM")
        or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    )


def memory_mb(file: str, key: str) -> float:
    """
    What Linux tells under this key; 0 where it does not, or not any more.
    """
    try:
        told = Path(file).read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0.0
    found = re.search(rf"^{key}:\s*(\d+) kB$", told, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0
