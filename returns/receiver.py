"""Who receives: the rights of returns/receivers.yaml and the area that they hold for. Deny by default."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import polars as pl
import yaml
from pydantic import BaseModel, ConfigDict

from returns.version import Version

FILE = Path(__file__).with_name("receivers.yaml")
STREET, COMMITTEE = 9, 12  # digits of an area's code


class Rights(BaseModel):
    """What one kind of receiver may be given; an unknown key in the file is an error, never a silent right."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str
    area: tuple[Literal["street", "committee"], ...]
    owners: tuple[str, ...]
    task_columns: tuple[str, ...]


@dataclass(frozen=True)
class Receiver:
    """One receiver.

    Attributes:
        role: Its name in receivers.yaml.
        rights: What it may be given.
        area_code: Nine digits of a street or twelve of a committee.
        area_name: What that place is called.
        committees: Codes of the committees that belong to the area.
    """

    role: str
    rights: Rights
    area_code: str
    area_name: str
    committees: tuple[str, ...]


@cache
def all_rights() -> dict[str, Rights]:
    """Every kind of receiver by its name."""
    told = yaml.safe_load(FILE.read_text(encoding="utf-8"))["receivers"]
    return {role: Rights.model_validate(rights) for role, rights in told.items()}


def receiver(version: Version, role: str, area_code: str) -> Receiver:
    """Somebody with this role over this area.

    Raises:
        ValueError: the role, the area, or that role over such an area does not exist; one line in Chinese.
    """
    if role not in all_rights():
        raise ValueError(f"没有名为 {role} 的接收方；可选：{'、'.join(all_rights())}")
    rights = all_rights()[role]
    level: Literal["street", "committee"] = "street" if len(area_code) == STREET else "committee"
    if level not in rights.area:
        raise ValueError(f"{rights.name}不能接收{'全街道' if level == 'street' else '居委会'}范围的数据，请另选接收方或辖区")
    committee = version.table("committee")
    mine = committee.filter(pl.col("street_code" if level == "street" else "committee_code") == area_code)
    if mine.is_empty():
        raise ValueError(f"当前版本没有代码为 {area_code} 的{'街道' if level == 'street' else '居委会'}，请核对代码")
    named = version.table("street").filter(pl.col("street_code") == area_code) if level == "street" else mine
    name = named[f"{level}_name"].to_list()
    return Receiver(
        role, rights, area_code, str(name[0] if name and name[0] else area_code), tuple(mine["committee_code"].sort())
    )
