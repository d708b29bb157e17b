// Reads published relations over and over, on four connections, until its standard input ends; then prints when each read
// began and ended, in milliseconds since 1970, as JSON. Arguments: the database's url, and the relations' names.
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

const READERS = 4;
const PAUSE_MS = 2;
const [url, ...names] = process.argv.slice(2);
const reads = [];
let reading = true;

async function read(isolation, offset) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`set default_transaction_isolation = '${isolation}'`);
  for (let turn = offset; reading; turn++) {
    const began = performance.timeOrigin + performance.now();
    await client.query(`select * from ${names[turn % names.length]}`);
    reads.push([began, performance.timeOrigin + performance.now()]);
    await sleep(PAUSE_MS);
  }
  await client.end();
}

const readers = Array.from({ length: READERS }, (_, i) =>
  read(i % 2 === 0 ? 'read committed' : 'repeatable read', i * 3),
);
process.stdin.resume();
await Promise.race([once(process.stdin, 'end'), ...readers]);
reading = false;
await Promise.all(readers);
console.log(JSON.stringify(reads));
