"""
What the store of decisions promises.

1. It keeps them in order and as they are, many at once.
2. All or none: nobody takes a turn twice, and then nothing of what came with it is kept.
3. It erases what was said of erased units.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from qulaq.coding.decisions import Decision, Overtaken

NOW = datetime(2026, 11, 27, 9, 30, 1, tzinfo=UTC)


def decided(unit, turn=1, **told):
    told = {"variable": "invites", "coder": "bolat", "codes": ("yes",)} | told
    return Decision(unit=unit, turn=turn, fingerprint="0" * 12, decided_at=NOW, **told)


@pytest.fixture
def stored(site):
    from qulaq.web.decisions.store import StoredDecisions

    return StoredDecisions()


def test_they_are_kept_in_order_and_as_they_are(stored):
    """
    Requirement 1.
    """
    told = [decided(f"akimat/{n}", remark="<b>ә</b>", unsure=n % 2 == 0) for n in range(1_200)]
    told.append(
        decided("akimat/1", status="machine", coder="model", codes=("yes", "no"), probability=0.25)
    )
    stored.append(told)
    assert list(stored.read()) == told
    assert list(stored.read(units=["akimat/1"])) == [told[1], told[-1]]
    assert list(stored.read(units=["akimat/1"], coder="model")) == [told[-1]]
    assert len(list(stored.read(units=[one.unit for one in told]))) == len(told)


def test_nobody_takes_a_turn_twice(stored):
    """
    Requirement 2.
    """
    stored.append([decided("akimat/1")])
    with pytest.raises(Overtaken):
        stored.append([decided("akimat/2"), decided("akimat/1", codes=("no",))])
    stored.append([decided("akimat/1", coder="asel"), decided("akimat/1", turn=2, codes=())])
    assert [(one.unit, one.coder, one.turn) for one in stored.read()] == [
        ("akimat/1", "bolat", 1),
        ("akimat/1", "asel", 1),
        ("akimat/1", "bolat", 2),
    ]


def test_what_was_said_of_erased_units_goes(stored):
    """
    Requirement 3.
    """
    stored.append([decided("akimat/1"), decided("akimat/1", turn=2), decided("akimat/2")])
    assert stored.forget(["akimat/1", "akimat/3"]) == 2
    assert [one.unit for one in stored.read()] == ["akimat/2"]
