-- one unit with its region: the nearest unit above or itself of level region, else the top one
-- optional: org_units
select
    paths.org_unit_id::varchar as org_unit_id,
    min_by(
        paths.ancestor_id,
        case when units.level = 'region' then paths.distance else 1000 - paths.distance end
    )::varchar as region_id,
    max(greatest(paths.known_at, units.known_at))::timestamptz as known_at,
from loaded.unit_ancestors as paths
inner join loaded.org_units as units on paths.ancestor_id = units.org_unit_id
group by paths.org_unit_id
