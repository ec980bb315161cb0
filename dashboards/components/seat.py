"""The street in which somebody sits who has more than one: a district's or a city's analyst reads one street at a time.

Not here: which streets those are (repositories/row_filter.py).
"""

from dashboards.access.policy import AccessDeniedError
from dashboards.components.filters import choose
from dashboards.repositories.reader import Reader
from dashboards.services.place import load_streets

ABOVE_STREETS = ("district", "city")


def take_seat(reader: Reader) -> Reader:
    """The same person's reader for one street, chosen where there are several; anybody else's is given back as it is.

    Raises:
        AccessDeniedError: The version has no street of the person's area.
    """
    if reader.person.area_level not in ABOVE_STREETS:
        return reader
    streets = load_streets(reader)
    if not streets:
        raise AccessDeniedError("您的辖区内没有街道的数据。")
    chosen = choose("街道", "street", streets) if len(streets) > 1 else next(iter(streets))
    return reader.within("street", chosen if chosen in streets else next(iter(streets)))
