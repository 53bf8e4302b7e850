-- one local day (in $tz) from $first_day to $today of the store $store_id, if the scope sees it:
-- like sales_since_open, from the store's own weeks; sales_since_open_rows opens its last day
-- optional: stores, org_units
select
    stores.org_unit_id,
    days.day,
    days.numerator,
    days.denominator,
    null::double as reference_value,
    days.case_count,
    days.at_stake_amount,
from sales_days($tz, $first_day::date, $today::date, $now::timestamp, $store_id) as days
inner join scope_unit on days.unit_key = coalesce(scope_unit.org_unit_id, '')
left join stores on stores.store_id = $store_id
order by days.day
