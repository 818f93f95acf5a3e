"""
Named things: loaded on first use, unknown names answered with the known ones, outsiders by entry points.
"""

from __future__ import annotations

import sys

import pytest

from qulaq.errors import Misused, UnknownName
from qulaq.registry import Registry


def make(built_in, group="qulaq.nothing"):
    return Registry(built_in, group=group, kind="things")


@pytest.fixture
def outsiders(tmp_path, monkeypatch):
    """
    A package of someone else's on the path, with entry points of a group of its own.
    """

    def install(*entries):
        info = tmp_path / "stranger-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(
            "Metadata-Version: 2.1\nName: stranger\nVersion: 1.0\n", encoding="utf-8"
        )
        (info / "entry_points.txt").write_text(
            "\n".join(["[qulaq.tested]", *entries]), encoding="utf-8"
        )
        (tmp_path / "stranger_module.py").write_text("THING = 'theirs'\n", encoding="utf-8")
        monkeypatch.syspath_prepend(tmp_path)

    yield install
    sys.modules.pop("stranger_module", None)


def test_a_thing_is_imported_only_when_asked_for():
    things = make({"there": "math:pi", "broken": "no.such.module:thing", "at hand": 3.0})
    assert things.keys() == ["there", "broken", "at hand"]
    assert things.get("there") == pytest.approx(3.14159, rel=1e-5)
    assert things.get("at hand") == 3.0
    with pytest.raises(ModuleNotFoundError):
        things.get("broken")


def test_an_unknown_name_is_answered_with_the_known_ones_the_nearest_first():
    with pytest.raises(UnknownName, match=r"things: .*“crowdtangel”.* Known: crowdtangle, table"):
        make({"table": 1, "crowdtangle": 2}).get("crowdtangel")


def test_a_registry_gives_its_things_in_the_order_in_which_they_were_named():
    assert list(make({"b": "two", "a": "math:e"} | {"c": 3}).keys()) == ["b", "a", "c"]
    assert list(make({"b": 2, "a": 1})) == [2, 1]


def test_another_package_adds_by_an_entry_point(outsiders):
    outsiders("theirs = stranger_module:THING")
    things = make({"ours": 1}, "qulaq.tested")
    assert things.keys() == ["ours", "theirs"]
    assert things.get("theirs") == "theirs"


def test_a_name_that_is_taken_cannot_be_claimed_by_another_package(outsiders):
    outsiders("ours = stranger_module:THING")
    with pytest.raises(Misused, match=r"two packages claim the name “ours”. Uninstall"):
        make({"ours": 1}, "qulaq.tested").keys()


@pytest.mark.parametrize("value", ["no_such_module:THING", "stranger_module:NOTHING"])
def test_a_package_that_does_not_load_is_named(outsiders, value):
    outsiders(f"theirs = {value}")
    with pytest.raises(Misused, match=r"“theirs” of another package does not load.* uninstall"):
        make({}, "qulaq.tested").get("theirs")
