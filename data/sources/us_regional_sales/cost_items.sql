-- one posting: the product's cost of one order line, USD
select
    "OrderDate" as posted_at,
    row_number::varchar as order_line_id,
    "_CustomerID" as customer_id,
    'material' as cost_type,
    number("Order Quantity") * number("Unit Cost") as amount,
    "Order Quantity" as quantity,
    true as is_variable,
    false as is_estimate,
from raw.order_lines
order by row_number
