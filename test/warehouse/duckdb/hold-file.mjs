// Holds a DuckDB file open until stdin ends: `node hold-file.mjs <path>` prints "held".
import { DuckDBInstance } from '@duckdb/node-api';

const instance = await DuckDBInstance.create(process.argv[2]);
const connection = await instance.connect();
console.log('held');
process.stdin.resume();
process.stdin.on('end', () => {
  connection.closeSync();
  instance.closeSync();
});
