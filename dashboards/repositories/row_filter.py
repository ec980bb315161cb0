"""The row filter: how a grant and a person become the only view of a table that a query can see.

Not here: what is granted (access/policy.py). The area's code is bound as a parameter, never written into the text.
"""

from dashboards.access.person import Person
from dashboards.access.policy import AccessDeniedError, Grant
from dashboards.repositories.derived import DERIVED, DERIVED_COLUMNS

# Rows without a committee (not yet placed) belong to the street only where there is but one street.
_ONE_STREET = "(select count(*) from main.street) = 1"
_OWN_COMMITTEES = "select committee_code from main.committee where street_code = $area_code"

CONDITIONS: dict[tuple[str, str], str] = {
    ("everywhere", "street"): "true",
    ("everywhere", "committee"): "true",
    ("office", "street"): "true",
    # What is measured of the whole delivery, and of the own committees.
    ("office_committee", "street"): f"(committee_code is null or committee_code in ({_OWN_COMMITTEES}))",
    ("office_score", "street"): f"(level <> 'committee' or subject in ({_OWN_COMMITTEES}))",
    ("street", "street"): "street_code = $area_code",
    ("street", "committee"): "street_code in (select street_code from main.committee where committee_code = $area_code)",
    # Who has a district or a city sees which streets it has, sits down in one of them, and reads as a person of that street.
    ("street", "district"): "left(street_code, 6) = $area_code",
    ("street", "city"): "left(street_code, 4) = left($area_code, 4)",
    ("committee", "street"): f"(committee_code in ({_OWN_COMMITTEES}) or (committee_code is null and {_ONE_STREET}))",
    ("committee", "committee"): "committee_code = $area_code",
    ("person", "street"): f"(street_code = $area_code or (street_code is null and {_ONE_STREET}))",
    ("person", "committee"): "committee_code = $area_code",
    ("indicator_area", "street"): (
        "((area_level = 'street' and area_code = $area_code)"
        f" or (area_level = 'committee' and area_code in ({_OWN_COMMITTEES}))"
        " or (area_level = 'estate' and area_code in"
        f" (select estate_id from main.estate where committee_code in ({_OWN_COMMITTEES}))))"
    ),
    ("indicator_area", "committee"): (
        "((area_level = 'committee' and area_code = $area_code) or (area_level = 'estate'"
        " and area_code in (select estate_id from main.estate where committee_code = $area_code)))"
    ),
}


def filtered_view(grant: Grant, person: Person, columns: dict[str, list[str]]) -> str:
    """The select that stands for a table: granted columns, own rows.

    `columns` are those the version really has; a granted column it lacks is left out, so an older version still opens.

    Raises:
        AccessDeniedError: The table has no rows for an area level such as this.
    """
    condition = CONDITIONS.get((grant.rule.area, person.area_level))
    if condition is None:
        raise AccessDeniedError("这项内容按全街道统计，您的辖区范围内不提供。")
    derived = DERIVED.get(grant.table)
    present = DERIVED_COLUMNS[grant.table] if derived else columns.get(grant.table, [])
    borrow = grant.rule.borrow
    borrowed = [name for name in borrow.columns if name not in present] if borrow else []
    names = [name for name in _granted(grant, present) if name in present or name in borrowed]
    if borrow is None or not borrowed:
        source = f"({derived})" if derived else f"main.{grant.table}"
        return f"select {_list(names)} from {source} where {condition}"
    taken = ", ".join(f"lender.{name}" for name in borrowed)
    whole = f"select own.*, {taken} from main.{grant.table} as own left join main.{borrow.table} as lender using ({borrow.key})"
    return f"select {_list(names)} from ({whole}) where {condition}"


def _granted(grant: Grant, present: list[str]) -> list[str]:
    if grant.rule.figures == "all":
        return present
    return [*grant.rule.figures, *(grant.rule.rows if grant.has_rows else ())]


def _list(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
