-- one shown unit and calendar quarter that touches first_day to last_day: its target revenue
-- (reporting currency): the target of exactly that quarter, else the sum of those of periods within
-- it (months), else of a longer period the quarter's share of its days; the unit's own targets,
-- else the sum over its direct children; no row where nothing is known
-- macro: first_day, last_day
with quarters as (
    select distinct
        date_trunc('quarter', day)::date as quarter_start,
        (date_trunc('quarter', day) + interval 3 months)::date - 1 as quarter_end,
    from shown_days(first_day, last_day)
),

owners as (
    select
        ancestor_id as unit_key,
        org_unit_id as owner_id,
        distance,
    from unit_ancestors
    where distance <= 1
    union all
    select
        '' as unit_key,
        child_units.org_unit_id as owner_id,
        1 as distance,
    from child_units
    cross join scope_unit
    where scope_unit.org_unit_id is null
),

matches as (
    select
        owners.unit_key,
        owners.distance,
        owners.owner_id,
        quarters.quarter_start,
        targets.period_start >= quarters.quarter_start as starts_within,
        targets.period_end <= quarters.quarter_end as ends_within,
        targets.period_start <= quarters.quarter_start as starts_before,
        targets.period_end >= quarters.quarter_end as ends_after,
        targets.target_value,
        targets.target_value * (quarters.quarter_end - quarters.quarter_start + 1)
        / nullif(targets.period_end - targets.period_start + 1, 0) as quarter_value,
    from targets
    inner join owners on targets.owner_id = owners.owner_id
    inner join quarters
        on
            targets.period_start <= quarters.quarter_end
            and targets.period_end >= quarters.quarter_start
    where targets.owner_type = 'org_unit' and targets.metric = 'revenue'
),

owned as (
    select
        unit_key,
        distance,
        quarter_start,
        coalesce(
            max(target_value) filter (
                where starts_within and ends_within and starts_before and ends_after
            ),
            sum(target_value) filter (where starts_within and ends_within),
            max(quarter_value) filter (where starts_before and ends_after)
        ) as target_amount,
    from matches
    group by unit_key, distance, owner_id, quarter_start
)

select
    unit_key,
    quarter_start,
    sum(target_amount)::double as target_amount,
from owned
where target_amount is not null
group by unit_key, quarter_start, distance
qualify row_number() over (partition by unit_key, quarter_start order by distance) = 1
