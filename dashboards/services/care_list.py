"""People who bear a tag of care or may be owed a benefit, as a list to work from. Not here: counting them (welfare.py).

A list of people is a search for people: it stands in the audit log before it is shown.
"""

from datetime import date
from pathlib import Path

from dashboards.access.audit import AuditLog
from dashboards.repositories.reader import Reader
from dashboards.repositories.welfare import read_benefits, read_owed, read_tagged
from dashboards.services.labels import names_of
from dashboards.services.language import say
from dashboards.services.place import Place
from dashboards.services.search import person_line
from dashboards.services.text import day

TAG, BENEFIT = "tag", "benefit"


def choices(reader: Reader) -> dict[str, str]:
    """What can be listed, by code: tags of care, then benefits that somebody may be owed."""
    tags = {f"{TAG}.{code}": name for code, name in names_of("care_tag").items()}
    owed = {f"{BENEFIT}.{code}": say("候选：{benefit}", benefit=say(name)) for code, name in read_benefits(reader).rows()}
    return tags | owed


def load_people(reader: Reader, place: Place, chosen: str, as_of: date) -> list[tuple[str, str]]:
    """Resident and line of everybody living here who fits, by committee and address; masked, as everywhere."""
    kind, _, code = chosen.partition(".")
    if kind == TAG:
        found = read_tagged(reader, place.committee, code, as_of.isoformat())
    else:
        found = read_owed(reader, place.committee, code)
    return [
        (row["resident_id"], f"{person_line(row)} · {row['address'] or say('无住址')} · {say('{day}起', day=day(row['since']))}")
        for row in found.iter_rows(named=True)
    ]


def write_down(reader: Reader, home: Path, place: Place, chosen: str, found: int) -> None:
    """The line of the audit log: what was listed, of where, and how many."""
    where = place.committee or reader.person.area_code
    AuditLog(home).append("search", reader.person.user, "shown", f"kind=list {chosen} area={where} found={found}")
