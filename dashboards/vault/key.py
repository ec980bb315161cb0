"""The key of the vault, as `yidang serve` hands it to this process; it never stands below the warehouse's home.

Not here: opening a row (sealed_row.py).
"""

import os

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.hmac import HMAC

VARIABLE = "YIDANG_KEY"
_SHORT = 16  # hex digits that tell two searches apart


class NoKeyError(Exception):
    """This server was started without the key, or with another one. The text is Chinese and may be shown."""


def configured_key() -> bytes:
    """The bytes of the configured text, as `[security] key` means them.

    Raises:
        NoKeyError: The environment names none.
    """
    key = os.environ.get(VARIABLE, "").strip().encode()
    if not key:
        raise NoKeyError("本服务启动时未提供密钥，不能检索或查看人员明文。请系统管理员用 yidang serve 启动看板。")
    return key


def search_mark(key: bytes, text: str) -> str:
    """A keyed mark of what was searched for: who holds the key can prove a search, nobody else can read it."""
    mac = HMAC(key, hashes.SM3())
    mac.update(f"search:{text}".encode())
    return mac.finalize().hex()[:_SHORT]
