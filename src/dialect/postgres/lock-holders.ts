import type { Relation } from '../relation.ts';
import { literal, relationName } from './postgres-text.ts';

/** Granted locks on a relation of other sessions, and what these are doing; a user sees less of what others do. */
export function lockHoldersQuery(relation: Relation): string {
  return `select
  held.pid,
  coalesce(activity.usename, 'somebody') as user_name,
  coalesce(activity.application_name, '') as application,
  coalesce(activity.state, 'at work') as state,
  coalesce(cast(extract(epoch from now() - activity.xact_start) as integer), 0) as seconds
from pg_locks as held
left join pg_stat_activity as activity on activity.pid = held.pid
where held.granted
  and held.relation = to_regclass(${literal(relationName(relation))})
  and held.database = (select oid from pg_database where datname = current_database())
  and held.pid <> pg_backend_pid()
group by held.pid, activity.usename, activity.application_name, activity.state, activity.xact_start
order by activity.xact_start`;
}
