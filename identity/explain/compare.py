"""What two records of one person agree in.

Not here: the words (identity/rules/explanations.yaml), whether they are one person (identity/link, identity/cluster).
"""

from collections.abc import Mapping
from typing import Any

from identity.evidence.names import is_like, is_same_sound, is_shortened
from identity.evidence.numbers import fits_mask, is_loosely_told, is_near, wrong_digits
from identity.rules.rule_book import RuleBook

Record = Mapping[str, Any]


def agreements(one: Record, other: Record, book: RuleBook) -> list[str]:
    """Codes of explanations.yaml that hold between two records (columns of RECORD)."""
    found = [_number(one, other), _name(one, other, book), _birth(one, other, book)]
    if one["sex_code"] in ("1", "2") and one["sex_code"] == other["sex_code"]:
        found.append("sex_same")
    if _phones(one) & _phones(other):
        found.append("phone_same")
    if one["dwelling_cluster"] and one["dwelling_cluster"] == other["dwelling_cluster"]:
        found.append("dwelling_same")
    return [code for code in found if code]


def _number(one: Record, other: Record) -> str | None:
    if one["id_number"] and one["id_number"] == other["id_number"]:
        return "number_same"
    for left, right in ((one, other), (other, one)):
        plain = right["id_number"] or right["id_evidence"]
        if left["id_evidence"] and plain and wrong_digits(left["id_evidence"], plain) <= 1:
            return "number_slip"
        visible = left["id_visible"]
        whole = right["id_number"] or right["id_visible"]
        if visible and whole and len(visible) == len(whole) and fits_mask(visible, whole):
            return "number_masked"
    return None


def _name(one: Record, other: Record, book: RuleBook) -> str | None:
    left, right = one["name_key"], other["name_key"]
    if not left or not right:
        return None
    if left == right:
        return "name_same"
    if {left, one["former_name_key"]} & {right, other["former_name_key"]} - {None}:
        return "name_former"
    if is_same_sound(left, right, book.names):
        return "name_sound"
    if _number(one, other) == "number_same" and any(side["name_key"] == side["former_name_key"] for side in (one, other)):
        return "name_changed"
    part = "name_part" if is_shortened(left, right) else None
    return "name_like" if is_like(left, right, book.names) else part


def _birth(one: Record, other: Record, book: RuleBook) -> str | None:
    left, right = one["birth_date"], other["birth_date"]
    if not left or not right:
        return None
    if left == right:
        return "birth_same"
    if is_near(left, right, book.vetoes.birth_slip):
        return "birth_near"
    return "birth_loose" if is_loosely_told(left, right, book.vetoes.said_birth) else None


def _phones(record: Record) -> set[str]:
    return {phone for phone in (record["mobile"], *(record["phones"] or ())) if phone}
