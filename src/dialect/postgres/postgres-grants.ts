import { parseGrantee } from '../grantee.ts';
import { grantStatements } from '../shared-statements.ts';
import { listed } from './postgres-catalog.ts';
import { quote, relationName } from './postgres-text.ts';

export const grants = grantStatements({ quote, relation: relationName }, granteeName);

/** Users and groups are roles, which a project may write as any of them. */
export function granteesQuery(): string {
  return `select 'public' as grantee
union all
select kind || rolname
from pg_catalog.pg_roles
cross join (values (''), ('group '), ('role ')) as kinds (kind)
order by 1`;
}

/** What owners were granted by themselves is no grant to anyone. */
export function grantsQuery(schemas: readonly string[]): string {
  return `select
  schemas.nspname as table_schema,
  relations.relname as table_name,
  case when grants.grantee = 0 then 'public' else grantees.rolname end as grantee
from pg_catalog.pg_class as relations
join pg_catalog.pg_namespace as schemas
  on schemas.oid = relations.relnamespace
cross join aclexplode(relations.relacl) as grants
left join pg_catalog.pg_roles as grantees
  on grantees.oid = grants.grantee
where schemas.nspname in (${listed(schemas)})
  and grants.privilege_type = 'SELECT'
  and grants.grantee <> relations.relowner
order by 1, 2, 3`;
}

function granteeName(written: string): string {
  const { kind, name } = parseGrantee(written);
  return kind === 'public' ? 'public' : quote(name);
}
