select
  cast(namespace.nspname as varchar(256)) as table_schema,
  cast(relation.relname as varchar(256)) as table_name,
  case when relation.relkind = 'v' then 'view' else 'table' end as kind,
  obj_description(relation.oid, 'pg_class') as comment,
  case when relation.relkind = 'v' then pg_get_viewdef(relation.oid) end as definition
from pg_class as relation
join pg_namespace as namespace on namespace.oid = relation.relnamespace
where namespace.nspname in ('analytics', 'analytics__store')
  and relation.relkind in ('r', 'v')
  and left(relation.relname, 8) <> 'mv_tbl__'
order by 1, 2
