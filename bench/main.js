// `npm run bench` runs every benchmark, `npm run bench -- compile startup` some of them. Sizes: see bench/size.js.
import { loadavg } from 'node:os';
import { verdict } from './figure.js';

const BENCHES = [
  'startup',
  'compile',
  'second-build',
  'generate',
  'load',
  'run',
  'unit-tests',
  'postgres-load',
  'readers',
  'upload',
  'fused-tests',
  'demo-tests',
  'mutation',
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !BENCHES.includes(name));
if (unknown.length > 0)
  throw new Error(`There is no benchmark ${unknown.join(', ')}; there are ${BENCHES.join(', ')}.`);

if (loadavg()[0] > 0.5)
  console.log(`This machine is busy (load ${loadavg()[0].toFixed(1)}): times say little.`);
let missed = 0;
for (const name of wanted.length > 0 ? wanted : BENCHES) {
  const { figures } = await import(`./${name}.js`);
  console.log(`\n${name}`);
  for (const figure of await figures()) {
    const { line, holds } = verdict(figure);
    console.log(`  ${line}`);
    if (!holds) missed++;
  }
}
if (missed > 0) {
  console.log(`\n${missed} over the limit`);
  process.exitCode = 1;
}
