// A project of many small models: 1–3 refs each, a property file for every tenth, deterministic.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDERS = ['staging', 'intermediate', 'marts', 'reports'];

/** Writes a project of `count` models below `root` and gives the paths of its model files. */
export function writeSyntheticProject(root, count) {
  mkdirSync(join(root, 'macros'), { recursive: true });
  for (const folder of FOLDERS) mkdirSync(join(root, 'models', folder), { recursive: true });
  writeFileSync(join(root, 'project.yml'), PROJECT);
  writeFileSync(join(root, 'macros', 'cents.sql'), MACRO);
  writeFileSync(join(root, 'models', 'sources.yml'), SOURCES);
  const paths = [];
  for (let i = 0; i < count; i++) {
    const folder = FOLDERS[i % FOLDERS.length];
    const path = join(root, 'models', folder, `model_${i}.sql`);
    writeFileSync(path, modelText(i));
    paths.push(path);
    if (i % 10 === 0) writeFileSync(join(root, 'models', folder, `model_${i}.yml`), propertiesText(i));
  }
  return paths;
}

function upstreamOf(i) {
  if (i < 4) return [];
  return Array.from({ length: 1 + (i % 3) }, (_, k) => (i * 7 + k * 13) % i).filter(
    (u, at, all) => all.indexOf(u) === at,
  );
}

function modelText(i) {
  const upstream = upstreamOf(i);
  const inputs =
    upstream.length === 0 ? ['{{source "raw" "orders"}}'] : upstream.map((u) => `{{ref "model_${u}"}}`);
  const joins = inputs
    .slice(1)
    .map(
      (input, k) =>
        `left join ${input} as u${k + 1}\n  on u${k + 1}.order_id = u0.order_id\n  and u${k + 1}.order_date = u0.order_date`,
    );
  return `{{config materialized="${i % 3 === 0 ? 'table' : 'view'}" tags=(list "tag_${i % 7}")}}
-- model ${i}: orders with their amounts, up to the day of the run
select
  u0.order_id,
  u0.order_date,
  {{cents "u0.amount" scale=${(i % 3) + 1}}} as amount,
  case
    when u0.status in ('new', 'paid', 'sent') then 'open'
    when u0.status = 'returned' then 'returned'
    else 'closed'
  end as status_group,
  {{#if (eq (var "edition") "full")}}
  u0.customer_id,
  {{/if}}
  coalesce(u0.country, '(unknown)') as country,
  ${i} as model_number
from ${inputs[0]} as u0
${joins.join('\n')}
where u0.order_date <= {{date (var "as_of_date")}}
{{#unless (eq (var "edition") "full")}}
  and u0.country <> 'none'
{{/unless}}
`;
}

function propertiesText(i) {
  return `models:
  - name: model_${i}
    description: Orders of step ${i}.
    columns:
      - name: order_id
        description: The order.
        tests: [unique, not_null]
      - name: status_group
        tests:
          - accepted_values: { values: [open, returned, closed] }
`;
}

const PROJECT = `name: synthetic
vars:
  as_of_date: { default: "2025-12-31", per_run: true }
  edition: full
target: dev
targets:
  dev: { adapter: duckdb, path: warehouse/dev.duckdb, schema: analytics, threads: 2, landing: landing }
models:
  staging: { +materialized: view }
`;

const MACRO = `{{#macro "cents" scale=2 as |column scale|}}
round({{column}} / 100.0, {{scale}})
{{/macro}}
`;

const SOURCES = `sources:
  - name: raw
    tables:
      - name: orders
`;
