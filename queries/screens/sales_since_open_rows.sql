-- one store and local hour of $today that has sales or expects some; the rows add up to the last
-- day of sales_since_open of the scope's unit; with $store_id to that store's number, whose weeks
-- before its own first day do not count; $hour (local) keeps one hour
-- optional: stores, org_units, $store_id, $hour
with hours as (
    select *,
    from store_hours_today($tz, $today, $now::timestamp, $store_id is not null)
    where
        ($store_id is null or store_id = $store_id)
        and ($hour is null or local_hour = date_trunc('hour', $hour::timestamp))
)

select
    hours.store_id,
    stores.name as store_name,
    hours.local_hour,
    hours.case_count,
    hours.net_sales_amount as numerator,
    hours.expected_amount as denominator,
from hours
left join stores on hours.store_id = stores.store_id
where hours.net_sales_amount <> 0 or hours.expected_amount <> 0
order by hours.local_hour, hours.store_id
