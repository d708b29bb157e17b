// The peer of `model test`: counts the rows of each query that it is given, one after the other over one connection, and
// prints the seconds that they took.
import { readFileSync } from 'node:fs';
import pg from 'pg';

const [url, list] = process.argv.slice(2);
const client = new pg.Client(url);
await client.connect();
const began = performance.now();
for (const query of JSON.parse(readFileSync(list, 'utf8'))) {
  const { rows } = await client.query(`select count(*) as failures\nfrom (\n${query}\n) as counted`);
  if (Number(rows[0].failures) > 0) throw new Error(`It fails:\n${query}`);
}
console.log((performance.now() - began) / 1000);
await client.end();
