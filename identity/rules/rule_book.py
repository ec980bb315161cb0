"""The rule book as typed values, read from the YAML files beside this module.

Not here: what the rules mean in code (evidence, link, cluster).
"""

from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, field_validator

from identity.rules.signs import Table, first_of_group, one_of_all

FOLDER = Path(__file__).parent
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same answers, ten times sooner


class _Strict(BaseModel):
    """A part of the rule book: no unknown keys, no later changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class LinkRule(_Strict):
    """One named, versioned reason to link. `weight` and the other figures in bits; see link_rules.yaml."""

    code: str
    version: int
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    weight: float | Literal["evidence"] = 0.0
    least: float | None = None
    sex_slip_from: float | None = None
    birth_slip_from: float | None = None
    zh: str
    en: str

    @property
    def tag(self) -> str:
        """What `linked_by` says: `<code>@<version>`."""
        return f"{self.code}@{self.version}"


class FieldWeight(_Strict):
    """The prior of one field's frequency, and the most bits that its agreement may bring."""

    prior_holders: float
    most: float


class FixedWeight(_Strict):
    """Bits that are the same in every population."""

    id_slip: float
    id_repeated: float
    masked_tail_digit: float
    masked_head: float
    paper_slip: float


class Guards(_Strict):
    """When a key is shared by too many to be one."""

    largest_block: int
    names_per_phone: int
    names_per_number: int


class Cut(_Strict):
    """How contradicting clusters are cut, in bits."""

    tie: float
    review_least: float


class Believed(_Strict):
    """What stands where a population tells little: pairs of each step, as if so many had been seen.

    Attributes:
        match: for each comparison, pairs of one person's records.
        kin: the same for people who share a home or a phone.
        people: how many people are believed to have been asked for their kin.
        kin_per_person: how many kin they had.
        listed: people believed to stand on each list, as old as everybody is.
    """

    match: dict[str, tuple[float, ...]]
    kin: dict[str, tuple[float, ...]]
    people: float
    kin_per_person: float
    listed: float


class Threshold(_Strict):
    """What is linked.

    Attributes:
        false_links: expected false links that are allowed for every 100,000 people.
        least: bits; nothing below is linked in any population.
    """

    false_links: float
    least: float


class Weights(_Strict):
    """weights.yaml."""

    prior_people: float
    fields: dict[str, FieldWeight]
    fixed: FixedWeight
    believed: Believed
    threshold: Threshold
    against: dict[str, float]
    guards: Guards
    cut: Cut


class Slot(_Strict):
    """One kind of number of which a person has at most one.

    `embeds`: it holds birth date and sex at the citizen's places. `is_checked`: a check character finds slips of the pen.
    """

    slot: str
    kind: str
    embeds: bool
    is_checked: bool = True
    length: int | None = None


class Filing(_Strict):
    """A source of which the key, up to the last `ends`, names a list of different people."""

    source: str
    ends: str


class BirthSlip(_Strict):
    """How near two birth dates must be to be one, wrongly written."""

    days: int
    wrong_digits: int
    day_month_swapped: bool


class SaidBirth(_Strict):
    """How a birth date that people tell may differ from their number's: by so many days at most, or the year alone is right."""

    days: int
    first_of_year: bool


class Vetoes(_Strict):
    """vetoes.yaml."""

    slots: tuple[Slot, ...]
    own_birth: tuple[str, ...]
    own_sex: tuple[str, ...]
    grown: tuple[str, ...]
    filings: tuple[Filing, ...]
    titles: tuple[str, ...]
    registers: tuple[str, ...]
    opposed: tuple[str, str]
    birth_slip: BirthSlip
    said_birth: SaidBirth
    evidence_most_wrong_digits: int
    generation_years: int
    passed_on: dict[Literal["like", "unknown", "same"], tuple[str, ...]]
    passed_on_texts: dict[Literal["zh", "en"], str]
    texts: dict[str, str]

    @property
    def unchecked(self) -> frozenset[str]:
        """Slots of numbers without a check character."""
        return frozenset(slot.slot for slot in self.slots if not slot.is_checked)


class NameBook(_Strict):
    """names.yaml, characters.yaml, traditional.yaml and sounds.yaml."""

    titles: tuple[str, ...]
    nobody: tuple[str, ...]
    unshown: tuple[str, ...]
    hidden: tuple[str, ...]
    alike: tuple[str, ...]
    near: tuple[str, ...]
    variants: dict[str, str]

    @field_validator("near", mode="before")
    @classmethod
    def _without_spaces(cls, near: dict[str, str]) -> tuple[str, ...]:
        """The characters of each sound, which the file may tell on several lines."""
        return tuple(signs.replace(" ", "") for signs in near.values())

    @cached_property
    def same_sound(self) -> Table:
        """Each sign with the first of its group: usual form, same sound, same shape."""
        return first_of_group(self.alike, self.variants)

    @cached_property
    def near_sound(self) -> Table:
        """Each sign with the first of those that sound like it but for the tone."""
        return first_of_group(self.near, self.variants)

    @cached_property
    def ever_alike(self) -> Table:
        """Each sign with one for all that are ever written for it, by sound with or without tone, by shape, or as a variant."""
        return one_of_all((*self.alike, *self.near, *(form + usual for form, usual in sorted(self.variants.items()))))


class RuleBook(_Strict):
    """All rules of identity."""

    rules: tuple[LinkRule, ...]
    single: LinkRule
    weights: Weights
    vetoes: Vetoes
    names: NameBook

    def known(self, tag: str) -> LinkRule | None:
        """The rule with this tag; None for one that the book holds no longer (the log may still name it)."""
        return next((rule for rule in (*self.rules, self.single) if rule.tag == tag), None)

    def rule(self, code: str) -> LinkRule:
        """The rule with this code; every code that Python names stands in the book."""
        return next(rule for rule in self.rules if rule.code == code)


@lru_cache(maxsize=1)
def load_rule_book(folder: Path = FOLDER) -> RuleBook:
    """Read the rule book; pydantic names the file's wrong key."""
    parts = {
        name: yaml.load((folder / f"{name}.yaml").read_text("utf-8"), Loader=_LOADER)  # noqa: S506 - a safe one
        for name in ("link_rules", "weights", "vetoes", "names", "characters", "traditional", "sounds")
    }
    return RuleBook(
        rules=parts["link_rules"]["rules"],
        single=parts["link_rules"]["single"],
        weights=parts["weights"],
        vetoes=parts["vetoes"],
        names=parts["names"] | parts["sounds"] | parts["characters"] | {"variants": _variants(parts)},
    )


def _variants(parts: dict[str, Any]) -> dict[str, str]:
    """Traditional forms and variants, each with its usual form."""
    pairs: list[str] = parts["traditional"]["traditional"]
    named: dict[str, str] = parts["characters"]["variants"]
    return {pair[0]: pair[1] for pair in pairs} | named
