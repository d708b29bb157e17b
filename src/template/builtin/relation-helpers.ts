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
    doc: 'The relation that this model makes, as it was before the run. `select max(day) from {{self}}`',
    parameters: [],
    run: (_, context) => context.self(),
  },
];
