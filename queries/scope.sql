-- what the cursor's unit means: as_of and unit_id are variables of the cursor

-- the org units below the cursor's unit, itself included
create view visible_units as
select org_unit_id,
from loaded.unit_ancestors
where ancestor_id = getvariable('unit_id') and known_at <= getvariable('as_of');

-- the units at the top: without a parent that is there
create view root_units as
select org_unit_id,
from loaded.unit_ancestors
where known_at <= getvariable('as_of')
group by org_unit_id
having max(distance) = 0;

-- one row: the cursor's unit, or the one root; null where there are no units or several roots
create view scope_unit as
select
    coalesce(
        getvariable('unit_id'), case when count(*) = 1 then min(org_unit_id) end
    )::varchar as org_unit_id,
from root_units;

-- the direct children of the scope's unit; under no single unit the roots
create view child_units as
select units.org_unit_id,
from loaded.org_units as units
cross join scope_unit
where
    units.known_at <= getvariable('as_of')
    and (
        units.parent_id = scope_unit.org_unit_id
        or (
            scope_unit.org_unit_id is null
            and units.org_unit_id in (select org_unit_id, from root_units)
        )
    );

-- each unit below a direct child, with that child
create view unit_children as
select
    below.org_unit_id,
    below.ancestor_id as child_id,
from loaded.unit_ancestors as below
inner join child_units on below.ancestor_id = child_units.org_unit_id
where below.known_at <= getvariable('as_of');
