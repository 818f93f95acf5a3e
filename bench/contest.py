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
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """
    The runs of the contestants, by their names, in the order in which they alternated; the first is ours.
    """

    runs: Mapping[str, tuple[Spent, ...]]

    def values(self, name: str, part: str) -> list[float]:
        return sorted(getattr(one, part) for one in self.runs[name])

    def median(self, name: str, part: str) -> float:
        return statistics.median(self.values(name, part))

    def ratio(self, part: str = "seconds", *, to: str = "") -> float:
        """
        How many times as much the first takes as another (the second), median against median.
        """
        first, second, *_ = self.runs
        return self.median(first, part) / self.median(to or second, part)

    def share(self, name: str, of: str, *, part: str = "seconds") -> float:
        """
        How much one takes of what another takes, median of median.
        """
        return self.median(name, part) / self.median(of, part)

    def table(self) -> list[str]:
        """
        The contest as lines of a Markdown table.
        """
        _, *others = self.runs
        ratios = ["ratio"] if len(others) == 1 else [f"ratio to {other}" for other in others]
        heading = ["", *self.runs, *ratios]
        lines = [_row(heading).replace("|  |", "| |", 1), "|---" * len(heading) + "|"]
        for part, what in PARTS.items():
            cells = [_cell(self.values(name, part)) for name in self.runs]
            times = [f"{self.ratio(part, to=other):.2f}" for other in others]
            lines.append(_row([what, *cells, *times]))
        return lines


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(values: Sequence[float]) -> str:
    """
    Median (least–most).
    """
    digits = 0 if values[0] >= 100 else 2  # noqa: PLR2004  # megabytes want no fraction
    low, middle, high = values[0], statistics.median(values), values[-1]
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


def run_apart(module: str, *words: str) -> Spent:
    """
    Run `python -m module --run words…` in a process of its own, whose last line tells what it took.
    """
    done = subprocess.run(  # noqa: S603  # ourselves
        [sys.executable, "-m", module, "--run", *words], check=True, capture_output=True, text=True
    )
    told = json.loads(done.stdout.splitlines()[-1])
    return Spent(**{field.name: told[field.name] for field in fields(Spent)})


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
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    (peak,) = re.findall(r"^VmHWM:\s*(\d+) kB$", status.read_text(encoding="ascii"), re.MULTILINE)
    return int(peak) / 1024
