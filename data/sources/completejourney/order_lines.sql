-- one basket line; amounts in USD, the day is New York's
select
    basket_id as order_id,
    timezone('America/New_York', timezone('UTC', transaction_timestamp))::date as invoice_date,
    household_id as customer_id,
    product_id,
    'store' as channel_id,
    store_id,
    'company' as org_unit_id,
    quantity as qty,
    (sales_value + retail_disc)::decimal(18, 6) as list_amount,
    retail_disc as discount_amount,
    sales_value as net_revenue,
    'USD' as currency,
    1 as fx_rate,
from raw.transactions
