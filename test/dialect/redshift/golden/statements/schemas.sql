select cast(nspname as varchar(256)) as schema_name
from pg_namespace
order by 1
