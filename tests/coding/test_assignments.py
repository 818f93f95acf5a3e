"""
What handing out promises.

1. The samples of a folder are read back in the order in which they were drawn; a damaged one is refused by its file.
2. A unit goes to one coder or, where it is coded twice, to two; all share the work about evenly.
3. Who decided on a unit does not get it again; who has finished gets what waits for others.
4. A coder who comes later takes units over and moves none between the others.
"""

from __future__ import annotations

from collections import Counter

import pytest

from qulaq.coding.assignments import Assignment, Task, read_assignments
from qulaq.errors import StudyError

ROWS = "unit,page,day,link,stratum,probability,twice\na/2,a,2026-01-02,https://x.kz/2,all,0.5,yes\na/1,a,2026-01-01,,all,0.5,no\n"


def test_samples_are_read_back(tmp_path):
    """
    Requirement 1.
    """
    assert read_assignments(tmp_path / "none") == ()
    (tmp_path / "posts.csv").write_text(ROWS, encoding="utf-8-sig")
    (tmp_path / "posts.toml").write_text('unit = "post"\n')
    (found,) = read_assignments(tmp_path)
    assert (found.name, found.unit) == ("posts", "post")
    assert [(task.unit, task.twice, task.link) for task in found.tasks] == [
        ("a/2", True, "https://x.kz/2"),
        ("a/1", False, ""),
    ]


@pytest.mark.parametrize(
    ("record", "rows"),
    [
        ("unit = ", ROWS),
        ('unit = "page"', ROWS),
        ("", ROWS),
        ('unit = "post"', None),
        ('unit = "post"', "unit,link\na/1,\n"),
        ('unit = "post"', ROWS.replace("0.5", "half")),
    ],
)
def test_a_damaged_sample_is_refused(tmp_path, record, rows):
    """
    Requirement 1.
    """
    (tmp_path / "posts.toml").write_text(record)
    if rows is not None:
        (tmp_path / "posts.csv").write_text(rows)
    with pytest.raises(StudyError, match="posts"):
        read_assignments(tmp_path)


def sample(n=300, twice=100):
    tasks = [Task(unit=f"a/{k}", link="", probability=0.5, twice=k < twice) for k in range(n)]
    return Assignment(name="posts", unit="post", tasks=tuple(tasks))


def test_work_is_shared():
    """
    Requirement 2.
    """
    found, coders = sample(), ["asel", "bolat", "dina"]
    own = Counter(name for task in found.tasks for name in found.coders_of(task, coders))
    assert own.total() == 400
    assert all(100 < n < 170 for n in own.values())
    shared = [task for task in found.tasks if len(found.coders_of(task, coders)) == 2]
    assert all(task.twice for task in shared)
    assert len(shared) == 100


def test_all_is_coded_as_often_as_wanted():
    """
    Requirements 2 and 3: two people take turns until nothing is left.
    """
    found, decided = sample(40, 10), {}
    for _ in range(100):
        for name in ("asel", "bolat"):
            task = next(found.turns(name, ["asel", "bolat"], decided), None)
            if task:
                assert name not in decided.get(task.unit, [])
                decided.setdefault(task.unit, []).append(name)
    assert {unit: len(by) for unit, by in decided.items()} == {
        task.unit: task.wanted for task in found.tasks
    }


def test_who_is_left_alone_gets_everything():
    """
    Requirement 3.
    """
    found = sample(40, 10)
    assert len(list(found.turns("asel", ["asel", "bolat"], {}))) == 40


def test_a_coder_who_comes_later_moves_nothing_between_the_others():
    """
    Requirement 4.
    """
    found = sample()
    for task in found.tasks:
        before, after = (
            set(found.coders_of(task, names)) for names in (["a", "b"], ["a", "b", "c"])
        )
        assert after - before <= {"c"}
