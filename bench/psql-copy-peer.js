// The peer of a load into PostgreSQL: one table for each folder of the landing zone, one \copy from each of its files.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const [psql, landing, url] = process.argv.slice(2);
const manifests = readdirSync(landing, { recursive: true })
  .filter((path) => path.endsWith('manifest.json'))
  .sort()
  .map((path) => ({
    folder: join(landing, dirname(path)),
    ...JSON.parse(readFileSync(join(landing, path), 'utf8')),
  }));

const lines = ['\\set ON_ERROR_STOP on', 'create schema peer;'];
const made = new Set();
for (const { table, columns, folder, entries } of manifests) {
  if (!made.has(table)) {
    const types = columns.map(
      ({ name, type }) => `"${name}" ${type === 'double' ? 'double precision' : type}`,
    );
    lines.push(`create table peer."${table}" (${types.join(', ')});`);
    made.add(table);
  }
  for (const part of entries)
    lines.push(
      `\\copy peer."${table}" from program 'gzip -dc "${join(folder, part.url)}"' with (format csv, header true, null '@NULL@')`,
    );
}
execFileSync(psql, [url, '--quiet', '--no-psqlrc'], {
  input: lines.join('\n'),
  stdio: ['pipe', 'pipe', 'pipe'],
});
