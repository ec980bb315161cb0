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
DERIVED = {"indicator_rank": _INDICATOR_RANK}
DERIVED_COLUMNS = {"indicator_rank": ["indicator_code", "area_level", "area_code", "period", "rank", "peers"]}
