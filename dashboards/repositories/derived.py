"""Tables that stand in no version: made of whole ones before the row filter, so that a row may tell what its neighbours decide.

What crosses the border of an area this way is written down here and in docs/decisions/0014, and nothing else does.
"""

# The rank of an area's newest figure among its peers: committees and estates of the street; a street has none.
# Withheld figures have no rank and count for nobody's, so a rank tells no more than the published figures do.
_INDICATOR_RANK = """
    select indicator_code, area_level, area_code, period,
        rank() over (partition by indicator_code, area_level, street_code order by value desc) as rank,
        count(*) over (partition by indicator_code, area_level, street_code) as peers
    from (
        select indicator.*, coalesce(own.street_code, owner.street_code, '') as street_code
        from main.indicator as indicator
        left join main.committee as own on indicator.area_level = 'committee' and indicator.area_code = own.committee_code
        left join main.estate as estate on indicator.area_level = 'estate' and indicator.area_code = estate.estate_id
        left join main.committee as owner on estate.committee_code = owner.committee_code
        qualify indicator.period = max(indicator.period) over (partition by indicator.indicator_code, indicator.area_level)
    )
    where value is not null and not coalesce(is_suppressed, false) and area_level in ('committee', 'estate')
"""
# Who is registered here, by the place of the registration; the home may be another committee's, whose row the reader does
# not see. Neither names nor identifiers of such persons cross, only what is counted; as dbt's int_registration__counted has it.
_RESIDENT_REGISTERED = """
    select resident.sex_code, resident.birth_year, place.estate_id,
        coalesce(place.committee_code, resident.committee_code) as committee_code,
        coalesce(committee.street_code, resident.street_code) as street_code
    from main.resident_category as held
    inner join main.resident as resident on held.resident_id = resident.resident_id
    left join main.dwelling as place on coalesce(held.registered_dwelling_id, held.dwelling_id) = place.dwelling_id
    left join main.committee as committee on coalesce(place.committee_code, resident.committee_code) = committee.committee_code
    where held.is_current and held.resident_category in ('registered_and_living', 'registered_living_elsewhere')
"""
DERIVED = {"indicator_rank": _INDICATOR_RANK, "resident_registered": _RESIDENT_REGISTERED}
DERIVED_COLUMNS = {
    "indicator_rank": ["indicator_code", "area_level", "area_code", "period", "rank", "peers"],
    "resident_registered": ["sex_code", "birth_year", "estate_id", "committee_code", "street_code"],
}
