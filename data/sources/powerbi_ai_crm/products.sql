-- one product
select
    "ProductSeq" as product_id,
    "Product" as name,
    "Product category" as product_line,
from raw.products
