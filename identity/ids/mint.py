"""New identifiers: opaque, and the same again from the same record and key.

Not here: who gets a new one (identity/ids/assign.py).
"""

import base64

from identity.token.token import digest_sm3

PREFIX = {"resident": "R", "dwelling": "D", "building": "B", "estate": "E"}
_BYTES = 10  # 16 characters of base32


class Mint:
    """Gives identifiers of one kind, none twice.

    Args:
        kind: What is named.
        key: The configured key.
        given: Every identifier ever given; grows.
    """

    def __init__(self, kind: str, key: bytes, given: set[str]) -> None:
        self._kind = kind
        self._key = key
        self._given = given

    def give(self, ref: str) -> str:
        """A new identifier, made from the smallest ref of its cluster."""
        counter = 0
        while (identifier := self._make(ref, counter)) in self._given:
            counter += 1
        self._given.add(identifier)
        return identifier

    def _make(self, ref: str, counter: int) -> str:
        digest = digest_sm3(self._key, f"identifier:{self._kind}:{counter}:{ref}".encode())
        return PREFIX.get(self._kind, self._kind[:1].upper()) + base64.b32encode(digest[:_BYTES]).decode()
