-- A table under another name
-- One file makes mau, the next one reads mau_28d. It never ran from an empty warehouse.
-- Repair: read the model by its name, mau.
select event_date, 'MAU' as metric, mau as value
from {{ref "mau_28d"}}
