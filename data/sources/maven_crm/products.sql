-- one product; list_price in USD
select
    product as product_id,
    product as name,
    series as product_line,
    sales_price as list_price,
from raw.products
