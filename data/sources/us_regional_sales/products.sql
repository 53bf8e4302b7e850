-- one product
select
    "_ProductID" as product_id,
    "Product Name" as name,
from raw.products
