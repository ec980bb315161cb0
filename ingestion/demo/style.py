"""The look of a city: codes, names, roads, and the manners of its addresses. The lists stand in `data/style_<name>.yaml`.

Not here: how many people live there (`data/population.yaml`), nor what goes wrong (`data/dirt.yaml`).
"""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from ingestion.demo.data_files import data


class Style(BaseModel):
    """One city's codes, names and address manners. Codes are text; shares are 0 to 1 of dwellings."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    street_code: str = Field(pattern=r"^\d{9}$")
    street_name: str
    province: str
    city: str
    district: str
    other_places: list[tuple[str, str]]
    longitude: float
    latitude: float
    area_code: str
    committee_suffixes: list[int]
    committee_names: list[str]
    committee_ending: str
    roads: list[str]
    old_roads: dict[str, str]
    estate_names: list[str]
    villages: list[str]
    companies: list[str]
    estate_mix: dict[str, float]
    plot_share: float
    shop_share: float
    parts: list[tuple[str | int, str | int]]
    old_rooms: list[str]
    tenures: dict[str, float]

    @property
    def county(self) -> str:
        """The six digits of the district, never assigned in the real world."""
        return self.street_code[:6]

    @property
    def district_text(self) -> str:
        """Province, city and district as they are written before an address."""
        return f"{self.province}{self.city}{self.district}"


def area_names(style: Style) -> dict[str, str]:
    """The names of the street (nine digits) and its committees (twelve digits), by code, as `yidang.toml` takes them."""
    committees = zip(style.committee_suffixes, style.committee_names, strict=True)
    codes = {f"{style.street_code}{suffix:03d}": name + style.committee_ending for suffix, name in committees}
    return {style.street_code: style.street_name} | codes


def load_style(style: "str | Style" = "lane", **changes: Any) -> Style:
    """Return a style by name (`lane` or `block`), or the given one, with any field changed (say `street_code`)."""
    base = style.model_dump() if isinstance(style, Style) else data(f"style_{style}")
    return Style.model_validate({**base, **changes})
