-- one deal of the scope, leads aside, with the local days (in zone) on which it was made and closed
-- a deal that is won or lost without closed_at closed on its expected day; amounts as of today
-- macro: zone
select
    opp_id,
    name,
    customer_id,
    owner_rep_id,
    org_unit_id,
    stage_id,
    expected_close_date,
    coalesce(timezone(zone, created_at)::date, date '1970-01-01') as created_day,
    coalesce(
        timezone(zone, case when closed_at <= getvariable('as_of') then closed_at end)::date,
        case when is_won is not null and closed_at is null then expected_close_date end
    ) as closed_day,
    closed_day is not null and coalesce(is_won, false) as is_won,
    coalesce(amount, 0)::double as amount,
from opportunities
where not coalesce(is_lead, false)
