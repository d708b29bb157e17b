const PREFIX = 'modelwright ';

/** The statement that names a connection after the run that it works for, for everybody who looks at `pg_stat_activity`. */
export function setApplicationName(run: string): string {
  return `set application_name = '${`${PREFIX}${run}`.replaceAll("'", "''")}'`;
}

/** The runs that have a connection to this database. */
export const CONNECTED_RUNS = `select distinct substr(application_name, ${PREFIX.length + 1}) as run_id
from pg_stat_activity
where datname = current_database() and application_name like '${PREFIX}%'`;
