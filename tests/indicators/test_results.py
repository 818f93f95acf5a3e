"""
Results as columns, as values and as Arrow: the same in each shape.
"""

from __future__ import annotations

import pytest

from qulaq.corpus.current import Corpus
from qulaq.indicators import INDICATORS, compute


@pytest.mark.parametrize("by", [None, "week"])
@pytest.mark.parametrize("language", ["kk", "en"])
def test_arrow_holds_what_every_result_says(town, by, language):
    with Corpus(town) as corpus:
        results = compute(corpus, by=by)
    assert len(results) == len(list(results)) == len(INDICATORS.keys()) * len(results.stats.frame)
    for found in results.parts():
        rows = found.as_arrow(language).to_pylist()
        for row in rows:
            row["from"], row["to"] = row["from"].isoformat(), row["to"].isoformat()
        assert rows == [one.as_json(language) for one in found]


def test_results_are_found_by_their_place(town):
    with Corpus(town) as corpus:
        results = compute(corpus, keys=["posts", "reply_rate"])
    listed = list(results)
    assert [results[i] for i in range(len(results))] == listed
    assert results[-1] == listed[-1]
    assert results[1:3] == listed[1:3]
    (posts, _) = results.parts()
    assert posts[:2] == listed[:2]
    with pytest.raises(IndexError):
        results[len(results)]
