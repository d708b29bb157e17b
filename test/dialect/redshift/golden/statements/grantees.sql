select cast(usename as varchar(256)) as grantee
from pg_user
union all
select 'group ' || cast(groname as varchar(256))
from pg_group
union all
select 'role ' || cast(role_name as varchar(256))
from svv_roles
where left(role_name, 3) <> 'ds:'
  and left(role_name, 4) <> 'sys:'
union all
select 'public'
order by 1
