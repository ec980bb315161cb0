"""The list of codes of the level above."""

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

FILE = Path(__file__).with_name("district.yaml")


class Mapping(BaseModel):
    """Our codes to theirs; an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    level: str
    indicators: dict[str, str] = {}
    events: dict[str, str] = {}
    orders: dict[str, str] = {}

    @property
    def kinds(self) -> dict[str, str]:
        """Their codes of orders to our kinds of task."""
        return {theirs: ours for ours, theirs in self.orders.items()}


def read_mapping(path: Path | None) -> Mapping:
    """The mapping of a file, or the one that is shipped.

    Raises:
        ValueError: the file is no mapping, or gives two of our codes the same of theirs; one line in Chinese.
    """
    path = path or FILE
    try:
        mapping = Mapping.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (ValidationError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise ValueError(f"{path}: 不是代码对照表（{type(error).__name__}）；参照 returns/exchange/district.yaml 填写") from None
    for part in (mapping.indicators, mapping.events, mapping.orders):
        twice = sorted({code for code in part.values() if list(part.values()).count(code) > 1})
        if twice:
            raise ValueError(f"{path}: 上级代码 {twice[0]} 对应了两个本级代码，无法对账")
    return mapping
