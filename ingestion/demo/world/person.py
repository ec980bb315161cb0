"""One invented person, as the truth knows it."""

from dataclasses import dataclass
from datetime import date

NOWHERE = -1  # a house, person or household that there is none of


@dataclass(slots=True)
class Person:
    """A natural person.

    `home` is the dwelling whose household the person belongs to; `lives_at` and `registered_at` are dwellings of this street or
    NOWHERE (-1), and then `lives_text` and `hukou_text` say where outside. `relation` is the SYRK code. `role` is resident,
    absent (registered here, lives away), landlord, past_owner or past_tenant. `fate` is alive, dead or moved_out.
    """

    person: int
    home: int
    household: int
    relation: str
    role: str
    name: str
    sex: str
    birth: date
    people: str
    id_kind: str = "111"
    id_number: str = ""
    second_kind: str = ""
    second_number: str = ""
    former_name: str = ""
    mother: int = NOWHERE
    twin: int = NOWHERE
    lives_at: int = NOWHERE
    lives_text: str = ""
    registered_at: int = NOWHERE
    hukou_text: str = ""
    county: str = ""
    mobile: str = ""
    fate: str = "alive"
    fate_on: date | None = None
    arrived: date = date(2000, 1, 1)

    def age(self, day: date) -> int:
        """Full years at the given day."""
        return day.year - self.birth.year - ((day.month, day.day) < (self.birth.month, self.birth.day))
