"""HMAC-SM3: a value that can be compared, but not read, without the key.

Not here: which values get one (identity/token/frame.py), encryption (identity/vault).
"""

import hashlib
import hmac

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.hmac import HMAC

_NATIVE = "sm3" in hashlib.algorithms_available


def hmac_sm3(key: bytes, purpose: str, value: str) -> str:
    """HMAC-SM3 in 64 hex digits over `<purpose>:<value>` in UTF-8, so that no token of one purpose equals one of another.

    Raises:
        ValueError: The key is empty.
    """
    return digest_sm3(key, f"{purpose}:{value}".encode()).hex()


def digest_sm3(key: bytes, message: bytes) -> bytes:
    """The 32 bytes of HMAC-SM3 (GB/T 32905, RFC 2104); by OpenSSL where Python's has it, else by cryptography."""
    if not key:
        raise ValueError("the token key is empty: set [security] key")
    if _NATIVE:
        return hmac.digest(key, message, "sm3")
    mac = HMAC(key, hashes.SM3())
    mac.update(message)
    return mac.finalize()
