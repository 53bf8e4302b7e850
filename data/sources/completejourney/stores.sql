-- one store
select distinct
    store_id,
    'Store ' || store_id as name,
    'company' as org_unit_id,
    'store' as channel_id,
    'America/New_York' as tz,
from raw.transactions
