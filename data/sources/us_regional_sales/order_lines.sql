-- one order line; amounts in USD, the unit comes from the rep
select
    lines."OrderNumber" as order_id,
    lines."OrderDate" as invoice_date,
    lines."_CustomerID" as customer_id,
    lines."_ProductID" as product_id,
    lines."Sales Channel" as channel_id,
    lines."_SalesTeamID" as rep_id,
    teams."Region" as org_unit_id,
    lines."Order Quantity" as qty,
    number(lines."Order Quantity") * number(lines."Unit Price") as list_amount,
    list_amount * number(lines."Discount Applied") as discount_amount,
    list_amount - discount_amount as net_revenue,
    lines."CurrencyCode" as currency,
    1 as fx_rate,
from raw.order_lines as lines
left join raw.sales_team as teams
    on teams."_SalesTeamID" = lines."_SalesTeamID"
order by lines.row_number
