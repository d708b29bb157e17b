import { parseGrantee } from '../grantee.ts';
import { grantStatements } from '../shared-statements.ts';
import { listed, quote, relationName } from './redshift-text.ts';

export const grants = grantStatements({ quote, relation: relationName }, granteeName);

function granteeName(written: string): string {
  const { kind, name } = parseGrantee(written);
  switch (kind) {
    case 'public':
      return 'public';
    case 'user':
      return quote(name);
    case 'group':
    case 'role':
      return `${kind} ${quote(name)}`;
  }
}

/** The owner's own rights are not grants. */
export function grantsQuery(schemas: readonly string[]): string {
  return `select
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
where granted.namespace_name in (${listed(schemas)})
  and granted.privilege_type = 'SELECT'
  and not (granted.identity_type = 'user' and granted.identity_name = pg_get_userbyid(relation.relowner))
order by 1, 2, 3`;
}

/** Without the roles that Redshift and data sharing keep for themselves. */
export function granteesQuery(): string {
  return `select cast(usename as varchar(256)) as grantee
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
order by 1`;
}
