-- one customer; x_country is that of the latest invoice (eight customers have had two)
select
    "CustomerID"::bigint as customer_id,
    'Customer ' || "CustomerID"::bigint as name,
    'company' as org_unit_id,
    min("InvoiceDate") filter (where "Quantity" > 0)::date as first_order_date,
    arg_max("Country", ("InvoiceDate", row_number)) as x_country,
from raw.lines
where "CustomerID" is not null
group by "CustomerID"
