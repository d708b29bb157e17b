import { z } from 'zod';
import { keyed } from './key-aliases.ts';
import { indirectSelections, type YamlValue } from './project.ts';

/** Any YAML value; what comes from `parseYaml` is one already. */
export const yamlValue = z.unknown() as z.ZodType<YamlValue>;

const identifier = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, {
  message: 'may hold only letters, digits and underscores, and begins with no digit',
});

const paths = z.array(z.string().min(1, { message: 'must not be empty' }));
const mapping = z.record(z.string(), yamlValue);

const target = z
  .looseObject({
    adapter: z.string().describe('The engine: duckdb, postgres or redshift.'),
    schema: z.string().describe('The schema that models are published in.'),
    threads: z.union([z.number(), z.string()]).optional().describe('How many nodes are built at once; 4.'),
    landing: z
      .string()
      .optional()
      .describe('Where batches land: a folder, or s3://bucket/prefix; "landing".'),
    path: z.string().optional().describe('duckdb: the file.'),
    grants: z.boolean().optional().describe('Whether the grants of models and seeds are made here; true.'),
    publish_untested: z.boolean().optional().describe('Whether "model run" may publish; true.'),
  })
  .describe('A warehouse. Texts may hold {{env_var "NAME"}} or {{env_var "NAME" "default"}}.');

const folderConfig = mapping.describe('Configs by folder: "+key: value" applies to this folder and below.');

/** project.yml. */
export const projectSchema = keyed(
  {
    name: identifier.describe('The name of the project, part of unique ids.'),
    version: z.union([z.string(), z.number()]).optional().describe('Accepted as in dbt, and not used.'),
    config_version: z.number().optional().describe('Accepted as in dbt, and not used.'),
    model_paths: paths.optional().describe('Folders of models; [models].'),
    seed_paths: paths.optional().describe('Folders of seeds; [seeds].'),
    macro_paths: paths.optional().describe('Folders of macros; [macros].'),
    test_paths: paths.optional().describe('Folders of singular tests; [tests].'),
    vars: mapping.optional().describe('Vars: a value, or { default, per_run, description }.'),
    target: z.string().optional().describe('The target that commands take unless --target names another.'),
    targets: z.record(z.string(), target).describe('Warehouses, by name.'),
    base_environment: z
      .string()
      .optional()
      .describe('The environment whose store other environments may read; default.'),
    models: folderConfig.optional(),
    seeds: folderConfig.optional(),
    data_tests: folderConfig.optional(),
    deterministic_functions: z
      .array(z.string())
      .optional()
      .describe('Functions of the warehouse that always give the same result for the same arguments.'),
    flags: keyed({
      indirect_selection: z
        .enum(indirectSelections)
        .optional()
        .describe('Which tests come along with selected nodes, unless --indirect-selection says; eager.'),
    })
      .optional()
      .describe('What commands do unless their options say otherwise.'),
    retire_after: z
      .union([
        z.number().int().min(0),
        z.string().regex(/^\d+ days?$/, { message: 'must read like "30 days"' }),
      ])
      .optional()
      .describe('How long the relation of a removed model stays: 30, or "30 days".'),
  },
  { tests: 'data_tests' },
);

export type ProjectSettings = z.infer<typeof projectSchema>;
