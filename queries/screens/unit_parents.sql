-- one unit with its parent: those above the scope's unit, itself and all below; without a scope
-- all of the company. It is the way on which thresholds are passed down
-- optional: org_units
select
    units.org_unit_id,
    units.parent_id,
from loaded.org_units as units
where
    units.known_at <= getvariable('as_of')
    and (
        getvariable('unit_id') is null
        or units.org_unit_id in (select org_unit_id, from visible_units)
        or units.org_unit_id in (
            select ancestor_id,
            from loaded.unit_ancestors
            where org_unit_id = getvariable('unit_id')
        )
    )
order by units.org_unit_id
