-- one stock code, written in capitals; its name is the text used most on lines with a price
select
    product_id,
    coalesce(arg_max(description, (uses, description)), 'Stock code ' || product_id) as name,
    case
        when
            product_id in (
                'AMAZONFEE', 'B', 'BANK CHARGES', 'C2', 'CRUK', 'D', 'DOT', 'M', 'POST', 'S'
            )
            then 'Charges and corrections'
        else 'Goods'
    end as product_line,
from (
    select
        upper("StockCode") as product_id,
        nullif(trim("Description"), '') as description,
        count(*) filter (where "UnitPrice" > 0) as uses,
    from raw.lines
    group by all
) as descriptions
group by product_id
