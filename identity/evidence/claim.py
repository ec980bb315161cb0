"""The judgement on one number that several names claim.

Not here: finding such numbers and acting on the judgement (identity/evidence/ownership.py).
"""

from dataclasses import dataclass, field

from identity.evidence.names import is_like, is_same_sound, is_shortened
from identity.rules.rule_book import RuleBook

BORROWED, CONTESTED = "borrowed", "contested"


@dataclass(frozen=True)
class Claim:
    """One name under one number.

    Attributes:
        rid: The smallest record that says so.
        name: Match form; null where the records have no name.
        records: How many say so.
        agreeing: How many of them have an own birth date, and the same as the number.
        is_far: Their own birth date is another generation's.
        is_other_sex: Their own sex is not the number's.
        is_borne: Somebody else bears the name who may have borrowed the number: a child, or of the same home, phone, birth date.
        is_beside: It is borne at the same home, on the same phone, with the same birth date.
        is_shadowed: Another name of the same list (a case, a household number) tells the number with a slip or masked.
        is_grown: Only sources that list no children say so.
        phones: Mobile phones that the records tell.
        homes: Dwellings that the records tell.
        titles: Dwellings of which a list that names every owner once has it as one.
        is_elsewhere: The name is known with this birth date under another valid number.
        formers: Former names that the records tell.
        companions: Names that stand beside it on the same list (a case, a household number).
    """

    rid: int
    name: str | None
    records: int
    agreeing: int
    is_far: bool
    is_other_sex: bool
    is_elsewhere: bool
    is_borne: bool = False
    is_beside: bool = False
    is_shadowed: bool = False
    is_grown: bool = False
    formers: list[str] = field(default_factory=list)
    companions: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    homes: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Loser:
    """A name that does not own the number, why, and the record that it lost against (null: none)."""

    name: str | None
    rid: int
    why: str
    against: int | None


def judge(claims: list[Claim], book: RuleBook) -> list[Loser]:
    """The names that lose the number; the one family of like names that is left (if any) owns it."""
    named = sorted((claim for claim in claims if claim.name is not None and not _is_borrower(claim)), key=_rank)
    families = sorted(_families(named, book), key=_family_rank)
    owner = _owner(families, book)
    losers = [claim for claim in claims if not owner or (claim not in owner and not _is_unnamed_owner(claim, owner))]
    return [Loser(claim.name, claim.rid, _why(claim, owner), _against(claim, owner, claims)) for claim in losers]


def _is_borrower(claim: Claim) -> bool:
    """Whether the name cannot own the number, whoever else does: another generation's, or a housemate's on the same list."""
    return claim.is_far or (claim.is_shadowed and not claim.agreeing)


def _is_unnamed_owner(claim: Claim, owner: list[Claim]) -> bool:
    """Whether records without a name are the owner's: no list shows the owner beside them, no birth date says otherwise."""
    return claim.name is None and not claim.is_far and not any(mine.name in claim.companions for mine in owner)


def _owner(families: list[list[Claim]], book: RuleBook) -> list[Claim]:
    """The family that clearly has the better claim; empty when none has."""
    if not families:
        return []
    best = families[0]
    if len(families) > book.weights.guards.names_per_number and not sum(claim.agreeing for claim in best):
        return []
    is_clear = len(families) == 1 or _strength(best) > _strength(families[1])
    return best if is_clear else []


def _families(named: list[Claim], book: RuleBook) -> list[list[Claim]]:
    """Names that can be one person's, wrongly written or former; strongest first, so a weaker one joins a stronger."""
    families: list[list[Claim]] = []
    for claim in named:
        home = next((family for family in families if any(_is_same(first, claim, book) for first in family)), None)
        if home is None:
            families.append([claim])
        else:
            home.append(claim)
    return families


def _is_same(strong: Claim, weak: Claim, book: RuleBook) -> bool:
    """Whether the weaker claim's name is the stronger's in other letters."""
    left, right = str(strong.name), str(weak.name)
    if right in strong.formers or left in weak.formers:
        return True
    if left in weak.companions or right in strong.companions:
        return False
    if weak.is_elsewhere or weak.is_other_sex:
        return False
    if not set(strong.titles).isdisjoint(weak.titles):  # owners of one dwelling: only another spelling is no other owner
        return is_same_sound(left, right, book.names)
    is_owner = strong.agreeing > 0 or not strong.is_beside
    is_part = is_owner and not weak.is_beside and is_shortened(left, right)
    return is_part or _is_renamed(strong, weak) or is_like(left, right, book.names)


def _is_renamed(strong: Claim, weak: Claim) -> bool:
    """Whether the weaker name is one that the owner bore at another time, and nobody else bears it who may have borrowed.

    A register that tells the former name in both columns says that there was another; without it, lists of grown people say so
    who tell number and phone alike at different dwellings. At one home it is as likely the spouse or the child, who owns it under
    that number and phone and stands on no other list.
    """
    if weak.is_borne:
        return False
    is_registered = strong.agreeing > 0 and strong.name in strong.formers
    is_apart = set(strong.homes).isdisjoint(weak.homes)
    is_grown = strong.is_grown and weak.is_grown and not strong.is_borne and is_apart
    return is_registered or (is_grown and not set(strong.phones).isdisjoint(weak.phones))


def _rank(claim: Claim) -> tuple[int, int, str]:
    return (-claim.agreeing, -claim.records, str(claim.name))


def _strength(family: list[Claim]) -> tuple[int, int]:
    return (sum(claim.agreeing for claim in family), sum(claim.records for claim in family))


def _family_rank(family: list[Claim]) -> tuple[int, int, int]:
    agreeing, records = _strength(family)
    return (-agreeing, -records, min(claim.rid for claim in family))


def _why(claim: Claim, owner: list[Claim]) -> str:
    return BORROWED if owner or _is_borrower(claim) else CONTESTED


def _against(claim: Claim, owner: list[Claim], claims: list[Claim]) -> int | None:
    """The record to show beside the loser's: the owner's, else the first other name's."""
    if owner:
        return owner[0].rid
    return next((other.rid for other in claims if other.name is not None and other.rid != claim.rid), None)
