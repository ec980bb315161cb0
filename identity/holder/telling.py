"""Whether two versions of one record tell of two people: by the vetoes of law 4, and only where the name is another's too.

Not here: which version follows on which (identity/holder/holders.py).
"""

from collections.abc import Mapping
from typing import Any, Literal

from identity.cluster.profile import Profile, contradictions
from identity.evidence.names import is_like
from identity.evidence.numbers import fits_mask, is_near, wrong_digits
from identity.rules.rule_book import RuleBook

Telling = Mapping[str, Any]  # columns of TELLING
FACTS = ("id_kind", "id_number", "id_visible", "id_evidence", "birth_date", "sex_code", "mobile", "phones")
_SEXES = ("1", "2")


def is_another(before: Telling, now: Telling, book: RuleBook) -> bool:
    """Whether a record tells of somebody else than before, and not only of the same person in other words."""
    names = _names(before, now, book)
    if before["id_number"] and before["id_number"] == now["id_number"]:
        return names == "other" and _is_generation(before, now, book)  # renamed; or a child under a parent's number
    # Under one name, what was read from the number falls with it: a wrong number is put right.
    left, right = (_profile(side, book, is_own=names in ("same", "unknown")) for side in (before, now))
    against = set(contradictions(left, right, book.vetoes))
    if names == "other":
        return bool(against) or not _agrees(before, now, book)
    return against >= set(book.vetoes.passed_on[names])


def is_one(before: Telling, now: Telling, book: RuleBook) -> bool:
    """Whether two versions tell of one person, by more than that nothing speaks against it."""
    if is_another(before, now, book) or _names(before, now, book) == "unknown":
        return False
    return _agrees(before, now, book)


def _names(before: Telling, now: Telling, book: RuleBook) -> Literal["same", "like", "other", "unknown"]:
    left, right = before["name_key"], now["name_key"]
    if not left or not right:
        return "unknown"
    if {left, before["former_name_key"]} & {right, now["former_name_key"]} - {None}:
        return "same"
    return "like" if is_like(left, right, book.names) else "other"


def _agrees(before: Telling, now: Telling, book: RuleBook) -> bool:
    """Whether anything but the name says that it is one person."""
    if before["id_number"] and before["id_number"] == now["id_number"]:
        return True
    if before["birth_date"] and now["birth_date"] and is_near(before["birth_date"], now["birth_date"], book.vetoes.birth_slip):
        return True
    return bool(_phones(before) & _phones(now)) or _is_damaged(before, now) or _is_damaged(now, before)


def _is_damaged(damaged: Telling, whole: Telling) -> bool:
    """Whether one number is the other, masked or with a slip of the pen."""
    number = whole["id_number"] or whole["id_visible"]
    visible, failed = damaged["id_visible"], damaged["id_evidence"]
    if visible and number:
        return len(visible) == len(number) and fits_mask(visible, number)
    plain = whole["id_number"] or whole["id_evidence"]
    return bool(failed and plain) and wrong_digits(failed, plain) <= 1


def _is_generation(before: Telling, now: Telling, book: RuleBook) -> bool:
    births = before["birth_date"], now["birth_date"]
    return None not in births and abs(births[0].year - births[1].year) > book.vetoes.generation_years


def _phones(telling: Telling) -> set[str]:
    return {phone for phone in (telling["mobile"], *(telling["phones"] or ())) if phone}


def _profile(telling: Telling, book: RuleBook, *, is_own: bool) -> Profile:
    number, kind = telling["id_number"], telling["id_kind"]
    source = f"{telling['source_system']}.{telling['source_entity']}"
    has_birth, has_sex = (not is_own or source in sources for sources in (book.vetoes.own_birth, book.vetoes.own_sex))
    slots = [slot.slot for slot in book.vetoes.slots if slot.kind == kind and slot.length in (None, len(number or ""))]
    return Profile(
        nodes=frozenset(),
        numbers=frozenset((slot, number) for slot in slots[:1] if number),
        births=frozenset({telling["birth_date"]} - {None} if has_birth else ()),
        said_sexes=frozenset({telling["sex_code"]} & set(_SEXES) if has_sex else ()),
        masks=frozenset({telling["id_visible"]} - {None, ""}),
        traces=frozenset({telling["id_evidence"]} - {None, ""}),
    )
