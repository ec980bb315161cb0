"""HMAC-SM3 of many messages at once: the key is taken in once, and its state copied for each message.

Not here: one message (identity/token/token.py), what is digested (identity/token/frame.py, identity/ids/mint.py).
"""

import numpy as np
import numpy.typing as npt
import polars as pl
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.hmac import HMAC

Bytes = npt.NDArray[np.uint8]
DIGEST = 32  # bytes
_AT_ONCE = 100_000  # messages that stand in Python's memory one by one


def hmac_sm3_all(key: bytes, messages: pl.Series) -> Bytes:
    """The 32 bytes of HMAC-SM3 of each message (text in UTF-8, none null), one row each.

    Raises:
        ValueError: The key is empty.
    """
    if not key:
        raise ValueError("the token key is empty: set [security] key")
    keyed, plain = HMAC(key, hashes.SM3()), messages.cast(pl.Binary)
    parts = [_digests(keyed, plain.slice(first, _AT_ONCE).to_list()) for first in range(0, plain.len(), _AT_ONCE)]
    return np.frombuffer(b"".join(parts), dtype=np.uint8).reshape(-1, DIGEST)


def _digests(keyed: HMAC, messages: list[bytes]) -> bytes:
    digests = []
    for message in messages:
        mac = keyed.copy()
        mac.update(message)
        digests.append(mac.finalize())
    return b"".join(digests)


def hex_text(rows: Bytes) -> pl.Series:
    """Each row in hexadecimal digits."""
    width = 2 * rows.shape[1]
    return pl.Series(np.frombuffer(rows.tobytes().hex().encode(), dtype=f"S{width}"), dtype=pl.Binary).cast(pl.String)
