"""The signed-in person, as every other part knows them. Not here: passwords (account.py) or rights (policy.py)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """One account at the desk; `area_level` is committee, street, district or city, `area_code` its code."""

    user: str
    display_name: str
    role: str
    area_level: str
    area_code: str
