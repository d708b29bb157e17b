// The peer of `model run`: sends what target/run holds, one statement after the other, in the order of the graph.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

const [target, database] = process.argv.slice(2);
const {
  nodes,
  parent_map: parents,
  metadata,
} = JSON.parse(readFileSync(join(target, 'manifest.json'), 'utf8'));
const instance = await DuckDBInstance.create(database);
const connection = await instance.connect();
await connection.run("set timezone = 'UTC'");

for (const id of inOrder(Object.keys(nodes))) {
  const file = runFile(nodes[id]);
  if (!existsSync(file)) continue;
  const statements = await connection.extractStatements(readFileSync(file, 'utf8'));
  for (let at = 0; at < statements.count; at++) await (await statements.prepare(at)).run();
}
connection.closeSync();
instance.closeSync();

function runFile({ resource_type: type, original_file_path: path }) {
  return join(target, 'run', metadata.project_name, type === 'seed' ? `${path}.sql` : path);
}

/** Every node behind what it reads. */
function inOrder(ids) {
  const placed = new Set();
  const place = (id) => {
    if (placed.has(id)) return;
    for (const parent of parents[id] ?? []) place(parent);
    placed.add(id);
  };
  ids.forEach(place);
  return [...placed].filter((id) => nodes[id] !== undefined && nodes[id].resource_type !== 'test');
}
