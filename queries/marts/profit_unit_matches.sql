-- one unit type and match_value from first_day to the day before next_day: the one profit unit that
-- takes it in, of several that are valid the first by id; no stretches overlap
-- optional: profit_units
with changes as (
    select
        unit_type,
        match_value,
        valid_from as first_day,
    from loaded.profit_units
    union distinct
    select
        unit_type,
        match_value,
        valid_to + 1 as first_day,
    from loaded.profit_units
    where valid_to < date '9999-12-31'
),

stretches as (
    select
        unit_type,
        match_value,
        first_day,
        coalesce(
            lead(first_day) over (partition by unit_type, match_value order by first_day),
            date '9999-12-31'
        ) as next_day,
    from changes
)

select
    stretches.unit_type::varchar as unit_type,
    stretches.match_value::varchar as match_value,
    stretches.first_day::date as first_day,
    stretches.next_day::date as next_day,
    min(units.profit_unit_id)::varchar as profit_unit_id,
    max(units.known_at)::timestamptz as known_at,
    null::varchar as org_unit_id,
from stretches
inner join loaded.profit_units as units
    on
        stretches.unit_type = units.unit_type
        and stretches.match_value = units.match_value
        and stretches.first_day >= units.valid_from
        and (units.valid_to is null or stretches.first_day <= units.valid_to)
group by stretches.unit_type, stretches.match_value, stretches.first_day, stretches.next_day
