"""What a group of nodes says as a whole, and whether two groups contradict each other.

Not here: which groups are compared (identity/cluster/cut.py).
"""

from dataclasses import dataclass
from datetime import date

from identity.evidence.numbers import LENGTH, fits_mask, is_near, wrong_digits
from identity.rules.rule_book import Vetoes

_NOTHING: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Profile:
    """The firm statements of a group.

    Attributes:
        nodes: Its nodes.
        numbers: (slot, number) of every owned number that may not change.
        births: Birth dates.
        sexes: `1`, `2`.
        masks: Masked numbers.
        traces: Numbers that failed their check.
        barred: Nodes that people set apart from one of this group.
    """

    nodes: frozenset[int]
    numbers: frozenset[tuple[str, str]] = frozenset()
    births: frozenset[date] = frozenset()
    sexes: frozenset[str] = frozenset()
    masks: frozenset[str] = frozenset()
    traces: frozenset[str] = frozenset()
    barred: frozenset[int] = _NOTHING

    def merged(self, other: "Profile") -> "Profile":
        """Both groups as one."""
        return Profile(
            self.nodes | other.nodes,
            self.numbers | other.numbers,
            self.births | other.births,
            self.sexes | other.sexes,
            self.masks | other.masks,
            self.traces | other.traces,
            self.barred | other.barred,
        )


def contradictions(left: Profile, right: Profile, vetoes: Vetoes) -> list[str]:
    """Codes of the vetoes (vetoes.yaml, `texts`) that stand between two groups; empty: they may be one person."""
    found = {
        "decision": bool(left.barred & right.nodes),
        "number": any(slot == other and a != b for slot, a in left.numbers for other, b in right.numbers),
        "birth_date": any(not is_near(a, b, vetoes.birth_slip) for a in left.births for b in right.births),
        "sex": any(a != b for a in left.sexes for b in right.sexes),
        "masked": _masks_differ(left, right) or _masks_differ(right, left),
        "evidence": _too_far(left, right, vetoes) or _too_far(right, left, vetoes),
    }
    return [code for code, stands in found.items() if stands]


def _masks_differ(left: Profile, right: Profile) -> bool:
    others = right.masks | {number for _, number in right.numbers if len(number) == LENGTH}
    return any(not fits_mask(mask, other) for mask in left.masks for other in others)


def _too_far(left: Profile, right: Profile, vetoes: Vetoes) -> bool:
    """Whether a failed number is no slip of any number on the other side. Other lengths and kinds tell nothing."""
    numbers = {number for _, number in right.numbers if len(number) == LENGTH}
    most = vetoes.evidence_most_wrong_digits
    return any(len(trace) == LENGTH and wrong_digits(trace, number) > most for trace in left.traces for number in numbers)
