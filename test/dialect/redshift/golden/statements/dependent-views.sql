select distinct
  cast(view_namespace.nspname as varchar(256)) as view_schema,
  cast(dependent.relname as varchar(256)) as view_name,
  cast(table_namespace.nspname as varchar(256)) as table_schema,
  cast(referenced.relname as varchar(256)) as table_name
from pg_depend as dependency
join pg_rewrite as rewriting on rewriting.oid = dependency.objid
join pg_class as dependent on dependent.oid = rewriting.ev_class
join pg_namespace as view_namespace on view_namespace.oid = dependent.relnamespace
join pg_class as referenced on referenced.oid = dependency.refobjid
join pg_namespace as table_namespace on table_namespace.oid = referenced.relnamespace
where table_namespace.nspname in ('analytics')
  and referenced.oid <> dependent.oid
order by 1, 2, 3, 4
