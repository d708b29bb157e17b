// The peer of `model compile`: a bare process that compiles, runs and writes the same templates with Handlebars.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Handlebars from 'handlebars';

const [root, out] = process.argv.slice(2);
const vars = { as_of_date: '2025-12-31', edition: 'full' };

Handlebars.registerHelper({
  ref: (name) => `analytics.${name}`,
  source: (source, table) => `analytics__${source}.${table}`,
  config: () => '',
  list: (...items) => items.slice(0, -1),
  var: (name) => vars[name],
  date: (text) => `date '${text}'`,
  eq: (a, b) => a === b,
  cents: (column, { hash }) => `round(${column} / 100.0, ${hash.scale ?? 2})`,
});

for (const path of readdirSync(join(root, 'models'), { recursive: true })) {
  if (!path.endsWith('.sql')) continue;
  const text = readFileSync(join(root, 'models', path), 'utf8');
  const render = Handlebars.compile(text, { noEscape: true });
  const file = join(out, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, render({}));
}
