-- one model
select distinct
    model as product_id,
    model as name,
    'device' as kind,
from raw.machines
