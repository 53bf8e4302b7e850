-- one customer
select
    "_CustomerID" as customer_id,
    "Customer Names" as name,
from raw.customers
