-- one shown unit and local day (in $tz) from $first_day to $today; amounts in reporting currency
-- numerator: net sales from midnight to the clock of $now (local), denominator: what was expected
-- by then (macro sales_days); case_count: tickets of the weeks that the expectation is a mean of
-- optional: stores, org_units
select
    nullif(unit_key, '') as org_unit_id,
    day,
    numerator,
    denominator,
    null::double as reference_value,
    case_count,
    at_stake_amount,
from sales_days($tz, $first_day::date, $today::date, $now::timestamp, null)
order by unit_key, day
