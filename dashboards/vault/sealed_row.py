"""Opening rows of `resident_vault`.

The form is a promise between two programs that know nothing of one another (docs/data-flow.md, "The vault's form"): SM4-GCM, key
derived by HKDF-SM3 with the purpose `yidang vault`, resident_id as additional data, the tag behind the ciphertext, JSON inside.
Not here: sealing (identity/vault), who may ask.
"""

import json
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from dashboards.vault.key import NoKeyError

TAG = 16  # bytes at the end of the ciphertext
_KEY = 16  # bytes of an SM4 key
_NAMED = 8  # bytes of a key's fingerprint


class VaultKey:
    """The configured key, derived once for as many rows as there are."""

    def __init__(self, key: bytes) -> None:
        self._cipher = SM4(_derive(key, b"yidang vault"))
        self.fingerprint = _derive(key, b"yidang key id")[:_NAMED].hex()

    def open(self, resident_id: str, key_id: str, nonce: bytes, sealed: bytes) -> dict[str, Any]:
        """The plain values of one row: name, id_number, mobile, phones, address_text and others; dates as ISO text.

        Raises:
            NoKeyError: The row was sealed with another key, or changed since.
        """
        if key_id != self.fingerprint:
            raise NoKeyError("看板的密钥与数据的密钥不一致，请系统管理员核对配置。")
        opener = Cipher(self._cipher, GCM(nonce, sealed[-TAG:])).decryptor()
        opener.authenticate_additional_data(resident_id.encode())
        try:
            plain = opener.update(sealed[:-TAG]) + opener.finalize()
        except InvalidTag as error:
            raise NoKeyError("保密库中的这一行已被改动，请系统管理员运行 yidang verify。") from error
        values: dict[str, Any] = json.loads(plain)
        return values


def _derive(key: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=hashes.SM3(), length=_KEY, salt=None, info=purpose).derive(key)
