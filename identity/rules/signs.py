"""Which sign stands for which, worked out from the groups of signs that the rule book tells.

Not here: the groups themselves (characters.yaml, sounds.yaml, traditional.yaml), names in such signs (identity/evidence).
"""

from collections.abc import Iterable, Mapping

Table = dict[str, str]


def first_of_group(groups: Iterable[str], variants: Mapping[str, str]) -> Table:
    """Each sign with the first of its group, of several the one told first; a variant stands where its usual form does."""
    table: Table = {}
    for group in groups:
        first = next((table[sign] for sign in group if sign in table), group[0])
        table.update(dict.fromkeys((sign for sign in group if sign not in table), first))
    table.update({form: table.get(usual, usual) for form, usual in sorted(variants.items())})
    return table


def one_of_all(groups: Iterable[str]) -> Table:
    """Each sign with one for all that are connected with it, over any number of groups."""
    table: Table = {}
    stands_for: dict[str, list[str]] = {}
    for group in groups:
        joined = {table.get(sign, sign) for sign in group}
        first = min(joined)
        signs = [sign for other in joined for sign in stands_for.pop(other, [other])]
        stands_for[first] = signs
        table.update(dict.fromkeys(signs, first))
    return table
