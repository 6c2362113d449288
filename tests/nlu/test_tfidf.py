"""Reading a text by ourselves, beside scikit-learn."""

import numpy as np
import pytest
from scipy.sparse import hstack

from bot.nlu.tfidf import Tfidf

LEARNT = [
    "Wat is een TLV en wie vraagt dat aan?",
    "Mijn zoon zit thuis, al 3 weken",
    "de school weigert mijn kind, de school heeft geen plek",
    "Hoe lang duurt een TLV?",
]
TEXTS = [*LEARNT, "tlv tlv TLV", "kind thuis zonder school", "é à ü", "xyz", "", "  ", "[telefoon#1]", "ça va? 12 3"]


@pytest.fixture(scope="module")
def tfidf() -> Tfidf:
    fresh = Tfidf()
    fresh.fit_transform(LEARNT)
    return fresh


def test_a_text_is_read_as_scikit_learn_reads_it(tfidf: Tfidf) -> None:
    theirs = hstack([part.transform(TEXTS) for part in tfidf._vectorisers]).toarray()
    np.testing.assert_allclose(tfidf.transform(TEXTS).toarray(), theirs, rtol=1e-5)


def test_what_was_learnt_is_what_is_read(tfidf: Tfidf) -> None:
    np.testing.assert_allclose(tfidf.fit_transform(LEARNT).toarray(), tfidf.transform(LEARNT).toarray(), rtol=1e-5)
