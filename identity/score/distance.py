"""How far two texts are apart, by characters and never by bytes, for many pairs at once."""

from typing import Literal

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cpdist

from identity.score.coded import Codes, Column

Measure = Literal["edits", "alike"]


def distances(column: Column, left: Codes, right: Codes, measure: Measure, bound: float) -> npt.NDArray[np.float64]:
    """Edits (`bound` + 1 where there are more) or Jaro-Winkler similarity (0 below `bound`) of pairs of known values.

    Each distinct pair of values is measured once.
    """
    low, high = np.minimum(left, right).astype(np.int64), np.maximum(left, right).astype(np.int64)
    distinct, places = np.unique(low * len(column.values) + high, return_inverse=True)
    values = np.array(column.values, dtype=object)
    first, second = (values[codes].tolist() for codes in np.divmod(distinct, max(len(values), 1)))
    if measure == "edits":
        told = cpdist(first, second, scorer=OSA.distance, score_cutoff=int(bound), workers=-1, dtype=np.uint8)
    else:
        told = cpdist(first, second, scorer=JaroWinkler.similarity, score_cutoff=bound, workers=-1, dtype=np.float32)
    return np.asarray(told, dtype=np.float64)[places]
