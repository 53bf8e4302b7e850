-- one unit and one unit above it, itself included at distance 0; units without a parent that is
-- there are roots; a cycle ends at 20 steps
-- optional: org_units
with recursive climbs as (
    select
        org_unit_id,
        org_unit_id as ancestor_id,
        parent_id,
        0 as distance,
        known_at,
    from loaded.org_units
    union all
    select
        climbs.org_unit_id,
        above.org_unit_id as ancestor_id,
        above.parent_id,
        climbs.distance + 1 as distance,
        greatest(climbs.known_at, above.known_at) as known_at,
    from climbs
    inner join loaded.org_units as above on climbs.parent_id = above.org_unit_id
    where climbs.distance < 20
)

select
    org_unit_id::varchar as org_unit_id,
    ancestor_id::varchar as ancestor_id,
    min(distance)::bigint as distance,
    min(known_at)::timestamptz as known_at,
from climbs
group by org_unit_id, ancestor_id
