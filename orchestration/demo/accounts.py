"""One local account per role, for the demo on loopback. Real streets make their own.

Not here: what a role may see (dashboards/policy.yaml).
"""

import json
import os
from pathlib import Path

from argon2 import PasswordHasher

DEMO_PASSWORD = "yidang-demo"  # noqa: S105 - printed to whoever starts the demo; its data is invented
DISTRICT = 6  # digits of a district's code, with which those of its streets begin
STREET_ROLES = {
    "leader": ("街道领导（演示）", "street_leader"),
    "officer": ("数据专员（演示）", "data_officer"),
    "civil": ("民政干事（演示）", "civil_affairs"),
    "steward": ("数据管家（演示）", "data_steward"),
    "auditor": ("审计员（演示）", "auditor"),
}


def ensure_accounts(home: Path, street_code: str, committee_code: str) -> list[str]:
    """Write `<home>/security/accounts.json` once, readable by its owner only; gives the user names."""
    path = home / "security" / "accounts.json"
    ways = home / "security" / "sign_in.json"
    if not ways.exists():
        _write(ways, {"is_demo": True})  # one click, for whoever sits at this machine
    if path.exists():
        return [account["user"] for account in json.loads(path.read_text(encoding="utf-8"))["accounts"]]
    accounts = [_account(user, *who, "street", street_code) for user, who in STREET_ROLES.items()]
    accounts.append(_account("analyst", "区级分析员（演示）", "analyst", "district", street_code[:DISTRICT]))
    accounts.append(_account("worker", "居委社工（演示）", "committee_worker", "committee", committee_code))
    _write(path, {"accounts": accounts})
    return [account["user"] for account in accounts]


def _write(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False, indent=1)


def _account(user: str, display_name: str, role: str, area_level: str, area_code: str) -> dict[str, str]:
    return {
        "user": user,
        "display_name": display_name,
        "role": role,
        "area_level": area_level,
        "area_code": area_code,
        "password_hash": PasswordHasher().hash(DEMO_PASSWORD),
    }
