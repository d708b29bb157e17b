select
  cast(granted.namespace_name as varchar(256)) as table_schema,
  cast(granted.relation_name as varchar(256)) as table_name,
  case granted.identity_type
    when 'public' then 'public'
    when 'user' then cast(granted.identity_name as varchar(256))
    else granted.identity_type || ' ' || cast(granted.identity_name as varchar(256))
  end as grantee
from svv_relation_privileges as granted
join pg_namespace as namespace on namespace.nspname = granted.namespace_name
join pg_class as relation on relation.relnamespace = namespace.oid and relation.relname = granted.relation_name
where granted.namespace_name in ('analytics', 'it''s')
  and granted.privilege_type = 'SELECT'
  and not (granted.identity_type = 'user' and granted.identity_name = pg_get_userbyid(relation.relowner))
order by 1, 2, 3
