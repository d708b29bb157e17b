// The tests of one table on PostgreSQL, which share queries, against a bare script that sends a query for each.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createJiti } from 'jiti';
import { ratio } from './figure.js';
import { MODEL, measure } from './measure.js';
import { scratchFolder } from './scratch.js';
import { size } from './size.js';

const PEER = fileURLToPath(new URL('./test-queries-peer.js', import.meta.url));
const support = createJiti(import.meta.url);

export async function figures() {
  const { startCluster } = await support.import('../test/support/postgres/cluster.ts');
  const cluster = await startCluster({
    folder: scratchFolder(),
    owner: process.pid,
    settings: { shared_buffers: '256MB', max_wal_size: '4GB', autovacuum: 'on' },
  });
  try {
    return [testRatio(new URL(cluster.url))];
  } finally {
    await cluster.stop();
  }
}

function testRatio(url) {
  const project = projectOn(url);
  measure([MODEL, 'run', '--quiet'], project);
  const compiled = join(project.cwd, 'target/compiled/bench/models/models.yml');
  measure([MODEL, 'compile', '--quiet'], project);
  const queries = readdirSync(compiled).map((file) => readFileSync(join(compiled, file), 'utf8'));
  const list = join(scratchFolder(), 'queries.json');
  writeFileSync(list, JSON.stringify(queries));
  const test = [MODEL, 'test', '--no-cache', '--log-format', 'json'];
  const [ours, peer] = [[], []];
  for (let run = 0; run < size.runs; run++) {
    ours.push(secondsOfTests(measure(test, project).stdout));
    peer.push(Number(measure([PEER, url.href, list]).stdout));
  }
  const name = `${queries.length} tests of ${size.testedRows} rows on PostgreSQL, to one query each`;
  return ratio(name, { ours: shortest(ours), peer: shortest(peer) }, 0.4);
}

/** From the start of the first test to the end of the last; before and behind is what every command does. */
function secondsOfTests(log) {
  const events = log
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const times = events.filter(({ event }) => event.startsWith('node_')).map(({ at }) => Date.parse(at));
  return (Math.max(...times) - Math.min(...times)) / 1000;
}

function shortest(seconds) {
  return { seconds: Math.min(...seconds) };
}

function projectOn({ hostname, port, username, password, pathname }) {
  const cwd = scratchFolder();
  const target = {
    ...{ adapter: 'postgres', host: hostname, port: Number(port), user: username },
    ...{ password: '{{env_var "PGPASSWORD"}}', database: pathname.slice(1), schema: 'analytics', threads: 1 },
  };
  writeFileSync(join(cwd, 'project.yml'), `name: bench\ntargets: { pg: ${JSON.stringify(target)} }\n`);
  mkdirSync(join(cwd, 'models'));
  writeFileSync(join(cwd, 'models/events.sql'), EVENTS);
  writeFileSync(join(cwd, 'models/models.yml'), TESTS);
  return { cwd, env: { PGPASSWORD: password } };
}

const EVENTS = `{{config materialized="table"}}
select
  i as event_id,
  (i::bigint * 7919) % 100000 as user_id,
  date '2025-01-01' + i % 365 as event_date,
  case i % 3 when 0 then 'ios' when 1 then 'android' else 'web' end as platform,
  case i % 5 when 0 then 'free' when 1 then 'pro' else 'team' end as plan,
  'event_' || i % 12 as event_type,
  case when i % 7 = 0 then '(unknown)' else chr(65 + i % 26) || chr(65 + i % 13) end as country,
  i % 11 = 0 as is_internal,
  i % 1000 as n,
  (i % 100000) * 0.01::double precision as amount
from generate_series(1, ${size.testedRows}) as i
`;

const TESTS = `models:
  - name: events
    tests:
      - row_count_between: { min_value: 1 }
      - expression_is_true: { expression: event_id > 0 or user_id > 0 }
    columns:
      - { name: event_id, tests: [not_null] }
      - { name: user_id, tests: [not_null, { accepted_range: { min_value: 0 } }] }
      - name: event_date
        tests: [not_null, { accepted_range: { min_value: "date '2025-01-01'", max_value: "date '2025-12-31'" } }]
      - { name: platform, tests: [not_null, { accepted_values: { values: [ios, android, web] } }] }
      - { name: plan, tests: [not_null, { accepted_values: { values: [free, pro, team] } }] }
      - name: event_type
        tests:
          - not_null
          - not_empty_string
          - accepted_values: { values: [${Array.from({ length: 12 }, (_, i) => `event_${i}`).join(', ')}] }
      - { name: country, tests: [not_null, not_empty_string, { string_length_between: { min_value: 2, max_value: 9 } }] }
      - { name: is_internal, tests: [not_null] }
      - { name: amount, tests: [not_null, { accepted_range: { min_value: 0 } }, { sum_in_range: { min_value: 0 } }] }
      - name: n
        tests:
          - not_null
          - accepted_range: { min_value: 0, max_value: 1000 }
          - mean_in_range: { min_value: 1, max_value: 999 }
`;
