import { z } from 'zod';
import { keyed, spellingsOf } from '../project/key-aliases.ts';
import { yamlValue } from '../project/project-schema.ts';

const list = z.union([z.string(), z.array(z.string())]);
const shared = {
  enabled: z.boolean().optional().describe('Whether the node exists; true.'),
  tags: list.optional().describe('Labels for selection: those of folders, YAML and file add up.'),
  meta: z.record(z.string(), yamlValue).optional().describe('Your own notes, merged key by key.'),
};

/** Redshift's. */
const encodings = [
  ...['raw', 'az64', 'bytedict', 'delta', 'delta32k', 'lzo', 'mostly8', 'mostly16', 'mostly32'],
  ...['runlength', 'text255', 'text32k', 'zstd'],
] as const;

const relation = {
  ...shared,
  schema: z.string().optional().describe('Custom schema: published in <schema>_<this>.'),
  alias: z.string().optional().describe('The published name, where it is not the name.'),
  publish: z.enum(['view', 'table']).optional().describe('How the published relation is made; view.'),
  dist: z.string().optional().describe('Distribution: all, even, auto, or a column.'),
  sort: list.optional().describe('Sort columns.'),
  sort_style: z
    .enum(['compound', 'interleaved'])
    .optional()
    .describe('How several sort columns count; compound.'),
  encode: z
    .record(z.string(), z.enum(encodings))
    .optional()
    .describe(
      'Compression by column: { amount: az64 }. The columns of a model must all be declared, with types.',
    ),
  backup: z.boolean().optional().describe('Whether tables belong to snapshots of the warehouse; true.'),
  on_error: z
    .enum(['skip', 'continue', 'skip_children'])
    .optional()
    .describe(
      'What happens to readers of the node when it fails: skip, or continue over what is published of it; skip.',
    ),
  grants: keyed({ select: list.optional(), '+select': list.optional() })
    .optional()
    .describe('Roles by privilege. A key with + adds to those of outer folders.'),
};

const lint = keyed({
  off: z
    .record(
      z.string().regex(/^PRT-\d{3}$/, { message: 'must be a code such as PRT-206' }),
      z.string().min(1, { message: 'must say why' }),
    )
    .optional(),
})
  .optional()
  .describe(
    'Rules of the portability lint that do not apply here, each with the reason: { off: { PRT-206: "…" } }.',
  );

const storageSpellings = { distkey: 'dist', sortkey: 'sort', sort_type: 'sort_style' };

export const modelConfigSchema = keyed(
  {
    ...relation,
    bind: z
      .boolean()
      .optional()
      .describe('Views: false has names looked up when the view is read, where the engine can; true.'),
    materialized: z.enum(['view', 'table', 'ephemeral']).optional().describe('What a version is; view.'),
    lint,
  },
  storageSpellings,
);

export const seedConfigSchema = keyed(
  {
    ...relation,
    column_types: z.record(z.string(), z.string()).optional().describe('Types of columns: { id: bigint }.'),
    delimiter: z
      .string()
      .length(1, { message: 'must be one character' })
      .optional()
      .describe('What parts the cells; a comma.'),
  },
  storageSpellings,
);

const threshold = z
  .string()
  .regex(/^\s*(?:(?:=|==|!=|<>|<|<=|>|>=)\s*\d+|(?:not\s+)?between\s+\d+\s+and\s+\d+)\s*$/i, {
    message: 'must compare with whole numbers, such as "> 10" or "between 1 and 9"',
  });

export const testConfigSchema = keyed({
  ...shared,
  severity: z
    .enum(['error', 'warn', 'ERROR', 'WARN'])
    .optional()
    .describe('Whether failures stop publication; error.'),
  warn_if: threshold.optional().describe('The count of failures that warns; != 0.'),
  error_if: threshold.optional().describe('The count of failures that is an error; != 0.'),
  where: z
    .string()
    .optional()
    .describe('Only rows for which this holds are tested. It may hold template tags.'),
  limit: z.number().int().min(1).optional().describe('So many failing rows are counted at most.'),
  fail_calc: z
    .string()
    .min(1)
    .optional()
    .describe(
      'What warn_if and error_if compare: an SQL aggregate over the failing rows, a whole number; count(*).',
    ),
  store_failures: z
    .boolean()
    .optional()
    .describe('Whether failing rows are kept as a table in <schema>__failures; what --store-failures says.'),
  lint,
});

const period = keyed({
  count: z.number().int().min(1).describe('How many.'),
  period: z.enum(['minute', 'hour', 'day']).describe('Of what.'),
});

/** How old the rows of a source may be, and how one sees it. */
export const freshness = {
  freshness: keyed({
    warn_after: period.nullable().optional().describe('Older than that warns: { count: 12, period: hour }.'),
    error_after: period.nullable().optional().describe('Older than that fails.'),
    filter: z.string().nullable().optional().describe('Only rows for which this holds are looked at.'),
  })
    .nullable()
    .optional()
    .describe('How old the newest rows may be; null asks for nothing.'),
  loaded_at_field: z
    .string()
    .optional()
    .describe('The column that tells when a row arrived, or an expression over columns.'),
  loaded_at_query: z
    .string()
    .optional()
    .describe('A query that gives the time of the newest rows, where no column does.'),
};

export const sourceConfigSchema = keyed({ ...shared, ...freshness });

export const unitTestConfigSchema = keyed(shared);

/** The schema of one kind's configs, key by key. */
export type ConfigSchema = z.ZodObject;

/** A config key as its schema spells it: `distkey` is `dist`. */
export function canonicalConfigKey(schema: ConfigSchema, key: string): string {
  const snake = key.replaceAll('-', '_');
  return spellingsOf(schema)[snake] ?? snake;
}

/** All keys that a schema knows, other spellings too. */
export function configKeys(schema: ConfigSchema): string[] {
  return [...Object.keys(schema.shape), ...Object.keys(spellingsOf(schema))];
}
