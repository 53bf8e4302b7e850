-- one store in one hour with the store's unit, sorted by hour; net_sales in reporting currency
-- known_at: a complete hour stands in the data as it was at its end, however early its row began;
-- a running one as it is in this version, from its start on
-- case_count: tickets, or 1 for an hour with sales where the source counts none
-- optional: stores
select
    hours.store_id::varchar as store_id,
    stores.org_unit_id::varchar as org_unit_id,
    hours.hour_start::timestamptz as hour_start,
    hours.net_sales::double as net_sales_amount,
    coalesce(hours.tickets, case when hours.net_sales <> 0 then 1 else 0 end)::bigint as case_count,
    hours.is_complete::boolean as is_complete,
    case
        when hours.is_complete then greatest(hours.known_at, hours.hour_start + interval 1 hour)
        else hours.hour_start
    end::timestamptz as known_at,
from loaded.pos_hours as hours
left join loaded.stores as stores on hours.store_id = stores.store_id
order by hour_start, store_id
