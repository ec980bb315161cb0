"""The vault: plain values of a person, encrypted row by row (SM4-GCM), readable only with the configured key; and whole files.

Not here: which values are sealed (dbt's int_resident__plain), who may open one (dashboards).
"""

import json
import secrets
from typing import Any

import polars as pl
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE = 12  # bytes; what GCM is made for
TAG = 16  # bytes at the end of the ciphertext
FILE_PURPOSE = b"yidang file"
SCHEMA = {"resident_id": pl.String, "key_id": pl.String, "nonce": pl.Binary, "ciphertext": pl.Binary}


class VaultError(Exception):
    """A row cannot be opened: another key, or changed bytes."""


def seal_frame(frame: pl.DataFrame, key: bytes) -> pl.DataFrame:
    """Encrypt every column of `frame` but `resident_id`.

    Args:
        frame: One row a resident: `resident_id` and any plain values.
        key: The configured key; the vault's own is derived from it.

    Returns:
        `resident_id`, `key_id` (fingerprint of the key), `nonce` (random, 12 bytes), `ciphertext` (JSON and the tag).
    """
    cipher, key_id = SM4(_derive(key, b"yidang vault")), key_fingerprint(key)
    rows = frame.select("resident_id", row=pl.struct(pl.exclude("resident_id")).struct.json_encode(), key_id=pl.lit(key_id))
    noise = secrets.token_bytes(NONCE * rows.height)
    nonces = [noise[first : first + NONCE] for first in range(0, len(noise), NONCE)]
    named = zip(nonces, rows["resident_id"], rows["row"], strict=True)
    sealed = [_seal(cipher, nonce, resident.encode(), row.encode()) for nonce, resident, row in named]
    columns = [pl.Series("nonce", nonces, pl.Binary), pl.Series("ciphertext", sealed, pl.Binary)]
    return rows.with_columns(columns).select(*SCHEMA)


def open_row(row: dict[str, Any], key: bytes) -> dict[str, Any]:
    """The plain values of one sealed row, dates as ISO text.

    Raises:
        VaultError: The row was sealed with another key, or its bytes or its resident were changed.
    """
    if row["key_id"] != key_fingerprint(key):
        raise VaultError(
            "the vault was sealed with another key: set [security] key to the one that this warehouse was built with"
        )
    body, tag = row["ciphertext"][:-TAG], row["ciphertext"][-TAG:]
    cipher = Cipher(SM4(_derive(key, b"yidang vault")), GCM(row["nonce"], tag)).decryptor()
    cipher.authenticate_additional_data(row["resident_id"].encode())
    try:
        plain = cipher.update(body) + cipher.finalize()
    except InvalidTag as error:
        raise VaultError("a row of the vault was changed after it was sealed: run `yidang verify`") from error
    values: dict[str, Any] = json.loads(plain)
    return values


def seal_bytes(data: bytes, key: bytes, name: str) -> bytes:
    """A whole file under a key of its own purpose, bound to its name: nonce, ciphertext, tag."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + _seal(SM4(_derive(key, FILE_PURPOSE)), nonce, name.encode(), data)


def open_bytes(sealed: bytes, key: bytes, name: str) -> bytes:
    """What `seal_bytes` was given.

    Raises:
        VaultError: another key, another name, or changed bytes.
    """
    nonce, body, tag = sealed[:NONCE], sealed[NONCE:-TAG], sealed[-TAG:]
    if len(sealed) < NONCE + TAG:
        raise VaultError(f"{name} is cut short: make it anew")
    cipher = Cipher(SM4(_derive(key, FILE_PURPOSE)), GCM(nonce, tag)).decryptor()
    cipher.authenticate_additional_data(name.encode())
    try:
        return cipher.update(body) + cipher.finalize()
    except InvalidTag as error:
        raise VaultError(f"{name} cannot be opened: it was sealed with another [security] key, or changed since") from error


def key_fingerprint(key: bytes) -> str:
    """16 hex digits that name a key without telling it."""
    return _derive(key, b"yidang key id")[:8].hex()


def _derive(key: bytes, purpose: bytes) -> bytes:
    """16 bytes of the configured key for one purpose (HKDF with SM3)."""
    if not key:
        raise VaultError("the vault key is empty: set [security] key")
    return HKDF(algorithm=hashes.SM3(), length=16, salt=None, info=purpose).derive(key)


def _seal(algorithm: SM4, nonce: bytes, resident: bytes, row: bytes) -> bytes:
    cipher = Cipher(algorithm, GCM(nonce)).encryptor()
    cipher.authenticate_additional_data(resident)
    body = cipher.update(row) + cipher.finalize()
    return body + cipher.tag
