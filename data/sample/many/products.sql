-- one product; $products: how many; $seed; list_price and std_unit_cost in reporting currency
select
    range as number,
    'P' || lpad(range::varchar, 5, '0') as product_id,
    'Product ' || range as name,
    'LINE-' || hash(range, $seed, 3) % 20 as product_line,
    ['device', 'consumable', 'service'][1 + (hash(range, $seed, 4) % 3)::bigint] as kind,
    ['pcs', 'kg', 'h'][1 + (hash(range, $seed, 4) % 3)::bigint] as uom,
    (500 + hash(range, $seed, 5) % 90000)::decimal(18, 6) as list_price,
    (
        (500 + hash(range, $seed, 5) % 90000) * (48 + hash(range, $seed, 6) % 30) / 100
    )::decimal(18, 6) as std_unit_cost,
from range($products)
