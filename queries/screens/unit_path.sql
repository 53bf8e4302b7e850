-- one unit above $org_unit_id, itself included at distance 0, nearest first: what passes limits on
-- optional: org_units
select
    paths.ancestor_id as org_unit_id,
    units.name,
    units.level,
    paths.distance,
from unit_ancestors as paths
inner join loaded.org_units as units on paths.ancestor_id = units.org_unit_id
where paths.org_unit_id = $org_unit_id
order by paths.distance
