-- one channel
select distinct
    "Sales Channel" as channel_id,
    "Sales Channel" as name,
from raw.order_lines
