"""
A linear model of words and pieces of words.

Every text is read by a model that did not learn from it, nor from the same words elsewhere: texts fall into five parts,
and each part is read by what was learnt from the other four. So what is told of its agreement holds for its proposals.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from qulaq.coding.assistance.material import Material
from qulaq.coding.sampling import lot
from qulaq.errors import StudyError
from qulaq.lang import Phrase, phrase

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

PARTS = 5
FEWEST = 50
"""Of fewer coded texts nothing is learnt."""
FEWEST_OF_A_CATEGORY = 2
_FIRMNESS = 30.0
"""How far the model follows what it learnt from (C of a logistic regression). Tried on posts in Russian: so it agreed
most with the codes of others, rare categories weighing as much as common ones, and believed what came true."""
_NEAR_ENOUGH = 1e-3
_MOST_ROUNDS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """
    The code that a machine would give, and how sure it is; None: it does not tell.
    """

    code: str
    probability: float | None


def must_have_learner() -> None:
    """
    Raises StudyError where scikit-learn is not installed.
    """
    if find_spec("sklearn") is None:
        raise StudyError(
            where="coding assist",
            found=phrase("what learns from codes (scikit-learn) is not installed."),
            remedy=phrase("Run pip install 'qulaq[assist]', or ask a language model with --model."),
        )


def learn_and_read(
    material: Material, *, progress: Callable[[Phrase], None] = lambda _: None
) -> dict[int, Proposal]:
    """
    A proposal for every unit that has words, by its place. Raises StudyError where there is too little to learn from.
    """
    codes = {place: code for place in material.learnable if (code := material.codes[place])}
    _must_suffice(material, codes)
    texts = {place: text for place in material.readable if (text := material.texts[place])}
    parts = {place: _part(text) for place, text in texts.items()}
    found: dict[int, Proposal] = {}
    for part in range(PARTS):
        taught = [place for place in codes if parts[place] != part]
        asked = [place for place in texts if parts[place] == part]
        progress(phrase("texts read by the model: {n} of {total}", n=len(found), total=len(texts)))
        if asked:
            found |= _read(texts, taught=taught, codes=codes, asked=asked)
    return found


def _must_suffice(material: Material, codes: Mapping[int, str]) -> None:
    name = material.variable.name
    if len(codes) < FEWEST:
        raise StudyError(
            where=name,
            found=phrase("{n} coded texts are too few to learn from; {least} are needed.", n=len(codes), least=FEWEST),
            remedy=phrase("Code more (qulaq serve), and settle what coders see differently."),
        )  # fmt: skip
    often = [code for code, n in Counter(codes.values()).items() if n >= FEWEST_OF_A_CATEGORY]
    if len(often) < 2:  # noqa: PLR2004
        raise StudyError(
            where=name,
            found=phrase("people gave the category “{code}” only; there is nothing to tell apart.", code=often[0]),
            remedy=phrase("Code a sample in which others occur."),
        )  # fmt: skip


def _part(text: str) -> int:
    """
    Equal words fall into the same part.
    """
    return (
        int.from_bytes(lot(" ".join(text.split()).casefold(), seed=0, purpose="part"), "big")
        % PARTS
    )


def _read(
    texts: Mapping[int, str], *, taught: Sequence[int], codes: Mapping[int, str], asked: Sequence[int]
) -> dict[int, Proposal]:  # fmt: skip
    told = [codes[place] for place in taught]
    if len(set(told)) == 1:
        return {place: Proposal(code=told[0], probability=1.0) for place in asked}
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):  # more threads add up in another order, and the last digits change
        model = _model().fit([texts[place] for place in taught], told)
        shares = model.predict_proba([texts[place] for place in asked])
    names = [str(one) for one in model.classes_]
    best = shares.argmax(axis=1)
    return {
        place: Proposal(code=names[top], probability=float(row[top]))
        for place, row, top in zip(asked, shares, best, strict=True)
    }


def _model() -> Pipeline:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline, make_union

    return make_pipeline(
        make_union(
            TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True),
            TfidfVectorizer(token_pattern=r"\w+", sublinear_tf=True),  # noqa: S106  # of words
        ),
        LogisticRegression(
            C=_FIRMNESS, class_weight="balanced", max_iter=_MOST_ROUNDS, tol=_NEAR_ENOUGH
        ),
    )


def name_model(material: Material) -> str:
    """
    The coder's name of what was learnt from just these texts and codes.
    """
    told = [material.variable.fingerprint]
    told += [f"{material.units[place]}\t{material.codes[place]}\t{material.texts[place]}" for place in material.learnable]  # fmt: skip
    return "model:" + hashlib.sha256("\n".join(told).encode()).hexdigest()[:8]
