"""The rights of dashboards/policy.yaml: role × area × purpose × table. Deny by default.

Not here: how a right becomes SQL (repositories/row_filter.py).
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from dashboards.access.person import Person

POLICY_FILE = Path(__file__).resolve().parents[1] / "policy.yaml"


class _Strict(BaseModel):
    """An unknown key in the policy file is an error, never a silent right."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SignInRules(_Strict):
    """Limits of signing in; minutes and hours as named."""

    failures: int
    window_minutes: int
    lock_minutes: int
    idle_minutes: int
    longest_hours: int


class Purpose(_Strict):
    """What a page is for, and the tables that serve it."""

    name: str
    tables: tuple[str, ...]


class Role(_Strict):
    """What one role may do; `withhold_below` 0: no count is withheld.

    `receiver`: as whom returns know the role (returns/receivers.yaml), empty: nothing is made for it. `items`: what it may have
    made, by code of the catalogue of returns, or all that the catalogue names for that receiver.
    """

    name: str
    levels: tuple[str, ...]
    rows: bool
    withhold_below: int
    receiver: str = ""
    items: tuple[str, ...] | Literal["all"] = ()
    purposes: tuple[str, ...]


class Borrow(_Strict):
    """Columns taken from another table over one key."""

    table: str
    key: str
    columns: tuple[str, ...]


class TableRule(_Strict):
    """How rows of a table belong to an area, and its columns for figures and for lists."""

    area: Literal["everywhere", "office", "office_committee", "office_score", "street", "committee", "person", "indicator_area"]
    figures: tuple[str, ...] | Literal["all"]
    rows: tuple[str, ...] = ()
    borrow: Borrow | None = None


class AccessDeniedError(Exception):
    """Nothing in the policy allows it. The text is Chinese and may be shown."""


@dataclass(frozen=True)
class Grant:
    """One person's right to one table for one purpose."""

    table: str
    rule: TableRule
    has_rows: bool
    withhold_below: int


class Policy(_Strict):
    """The whole policy file."""

    sign_in: SignInRules
    never: tuple[str, ...]
    purposes: dict[str, Purpose]
    roles: dict[str, Role]
    tables: dict[str, TableRule]

    def role_of(self, person: Person) -> Role | None:
        """The person's role, or None when the role is unknown, has no such area level, or the area is empty."""
        role = self.roles.get(person.role)
        return role if role and person.area_level in role.levels and person.area_code else None

    def may(self, person: Person, purpose: str) -> bool:
        """Whether the person may open what serves this purpose."""
        role = self.role_of(person)
        return role is not None and purpose in role.purposes and purpose in self.purposes

    def grant(self, person: Person, purpose: str, table: str) -> Grant:
        """The right to one table.

        Raises:
            AccessDeniedError: Anything on the way is not named in the policy.
        """
        role = self.role_of(person)
        is_open = role is not None and self.may(person, purpose) and table in self.purposes[purpose].tables
        if role is None or not is_open or table in self.never or table not in self.tables:
            raise AccessDeniedError("您的角色没有查看这项内容的权限。如工作需要，请联系街道数据专员。")
        return Grant(table, self.tables[table], role.rows, role.withhold_below)


@cache
def load_policy(path: Path = POLICY_FILE) -> Policy:
    """The policy as shipped; read once per process."""
    return Policy.model_validate(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))  # the safe one, in C
