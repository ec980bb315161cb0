"""Seeded chance, one independent stream per stage, so that a change in one stage leaves the others as they were.

Not here: any distribution that belongs to one subject; those stand in the YAML files of `data/`.
"""

import random
import zlib
from collections.abc import Mapping

import numpy as np


def dice(seed: int, stage: str) -> random.Random:
    """Return a plain random source for the named stage; the same seed and name give the same numbers for ever."""
    return random.Random(f"{seed}:{stage}")  # noqa: S311 - invented data, nothing secret


def stream(seed: int, stage: str) -> np.random.Generator:
    """Return a vectorised random source for the named stage."""
    return np.random.Generator(np.random.PCG64([seed & 0xFFFFFFFF, seed >> 32, zlib.crc32(stage.encode())]))


def choose(rng: random.Random, weights: Mapping[str, float]) -> str:
    """Draw one key of a mapping of weights (any positive sum)."""
    return rng.choices(list(weights), list(weights.values()))[0]
