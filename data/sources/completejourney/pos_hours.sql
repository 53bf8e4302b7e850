-- one store in one hour that sold something; net_sales in USD, after retail discounts
select
    store_id,
    time_bucket(interval 1 hour, timezone('UTC', transaction_timestamp)) as hour_start,
    sum(sales_value::decimal(18, 6)) as net_sales,
    count(distinct basket_id) as tickets,
    sum(quantity) as units,
    true as is_open,
    true as is_complete,
from raw.transactions
group by 1, 2
