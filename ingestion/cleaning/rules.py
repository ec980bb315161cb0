"""The rule catalogue: what each code means, how grave it is, whose it is. Not here: how a rule is checked (the field modules)."""

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

_CATALOGUE = Path(__file__).parent.parent / "rules.yaml"

Dimension = Literal["规范性", "完整性", "准确性", "一致性", "时效性", "可访问性"]


class Rule(BaseModel):
    """One named rule.

    Attributes:
        severity: ``reject``: the row cannot be used; ``warning``: it is kept, with the code in `_issues`; ``note``: the same, but
            it is no fault that anyone should mend.
        dimension: Quality dimension of GB/T 36344.
        zh: What is wrong, in Chinese.
        en: The same in English.
        owner: Who can mend it: ``source`` (the department that typed it) or ``exchange`` (whoever exports and sends).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    severity: Literal["note", "warning", "reject"]
    dimension: Dimension
    zh: str
    en: str
    owner: Literal["source", "exchange"]


@cache
def rule_catalogue() -> dict[str, Rule]:
    """Gives every rule by its code, in the order of ``ingestion/rules.yaml``."""
    content = yaml.safe_load(_CATALOGUE.read_text(encoding="utf-8"))
    return {code: Rule.model_validate(rule) for code, rule in content["rules"].items()}


@cache
def rules_version() -> str:
    """Names the rule set: its number in the catalogue and a digest of rules, schemas and reference data.

    Rows cleaned under another version may come out otherwise; a batch keeps the version that cleaned it.
    """
    number = yaml.safe_load(_CATALOGUE.read_text(encoding="utf-8"))["version"]
    home = _CATALOGUE.parent
    files = sorted([_CATALOGUE, *(home / "reference").iterdir(), *(home / "schemas").rglob("*.yaml")])
    digest = sha256()
    for file in files:
        digest.update(file.relative_to(home).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return f"{number}-{digest.hexdigest()[:8]}"
