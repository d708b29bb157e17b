// The peer of `model load`: one table for each folder of the landing zone, one insert from all of its files.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

const [landing, database, threads] = process.argv.slice(2);
const instance = await DuckDBInstance.create(database, { threads });
const connection = await instance.connect();

const manifests = readdirSync(landing, { recursive: true }).filter((path) => path.endsWith('manifest.json'));
for (const [table, paths] of grouped(manifests)) {
  const batches = paths.map((path) => ({
    folder: join(landing, dirname(path)),
    ...JSON.parse(readFileSync(join(landing, path), 'utf8')),
  }));
  const columns = batches[0].columns.map(({ name, type }) => `'${name}': '${type}'`).join(', ');
  const files = batches.flatMap(({ folder, entries }) => entries.map(({ url }) => `'${join(folder, url)}'`));
  const read = `read_csv([${files.join(', ')}], columns = {${columns}}, auto_detect = false, header = true, nullstr = '@NULL@')`;
  await connection.run(`create table ${table} as select * from ${read} limit 0`);
  await connection.run(`insert into ${table} select * from ${read}`);
}
connection.closeSync();
instance.closeSync();

/** Paths by table, which is their first folder. */
function grouped(paths) {
  const groups = new Map();
  for (const path of paths) {
    const [table] = path.split('/');
    if (!groups.has(table)) groups.set(table, []);
    groups.get(table).push(path);
  }
  return groups;
}
