"""Why these source records are one person, in plain Chinese and English.

Not here: the command (orchestration), the rules' own words (identity/rules/link_rules.yaml).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import polars as pl
import yaml

from identity.explain.compare import Record, agreements
from identity.explain.mask import mask_name, mask_number
from identity.frames import RECORD, REF, RESIDENT_LINK, conform
from identity.rules.rule_book import FOLDER, RuleBook, load_rule_book

Language = Literal["zh", "en"]


@dataclass(frozen=True)
class LinkStory:
    """One record of a person, and why it is there.

    Attributes:
        ref: system, entity, key.
        linked_by: Tag of the rule.
        match_weight: Bits; 0 for a record alone.
        zh: Two lines in Chinese: the record, the reason.
        en: The same in English.
    """

    ref: tuple[str, str, str]
    linked_by: str
    match_weight: float
    zh: tuple[str, str]
    en: tuple[str, str]


def explain(resident_id: str, resident_link: pl.DataFrame, records: pl.DataFrame, *, unmask: bool = False) -> list[LinkStory]:
    """Tell for every record of a person by which rule it was linked and in what it agrees with the others.

    Args:
        resident_id: Whom.
        resident_link: Links (columns of RESIDENT_LINK).
        records: int_person__record; a record that is missing there is left out.
        unmask: Show names and numbers plainly; the caller has asked why and written it down.

    Returns:
        One story a record, sorted by ref; empty for an unknown resident.
    """
    book = load_rule_book()
    links = conform(resident_link.filter(pl.col("resident_id") == resident_id), RESIDENT_LINK)
    joined = links.join(conform(records, RECORD).drop("is_live"), list(REF)).sort(*REF)
    rows = joined.rows(named=True)
    return [_story(row, [other for other in rows if other is not row], book, unmask=unmask) for row in rows]


def _story(row: Record, others: list[Record], book: RuleBook, *, unmask: bool) -> LinkStory:
    # The partner to show is the record that agrees in most; the first of equals, for the rows are sorted.
    shared = max((agreements(row, other, book) for other in others), key=len, default=[])
    told = {language: _lines(row, shared, book, language, is_alone=not others, unmask=unmask) for language in ("zh", "en")}
    ref = (row["source_system"], row["source_entity"], row["source_key"])
    return LinkStory(ref, row["linked_by"], row["match_weight"], told["zh"], told["en"])


def _lines(row: Record, shared: list[str], book: RuleBook, language: str, *, is_alone: bool, unmask: bool) -> tuple[str, str]:
    texts = _texts()
    rule = book.known(row["linked_by"])
    said = texts["separator"][language].join(texts["agreements"][code][language] for code in shared)
    head = texts["lines"]["head"][language].format(
        system=row["source_system"], entity=row["source_entity"], key=row["source_key"], who=_who(row, unmask=unmask)
    )
    kind = "alone" if is_alone else "linked"
    reason = texts["lines"][kind][language].format(
        rule=getattr(rule, language) if rule else row["linked_by"],
        tag=row["linked_by"],
        weight=row["match_weight"],
        agreements=said or texts["lines"]["nothing"][language],
    )
    return head, reason


def _who(row: Record, *, unmask: bool) -> str:
    """Name, number and phone of a record, masked unless asked for."""
    name, number, phone = row["name"] or row["name_key"], row["id_number"] or row["id_evidence"], row["mobile"]
    parts = [name, number, phone] if unmask else [mask_name(name), mask_number(number or row["id_visible"]), mask_number(phone)]
    return " ".join(part for part in parts if part)


@lru_cache(maxsize=1)
def _texts() -> Mapping[str, Any]:
    texts: Mapping[str, Any] = yaml.safe_load((FOLDER / "explanations.yaml").read_text("utf-8"))
    return texts
