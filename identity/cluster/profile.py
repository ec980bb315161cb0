"""What a group of nodes says as a whole, and whether two groups contradict each other.

Not here: which groups are compared (identity/cluster/cut.py).
"""

from dataclasses import dataclass, replace
from datetime import date

from identity.evidence.numbers import LENGTH, contradicts_mask, is_loosely_told, is_near, wrong_digits
from identity.rules.rule_book import Vetoes

_NOTHING: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Profile:
    """The firm statements of a group.

    Attributes:
        nodes: Its nodes.
        numbers: (slot, number) of every owned number that may not change.
        births: Birth dates.
        sexes: `1`, `2`, as numbers tell.
        said_sexes: The same, as only columns tell.
        masks: Masked numbers.
        traces: Numbers that failed their check.
        barred: Nodes that people set apart from one of this group.
    """

    nodes: frozenset[int]
    numbers: frozenset[tuple[str, str]] = frozenset()
    births: frozenset[date] = frozenset()
    sexes: frozenset[str] = frozenset()
    said_sexes: frozenset[str] = frozenset()
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
            self.said_sexes | other.said_sexes,
            self.masks | other.masks,
            self.traces | other.traces,
            self.barred | other.barred,
        )

    def without_birth(self) -> "Profile":
        """The group, where the column that told its birth date was wrong."""
        return replace(self, births=frozenset())

    def without_said_sex(self) -> "Profile":
        """The group, where one of the columns was wrong: only numbers tell its sex."""
        return replace(self, said_sexes=frozenset())


def contradictions(left: Profile, right: Profile, vetoes: Vetoes) -> list[str]:
    """Codes of the vetoes (vetoes.yaml, `texts`) that stand between two groups; empty: they may be one person."""
    found = {
        "decision": bool(left.barred & right.nodes),
        "number": any(_numbers_differ(a, b, vetoes) for a in left.numbers for b in right.numbers),
        "birth_date": any(not is_near(a, b, vetoes.birth_slip) for a in left.births for b in right.births),
        "sex": any(a != b for a in left.sexes | left.said_sexes for b in right.sexes | right.said_sexes),
        "masked": _masks_differ(left, right) or _masks_differ(right, left),
        "evidence": _too_far(left, right, vetoes) or _too_far(right, left, vetoes),
    }
    return [code for code, stands in found.items() if stands]


def is_birth_only_said(left: Profile, right: Profile, vetoes: Vetoes) -> bool:
    """Whether one side alone has a number, and the other's birth date, which a column tells, is told loosely."""
    if bool(left.numbers) == bool(right.numbers):
        return False
    return all(
        is_near(a, b, vetoes.birth_slip) or is_loosely_told(a, b, vetoes.said_birth) for a in left.births for b in right.births
    )


def is_sex_only_said(left: Profile, right: Profile) -> bool:
    """Whether no two numbers tell different sexes."""
    return not any(a != b for a in left.sexes for b in right.sexes)


def _numbers_differ(left: tuple[str, str], right: tuple[str, str], vetoes: Vetoes) -> bool:
    """Whether two numbers fill one slot, and are not one number with a slip that no check character could find."""
    if left[0] != right[0] or left[1] == right[1]:
        return False
    return left[0] not in vetoes.unchecked or wrong_digits(left[1], right[1]) > 1


def _masks_differ(left: Profile, right: Profile) -> bool:
    others = right.masks | {number for _, number in right.numbers if len(number) == LENGTH}
    return any(contradicts_mask(mask, other) for mask in left.masks for other in others)


def _too_far(left: Profile, right: Profile, vetoes: Vetoes) -> bool:
    """Whether a failed number is no slip of any number on the other side. Other lengths and kinds tell nothing."""
    numbers = {number for _, number in right.numbers if len(number) == LENGTH}
    most = vetoes.evidence_most_wrong_digits
    return any(len(trace) == LENGTH and wrong_digits(trace, number) > most for trace in left.traces for number in numbers)
