-- A script instead of a query
-- The second run fails, since the table is there; and whoever could read the first table cannot read the next.
-- Repair: write the query alone. Creating, replacing and granting are configs of the model.
create table public.mau as
select event_date, count(distinct user_id) as mau
from {{ref "dau"}}
group by event_date
