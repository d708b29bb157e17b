import { inspect } from 'node:util';
import { DiagnosticError } from '../../src/diagnostic/diagnostic.ts';
import { type Flags, modelProject } from '../support/model.ts';
import { type Files, oneLine } from '../support/scratch-project.ts';

const SOURCES = `sources:
  - name: raw
    tables:
      - name: events
        columns:
          - { name: id, data_type: bigint }
          - { name: day, data_type: date }
          - { name: user_id, data_type: varchar }
          - { name: seen_at, data_type: timestamp }
`;

const MODELS = {
  'models/sources.yml': SOURCES,
  'models/stg.sql':
    'select id, day, user_id, seen_at from {{source "raw" "events"}} where user_id is not null\n',
  'models/daily.sql': `with per_day as (
  select day, count(distinct user_id) as dau from {{ref "stg"}} group by day
)
select day, dau, cast(dau * 1.5 as numeric(18, 2)) as weight from per_day
`,
};

/** A project of these models whose unit tests are the YAML, indented as below \`unit_tests:\`. */
export function project(unitTests: string, files: Files = {}) {
  return modelProject({ ...MODELS, 'models/units.yml': `unit_tests:\n${unitTests}`, ...files });
}

const UNITS = { selection: { select: [], exclude: [], resourceTypes: ['unit_test'] } } as const;

/** Runs the unit tests of such a project. */
export async function ranUnits(unitTests: string, files?: Files, flags?: Flags) {
  const { ended, summary } = await project(unitTests, files).test({ ...UNITS, ...flags } as Flags);
  return { ended, results: summary.results };
}

/** What such a project is refused for, one line a mistake. */
export async function refused(unitTests: string, files?: Files): Promise<readonly string[]> {
  const error: unknown = await ranUnits(unitTests, files).catch((thrown: unknown) => thrown);
  if (!(error instanceof DiagnosticError))
    throw new Error(`nothing was refused, and it came to ${inspect(error)}`);
  return error.diagnostics.map(oneLine);
}
