-- one product
select
    product_id,
    coalesce(product_type, product_category, 'Product ' || product_id) as name,
    department as product_line,
    package_size as uom,
from raw.products
