-- one machine; the set does not say at which customer. Its age is in whole years, so installed_on
-- is approximate: that many years before the records begin (x_is_installed_on_approximate).
select
    "machineID" as asset_id,
    model as product_id,
    date '2020-01-01' - to_years(age::int) as installed_on,
    true as x_is_installed_on_approximate,
    number(age) as x_age_years,
from raw.machines
