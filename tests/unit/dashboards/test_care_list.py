"""Lists of people by tag: as many as are counted, masked, written down, for civil affairs alone."""

from pathlib import Path

import pytest

from dashboards.access.audit import AuditLog
from dashboards.access.policy import AccessDeniedError
from dashboards.services import care_list, welfare
from dashboards.services.place import Place, load_places
from tests.published_records import known_plain
from tests.published_street import AS_OF
from tests.unit.dashboards.conftest import ReaderOf


def test_a_tag_leads_to_its_people_as_many_as_are_counted(reader_of: ReaderOf, tmp_path: Path) -> None:
    civil, place = reader_of("civil"), Place()
    counted = {
        row["tag"]: row["person_count"] for row in welfare.load_tags(civil, place, AS_OF.isoformat()).iter_rows(named=True)
    }
    owed = {
        row["benefit"]: row["people"] for row in welfare.load_candidates(civil, place).filter(state="候选").iter_rows(named=True)
    }
    named = care_list.choices(civil)
    listed = {name: care_list.load_people(civil, place, code, AS_OF) for code, name in named.items()}
    assert {name: len(people) for name, people in listed.items() if name in counted} == counted
    assert {f"候选：{name}": int(people) for name, people in owed.items()}.items() <= {
        n: len(p) for n, p in listed.items()
    }.items()
    whole = {who for people in listed.values() for who, _ in people}
    committee = next(iter(load_places(civil, "welfare").committees))
    part = {who for code in named for who, _ in care_list.load_people(civil, Place(committee), code, AS_OF)}
    assert part < whole
    plain = known_plain()
    assert not any(value in line for people in listed.values() for _, line in people for value in plain)
    care_list.write_down(civil, tmp_path, place, "tag.lone_elder", 3)
    assert [entry["detail"] for entry in AuditLog(tmp_path).entries()] == [
        f"kind=list tag.lone_elder area={civil.person.area_code} found=3"
    ]


@pytest.mark.parametrize("user", ["leader", "officer", "worker", "steward", "auditor", "analyst"])
def test_nobody_else_has_people_listed_by_tag(reader_of: ReaderOf, user: str) -> None:
    with pytest.raises(AccessDeniedError):
        care_list.load_people(reader_of(user), Place(), "tag.lone_elder", AS_OF)
