-- one unit on the board: the scope's unit first (is_scope_unit), then its direct children by name
-- without org units, or with several roots, the scope's unit is the whole company: all null
-- optional: org_units, reps
with shown as (
    select
        org_unit_id,
        true as is_scope_unit,
    from scope_unit
    union all
    select
        org_unit_id,
        false as is_scope_unit,
    from child_units
),

managers as (
    select
        rep_id,
        arg_max(name, valid_from) as name,
    from loaded.reps
    where valid_from <= getvariable('as_of')::date and known_at <= getvariable('as_of')
    group by rep_id
)

select
    shown.org_unit_id,
    units.parent_id,
    units.level,
    units.name,
    units.tz,
    managers.name as manager_name,
    shown.is_scope_unit,
from shown
left join org_units as units on shown.org_unit_id = units.org_unit_id
left join managers on units.manager_rep_id = managers.rep_id
order by shown.is_scope_unit desc, units.name, shown.org_unit_id
