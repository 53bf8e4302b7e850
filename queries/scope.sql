-- the org units below the cursor's unit, itself included
create view visible_units as
with recursive below as (
    select org_unit_id,
    from loaded.org_units
    where org_unit_id = getvariable('unit_id')
    union
    select units.org_unit_id,
    from loaded.org_units as units
    inner join below on below.org_unit_id = units.parent_id
)

select org_unit_id,
from below
