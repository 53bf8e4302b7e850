-- one shown unit and local day from $first_day to $today; amounts in reporting currency
-- numerator: net revenue less material, labor and manufacturing of the lines invoiced since the
-- month began (a line without cost counts as bought for nothing); denominator: their net revenue
-- reference_value: the unit's target gross_margin_rate of that day, else the nearest ancestor's,
-- else the rate of the 90 days before the month; at_stake_amount: margin short of the reference
-- optional: targets, org_units
with postings as (
    select
        unit_children.child_id,
        postings.invoice_date as day,
        sum(postings.net_revenue_amount)::double as revenue_amount,
        sum(postings.net_revenue_amount - postings.product_cost_amount)::double as margin_amount,
        sum(postings.line_count) as line_count,
    from margin_postings as postings
    left join unit_children on postings.org_unit_id = unit_children.org_unit_id
    where
        postings.invoice_date >= date_trunc('month', $first_day::date)::date - 90
        and postings.invoice_date <= $today
    group by unit_children.child_id, day
),

shown as (
    select
        child_id as unit_key,
        * exclude (child_id),
    from postings
    where child_id is not null
    union all
    select
        coalesce(scope_unit.org_unit_id, '') as unit_key,
        postings.day,
        sum(postings.revenue_amount) as revenue_amount,
        sum(postings.margin_amount) as margin_amount,
        sum(postings.line_count) as line_count,
    from postings
    cross join scope_unit
    group by unit_key, postings.day
),

grid as (
    select
        days.unit_key,
        days.day,
        date_trunc('month', days.day)::date as month_start,
    from shown_days($first_day, $today) as days
    where
        days.is_scope_unit
        or days.unit_key in (
            select unit_children.child_id,
            from margin_postings as postings
            inner join unit_children on postings.org_unit_id = unit_children.org_unit_id
        )
),

months as (
    select
        grid.unit_key,
        grid.day,
        sum(shown.revenue_amount) filter (where shown.day >= grid.month_start) as revenue_amount,
        sum(shown.margin_amount) filter (where shown.day >= grid.month_start) as margin_amount,
        sum(shown.line_count) filter (where shown.day >= grid.month_start) as line_count,
        sum(shown.margin_amount) filter (where shown.day < grid.month_start)
        / nullif(sum(shown.revenue_amount) filter (where shown.day < grid.month_start), 0)
            as rate_before,
    from grid
    left join shown
        on
            grid.unit_key = shown.unit_key
            and shown.day >= grid.month_start - 90
            and shown.day <= grid.day
    group by grid.unit_key, grid.day
),

wanted as (
    select
        grid.unit_key,
        grid.day,
        targets.target_value,
    from grid
    inner join unit_ancestors as paths on grid.unit_key = paths.org_unit_id
    inner join targets
        on
            paths.ancestor_id = targets.owner_id
            and targets.owner_type = 'org_unit'
            and targets.metric = 'gross_margin_rate'
            and grid.day between targets.period_start and targets.period_end
    qualify row_number() over (
        partition by grid.unit_key, grid.day
        order by paths.distance, targets.period_end - targets.period_start, targets.period_start
    ) = 1
),

judged as (
    select
        months.*,
        coalesce(wanted.target_value, months.rate_before) as reference_value,
    from months
    left join wanted on months.unit_key = wanted.unit_key and months.day = wanted.day
)

select
    nullif(unit_key, '') as org_unit_id,
    day,
    margin_amount as numerator,
    revenue_amount as denominator,
    reference_value,
    coalesce(line_count, 0)::bigint as case_count,
    case
        when revenue_amount > 0 and reference_value is not null
            then greatest(0, reference_value * revenue_amount - margin_amount)
    end as at_stake_amount,
from judged
order by unit_key, day
