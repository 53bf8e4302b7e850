-- one invoice line, amounts in GBP. Credit notes (C...) are lines with a negative quantity. Lines
-- without a customer are sales to somebody unnamed. Refused: what repeats an earlier line in every
-- field, bad debt, and what has neither price nor customer (stock counted, damaged, found).
select
    "InvoiceNo" as order_id,
    "InvoiceDate"::date as invoice_date,
    "CustomerID"::bigint as customer_id,
    upper("StockCode") as product_id,
    'company' as org_unit_id,
    "Quantity" as qty,
    "Quantity" * "UnitPrice"::decimal(18, 6) as list_amount,
    list_amount as net_revenue,
    'GBP' as currency,
    1 as fx_rate,
    "Country" as x_country,
    timezone('Europe/London', "InvoiceDate") as x_invoiced_at,
    "InvoiceNo" like 'C%' as x_is_credit_note,
    case when "StockCode" <> product_id then 'stock code written in capitals' end
        as mended_because,
    case
        when
            row_number() over (
                partition by
                    "InvoiceNo",
                    "StockCode",
                    "Description",
                    "Quantity",
                    "InvoiceDate",
                    "UnitPrice",
                    "CustomerID",
                    "Country"
                order by row_number
            ) > 1
            then 'repeats an earlier line in every field'
        when "StockCode" = 'B' then 'bad debt is no sale'
        when "UnitPrice" = 0 and "CustomerID" is null then 'no sale without price and customer'
    end as refused_because,
from raw.lines
