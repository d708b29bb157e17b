import { z } from 'zod';
import { keyed } from '../project/key-aliases.ts';
import { yamlValue } from '../project/project-schema.ts';
import {
  freshness,
  modelConfigSchema,
  seedConfigSchema,
  sourceConfigSchema,
  testConfigSchema,
  unitTestConfigSchema,
} from './config-schema.ts';

const dbtTests = { data_tests: 'tests' };
const tags = z.union([z.string(), z.array(z.string())]).optional();
const meta = z.record(z.string(), yamlValue).optional();
const description = z.string().optional();

/** `unique`, or `accepted_values: { values: [a, b] }`. */
const testEntry = z.union([z.string(), z.record(z.string(), yamlValue)]);
const tests = z
  .array(testEntry)
  .optional()
  .describe('Data tests: a name, or { name: { arguments, config } }.');

const column = keyed(
  {
    name: z.string(),
    description,
    data_type: z
      .string()
      .optional()
      .describe('Portable type: numeric(18,2). The published view casts to it.'),
    tags,
    meta,
    config: keyed({ tags, meta }).optional(),
    tests,
  },
  dbtTests,
);
const columns = z.array(column).optional();

const model = keyed(
  { name: z.string(), description, columns, tests, tags, meta, config: modelConfigSchema.optional() },
  dbtTests,
);

const seed = keyed(
  { name: z.string(), description, columns, tests, tags, meta, config: seedConfigSchema.optional() },
  dbtTests,
);

/** Given to a source they hold for its tables, which may say otherwise. */
const ofSourceAndTable = {
  description,
  landed: z.boolean().optional().describe('Whether "model load" fills it; true in the source "raw".'),
  append_only: z
    .boolean()
    .optional()
    .describe('Rows are only ever added; with loaded_at_field results are reused.'),
  ...freshness,
  token: z.enum(['checksum']).optional().describe('How changes are seen where append_only is not declared.'),
  tags,
  meta,
  config: sourceConfigSchema.optional(),
};

const source = keyed({
  name: z.string(),
  schema: z.string().optional().describe('The schema of its tables; the name of the source.'),
  ...ofSourceAndTable,
  tables: z.array(
    keyed(
      {
        name: z.string(),
        identifier: z.string().optional().describe('The name in the warehouse, where it is another.'),
        ...ofSourceAndTable,
        columns,
        tests,
      },
      dbtTests,
    ),
  ),
});

const fixtureRows = {
  rows: z
    .union([z.array(z.record(z.string(), yamlValue)), z.string()])
    .optional()
    .describe('Rows as mappings, as CSV text, or as SQL.'),
  format: z.enum(['dict', 'csv', 'sql']).optional().describe('How rows are written; told by their shape.'),
  fixture: z.string().optional().describe('The file below "fixtures" of a test path that holds the rows.'),
};

const unitTest = keyed({
  name: z.string(),
  description,
  model: z.string().describe('The model that is tested.'),
  cte: z.string().optional().describe('A common table of the model that is tested in its place.'),
  given: z
    .array(
      keyed({
        input: z.string().describe("What the model reads: ref('x') or source('a', 'b')."),
        ...fixtureRows,
      }),
    )
    .optional()
    .describe('The rows of everything that the model reads.'),
  expect: keyed(fixtureRows).describe(
    'The rows that the model is to make; only the columns that are named count.',
  ),
  overrides: keyed({
    vars: z.record(z.string(), yamlValue).optional().describe('Values of vars.'),
    env_vars: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .optional()
      .describe('Values of environment variables.'),
    macros: z
      .record(z.string(), yamlValue)
      .optional()
      .describe('What macros and helpers give: { exchange_rate: "1.08" }.'),
    now: z.string().optional().describe('The instant that the clock stands at, in UTC: 2025-01-31 12:00:00.'),
  }).optional(),
  config: unitTestConfigSchema.optional(),
});

/** A properties file: any .yml below model, seed, macro and test paths. */
export const propertiesSchema = keyed(
  {
    version: z.literal(2).optional().describe('Accepted as in dbt; not used.'),
    models: z.array(model).optional(),
    seeds: z.array(seed).optional(),
    sources: z.array(source).optional(),
    tests: z
      .array(keyed({ name: z.string(), description, tags, meta, config: testConfigSchema.optional() }))
      .optional()
      .describe('Properties of singular tests.'),
    unit_tests: z.array(unitTest).optional().describe('Unit tests of models.'),
    macros: z
      .array(keyed({ name: z.string(), description, arguments: yamlValue.optional() }))
      .optional()
      .describe('Descriptions of macros.'),
  },
  dbtTests,
);

export type PropertiesFile = z.infer<typeof propertiesSchema>;
export type ModelProperties = z.infer<typeof model>;
export type SeedProperties = z.infer<typeof seed>;
export type SourceProperties = z.infer<typeof source>;
export type SourceTableProperties = SourceProperties['tables'][number];
export type SingularTestProperties = NonNullable<PropertiesFile['tests']>[number];
export type UnitTestProperties = z.infer<typeof unitTest>;
export type ColumnEntry = z.infer<typeof column>;
export type TestEntry = z.infer<typeof testEntry>;
