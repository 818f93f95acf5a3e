"""
What the rules promise.

1. The package's rules are read: five models, each threshold with its reason and a label in three languages.
2. Gaps and contradictions of a study's own rules are named with what to do: evidence, criteria and models that are unknown,
   lacking, idle or unreachable; a page that fits no model; a criterion that is to hold and not to hold.
3. Whether a model is met is Kleene's logic: what is not known changes nothing that is certain.
"""

from __future__ import annotations

from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qulaq.errors import StudyError
from qulaq.lang import LANGUAGES
from qulaq.verdict.rules import MODELS, met, parse_rules

SOURCE = (resources.files("qulaq.verdict") / "grunig.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def rules(tmp_path_factory):
    file = tmp_path_factory.mktemp("rules") / "grunig.toml"
    file.write_text(SOURCE, encoding="utf-8")
    return parse_rules(file)


def test_the_rules_of_the_package(rules):
    """
    Requirement 1.
    """
    assert sorted(one.model for one in rules.models) == sorted(MODELS)
    for one in rules.criteria.values():
        assert len(one.reason) > 40
        assert len({one.label.to(language) for language in LANGUAGES}) == 3
    assert rules.rule("silent").model == "silent"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('evidence = "reply_rate"', 'evidence = "likes_mean"', "no evidence “likes_mean”"),
        ("at_least = 0.1", 'at_least = "a tenth"', "at_least"),
        ("at_least = 0.1", "at_least = nan", "at_least"),
        ('name = "silent"', 'name = "quiet"', "no model “quiet”"),
        ('name = "asks"', 'name = "answers_some"', "two criteria"),
        ('if_missing = "fails"', 'if_missing = "no"', "if_missing"),
        ('when = [["mostly_publicity"]]', 'when = [["boasts"]]', "no criterion “boasts”"),
        ('when = [["mostly_publicity"]]', 'when = ["mostly_publicity"]', "no list of lists"),
        ('when = [["mostly_publicity"]]', 'when = [["asks", "not asks"]]', "hold and not to hold"),
        ('when = [["not mostly_publicity"]]', 'when = [["not mostly_publicity", "asks"]]', "fits no model"),
        ('when = [["mostly_publicity"]]', 'when = [["mostly_publicity"], ["not mostly_publicity"]]', "“public_information”"),
        ('when = [["not publishes", "not answers_some"]]', 'when = [["not publishes", "answers_most", "not answers_some"]]', "“silent”"),
        ('"talks_on", ', "", "“talks_on”"),
        ('[[models]]\nname = "publicity"', '[[models]]\nname = "silent"', "stands there"),
        ('reason = "Qulaq\'s own: asking', 'because = "Qulaq\'s own: asking', "reason"),
        ("version = 1", "version = 1\nextra = 2", "extra"),
    ],
)  # fmt: skip
def test_gaps_and_contradictions_are_named(tmp_path, before, after, said):
    """
    Requirement 2.
    """
    assert before in SOURCE or before.startswith("reason")
    file = tmp_path / "grunig.toml"
    changed = SOURCE.replace(before, after, 1)
    if before.startswith("reason"):
        changed = SOURCE.replace('reason = "Qulaq\'s own, after pull', 'because = "Qulaq\'s own, after pull', 1)  # fmt: skip
    assert changed != SOURCE
    file.write_text(changed, encoding="utf-8")
    with pytest.raises(StudyError) as refused:
        parse_rules(file)
    assert said in str(refused.value)
    assert "grunig.toml" in str(refused.value)


values = st.sampled_from([True, False, None])


@given(data=st.data())
def test_what_is_unknown_changes_nothing_that_is_certain(rules, data):
    """
    Requirement 3.
    """
    holds = {name: data.draw(values) for name in rules.criteria}
    filled = {name: data.draw(st.booleans()) if one is None else one for name, one in holds.items()}
    for rule in rules.models:
        told = met(rule, holds)
        if told is not None:
            assert met(rule, filled) is told
        assert met(rule, filled) is not None
