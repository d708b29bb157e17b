import type { ContextHelper } from '../context.ts';

/** The helpers that name relations. */
export const relationHelpers: readonly ContextHelper[] = [
  {
    name: 'ref',
    doc: 'The relation of a model or seed of this project; the model then depends on it. `from {{ref "orders"}}`',
    parameters: [{ name: 'model', type: 'string' }],
    run: ({ positional: [model] }, context) => context.ref(String(model)),
  },
  {
    name: 'source',
    doc: 'A table that is landed or loaded by others, as a source file declares it. `from {{source "raw" "daily_dump"}}`',
    parameters: [
      { name: 'source', type: 'string' },
      { name: 'table', type: 'string' },
    ],
    run: ({ positional: [source, table] }, context) => context.source(String(source), String(table)),
  },
  {
    name: 'self',
    doc: 'The table of the source that it stands in, for `loaded_at_query`; a model cannot read itself yet. `select max(at) from {{self}}`',
    parameters: [],
    run: (_, context) => context.self(),
  },
];
