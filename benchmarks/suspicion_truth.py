"""What makes a suspicion right, and which subjects it ought to name, in SQL over the generator's truth.

Subjects are the generator's numbers of persons or dwellings. `RIGHT` says by kind which subjects are rightly suspected,
`TRUE` which ought to be found: the same, less those of whom no source tells anything.
"""

_LIVING = "select lives_at from truth_person where fate = 'alive' and lives_at >= 0"
_ON_A_ROLL = """select distinct person from truth_record
    where is_live and source_entity in ('elderly-services', 'children-in-need')"""
_GONE = "select person from truth_person where fate <> 'alive'"
_NOT_HERE = "select person from truth_person where fate = 'alive' and lives_at < 0"
_OF_POLICE = "select person from truth_record where source_system = 'police' and is_live and not is_damaged and person >= 0"
_UNKNOWN = f"select person from truth_person where fate = 'alive' and lives_at >= 0 and person not in ({_OF_POLICE})"
_TOLD_HOME = """select distinct person from truth_record
    where is_live and not is_damaged and source_entity not in ('owner', 'SYRK') and dwelling is not null and person is not null"""
_EMPTY = f"select dwelling from truth_dwelling where use = '住宅' and dwelling not in ({_LIVING})"
# The rules of the seed crowding_rule, on who really lives there.
_CROWDED = """select home.dwelling
    from truth_dwelling as home join truth_person as person on person.lives_at = home.dwelling and person.fate = 'alive'
    where home.holding = 'tenant'
    group by home.dwelling, home.area
    having (count(*) >= 4 and home.area < 5 * count(*))
        or (count(*) filter (where relation in ('01', '90')) >= 4 and home.area < 10 * count(*))
        or count(*) filter (where relation in ('01', '90')) >= 6"""
_ATTACHED = """select registered_at from truth_person where fate = 'alive' and registered_at >= 0 and lives_at = registered_at
    union select person.registered_at from truth_person as person
    join truth_record as record on record.person = person.person and record.dwelling = person.registered_at
    where record.source_system = 'property' and record.is_live"""
_HOLLOW = f"""select distinct registered_at from truth_person
    where fate = 'alive' and registered_at >= 0 and registered_at not in ({_ATTACHED})"""

RIGHT = {
    "benefit_after_departure": _GONE,
    "benefit_without_residence": f"{_NOT_HERE} union {_GONE}",
    "resident_unknown_to_police": _UNKNOWN,
    "dwelling_vacancy_suspected": _EMPTY,
    "dwelling_crowding_suspected": _CROWDED,
    "hukou_hollow_suspected": _HOLLOW,
    "separation_in_suspected": "select person from truth_person where fate = 'alive' and lives_at >= 0",
    "separation_out_suspected": "select person from truth_person where fate = 'alive' and lives_at <> registered_at",
}
TRUE = {
    "benefit_after_departure": f"select person from ({_GONE}) where person in ({_ON_A_ROLL})",
    "benefit_without_residence": f"select person from ({_NOT_HERE}) where person in ({_ON_A_ROLL})",
    "resident_unknown_to_police": f"select person from ({_UNKNOWN}) where person in ({_TOLD_HOME})",
    "dwelling_vacancy_suspected": _EMPTY,
    "dwelling_crowding_suspected": _CROWDED,
    "hukou_hollow_suspected": _HOLLOW,
}
