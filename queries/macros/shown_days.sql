-- one unit that a metric shows and one local day from first_day to last_day: the scope's unit
-- (key '' where it has none) and its direct children
-- macro: first_day, last_day
with units as (
    select
        coalesce(org_unit_id, '') as unit_key,
        true as is_scope_unit,
    from scope_unit
    union all
    select
        org_unit_id as unit_key,
        false as is_scope_unit,
    from child_units
),

days as (
    select unnest(generate_series(first_day::date, last_day::date, interval 1 day))::date as day,
)

select
    units.unit_key,
    units.is_scope_unit,
    days.day,
from units
cross join days
