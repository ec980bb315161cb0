"""Names that somebody with a number bears: whether a name is known so tells a slip of the pen from another person's name.

When the first with a number comes to bear a name, or the last ceases to, all who bear it must be judged anew.
Not here: what such a name is worth (identity/link/weigh.py).
"""

import polars as pl

from identity.evidence.hashed import borne_names
from identity.rules.rule_book import NameBook
from identity.solution.rows import is_among

_NAMES = ("name", "former")


def borne_beside(members: pl.DataFrame, without: pl.Series) -> pl.Series:
    """Hashes of the names that members with a number bear, but for some of them (`no`)."""
    others = pl.Series(~is_among(members["no"], without)) & members["is_numbered"]
    return _names_of(members.select(_NAMES).filter(others))


def turned_by(told: pl.DataFrame, gone: pl.Series, doubted: pl.Series, members: pl.DataFrame, book: NameBook) -> pl.Series:
    """`no` of all who bear a name that may be known or unknown when these records tell what they tell now.

    Args:
        told: Records that are new or other, in the columns of RECORD, and `no`.
        gone: Records that are no more.
        doubted: Others, whose numbers may come to be theirs or cease to be.
        members: As they were.
        book: Signs in names.
    """
    without = pl.concat([told["no"], gone])
    before = members.select(_NAMES).filter(pl.Series(is_among(members["no"], without)) & members["is_numbered"])
    after = borne_names(told.filter(pl.col("id_number").is_not_null()), book)
    beside = borne_beside(members, pl.concat([without, doubted]))
    either = _names_of(members.select(_NAMES).filter(pl.Series(is_among(members["no"], doubted))))
    either = either.filter(~either.is_in(beside.filter(beside.is_in(either.implode())).implode()))
    return _bearers(members, pl.concat([_turned(_names_of(before), after, beside), either]))


def turned(solved: pl.DataFrame, without: pl.Series, members: pl.DataFrame, borne: pl.Series) -> pl.Series:
    """`no` of all who bear a name that is known now and was not, or the other way round.

    Args:
        solved: Members as they were solved now.
        without: `no` of these, and of those who are gone.
        members: As they were.
        borne: Names that others with a number bear.
    """
    before = members.select(_NAMES).filter(pl.Series(is_among(members["no"], without)) & members["is_numbered"])
    names = _turned(_names_of(before), _names_of(solved.filter("is_numbered")), borne)
    return pl.concat([_bearers(members, names), _bearers(solved, names)]).unique()


def _names_of(members: pl.DataFrame) -> pl.Series:
    return pl.concat([members[name].alias("name") for name in _NAMES]).drop_nulls()


def _turned(before: pl.Series, after: pl.Series, beside: pl.Series) -> pl.Series:
    """Names that are among one of two sets alone, and not borne beside them."""
    lost, won = before.filter(~before.is_in(after.implode())), after.filter(~after.is_in(before.implode()))
    names = pl.concat([lost.alias("name"), won.alias("name")]).unique()
    return names.filter(~names.is_in(beside.filter(beside.is_in(names.implode())).implode()))


def _bearers(members: pl.DataFrame, names: pl.Series) -> pl.Series:
    if names.is_empty():
        return members["no"].clear()
    return members.select("no", *_NAMES).filter(pl.any_horizontal(pl.col(name).is_in(names.implode()) for name in _NAMES))["no"]
