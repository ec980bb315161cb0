"""HMAC-SM3 of many messages at once: the compression of GB/T 32905 as arithmetic on columns of words.

OpenSSL takes one message a call, and the call costs more than the digest; the tests hold both to the same answers.
Not here: one message (identity/token/token.py), what is digested (identity/token/frame.py, identity/ids/mint.py).
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
import numpy.typing as npt
import polars as pl

from identity.token.token import digest_sm3

Words = npt.NDArray[np.uint32]
Bytes = npt.NDArray[np.uint8]
DIGEST = 32  # bytes
_BLOCK = 64  # bytes
_ENDING = 9  # bytes behind a message: one that marks its end, eight that tell its length in bits
_END = 0x80
_INNER, _OUTER = 0x36, 0x5C
_AT_ONCE = 16_384  # messages: few enough for the processor's cache, enough that numpy's calls cost little
_FEW = 1000  # fewer are done sooner one by one
_THREADS = 2  # numpy lets others run meanwhile
_WORDS, _ROUNDS, _EARLY = 16, 64, 16  # words of a block, all rounds, and those with the first constant and plain sums
_CONSTANTS = (0x79CC4519, 0x7A879D8A)
_START = (0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E)
_SHIFTS = [np.uint32(places) for places in range(33)]


def hmac_sm3_all(key: bytes, messages: pl.Series) -> Bytes:
    """The 32 bytes of HMAC-SM3 of each message (text in UTF-8, none null), one row each.

    Raises:
        ValueError: The key is empty.
    """
    if messages.len() < _FEW:
        single = b"".join(digest_sm3(key, message.encode()) for message in messages)
        return np.frombuffer(single, dtype=np.uint8).reshape(-1, DIGEST)
    if not key:
        raise ValueError("the token key is empty: set [security] key")
    states = (_keyed(key, _INNER), _keyed(key, _OUTER))
    plain = messages.cast(pl.Binary)
    digests = np.empty((plain.len(), DIGEST), dtype=np.uint8)
    with ThreadPoolExecutor(_THREADS) as pool:
        for rows, found in pool.map(partial(_hmac, states, plain), _batches(plain)):
            digests[rows] = found
    return digests


def hex_text(rows: Bytes) -> pl.Series:
    """Each row in hexadecimal digits."""
    width = 2 * rows.shape[1]
    return pl.Series(np.frombuffer(rows.tobytes().hex().encode(), dtype=f"S{width}"), dtype=pl.Binary).cast(pl.String)


def _batches(plain: pl.Series) -> Iterator[npt.NDArray[np.int64]]:
    """Row numbers of messages that fill equally many blocks, some thousands at a time."""
    blocks = (plain.bin.size().to_numpy().astype(np.int64) + _ENDING - 1) // _BLOCK
    for size in np.unique(blocks):
        rows = np.flatnonzero(blocks == size)
        yield from np.split(rows, range(_AT_ONCE, rows.size, _AT_ONCE))


def _hmac(states: tuple[Words, Words], plain: pl.Series, rows: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], Bytes]:
    """The row numbers, and the digests of these messages of equally many blocks."""
    inner, outer = states
    first = _hashed(inner, _words(plain.gather(rows).to_list(), before=_BLOCK))
    rest = np.zeros((_WORDS - len(first), rows.size), dtype=np.uint32)
    rest[0], rest[-1] = _END << 24, (_BLOCK + DIGEST) * 8
    return rows, _bytes(_hashed(outer, np.concatenate([first, rest])))


def _keyed(key: bytes, pad: int) -> Words:
    """The state behind the block that holds the key."""
    start = np.array(_START, dtype=np.uint32)[:, None]
    if len(key) > _BLOCK:
        key = _bytes(_hashed(start, _words([key], before=0))).tobytes()
    block = np.frombuffer(key.ljust(_BLOCK, b"\0"), dtype=np.uint8) ^ np.uint8(pad)
    return _compressed(start, block.view(">u4").astype(np.uint32)[:, None])


def _words(texts: list[bytes], before: int) -> Words:
    """Texts of equally many blocks with their endings, a column each, where `before` bytes were hashed already."""
    sizes = np.array([len(text) for text in texts], dtype=np.int64)
    width = (int(sizes[0]) + _ENDING + _BLOCK - 1) // _BLOCK * _BLOCK
    padded = np.array(texts, dtype=f"S{width}").view(np.uint8).reshape(len(texts), width)
    padded[np.arange(len(texts)), sizes] = _END
    padded[:, -8:] = ((sizes + before) * 8).astype(">u8").view(np.uint8).reshape(-1, 8)
    return np.ascontiguousarray(padded.view(">u4").T.astype(np.uint32))


def _bytes(state: Words) -> Bytes:
    """The state as it is written out, a row a message."""
    return np.ascontiguousarray(state.T).astype(">u4").view(np.uint8)


def _hashed(state: Words, words: Words) -> Words:
    """The state behind all blocks of the words."""
    for first in range(0, len(words), _WORDS):
        state = _compressed(state, words[first : first + _WORDS])
    return state


def _compressed(state: Words, block: Words) -> Words:
    """The state (8 rows, a column a message) behind one more block of 16 words."""
    a, b, c, d, e, f, g, h = state
    expanded = _expanded(block)
    for turn in range(_ROUNDS):
        is_early = turn < _EARLY
        high = _turned(a, 12)
        low = _turned(high + e + _constant(turn), 7)
        mixed, chosen = (a ^ b ^ c, e ^ f ^ g) if is_early else ((a & (b | c)) | (b & c), ((f ^ g) & e) ^ g)
        left = mixed + d + (low ^ high) + (expanded[turn] ^ expanded[turn + 4])
        right = chosen + h + low + expanded[turn]
        a, b, c, d = left, a, _turned(b, 9), c
        e, f, g, h = right ^ _turned(right, 9) ^ _turned(right, 17), e, _turned(f, 19), g
    return np.stack(np.broadcast_arrays(a, b, c, d, e, f, g, h)) ^ state


def _expanded(block: Words) -> list[Words]:
    """The 68 words that the rounds take in."""
    words = list(block)
    for turn in range(_WORDS, _ROUNDS + 4):
        mixed = words[turn - 16] ^ words[turn - 9] ^ _turned(words[turn - 3], 15)
        words.append(mixed ^ _turned(mixed, 15) ^ _turned(mixed, 23) ^ _turned(words[turn - 13], 7) ^ words[turn - 6])
    return words


def _turned(words: Words, places: int) -> Words:
    """Every word with its bits moved left, in a ring."""
    return (words << _SHIFTS[places]) | (words >> _SHIFTS[32 - places])


def _constant(turn: int) -> np.uint32:
    """The constant of a round, its bits moved left by the number of the round."""
    value, places = _CONSTANTS[turn >= _EARLY], turn % 32
    return np.uint32((value << places | value >> (32 - places)) & 0xFFFFFFFF)
