import type { Dialect } from '../../dialect/dialect.ts';
import type { DataTestNode } from '../../manifest/node.ts';
import type { Origin } from '../../template/source-map.ts';
import type { CompiledNode } from '../compiled-node.ts';
import type { Finding } from './lint-sql.ts';

/** A finding, and what is known of the SQL that it was found in. */
export interface Wording {
  readonly finding: Finding;
  readonly node: CompiledNode['node'];
  readonly sql: string;
  /** What wrote the place that was found. */
  readonly origin: Origin | undefined;
  readonly dialect: Dialect;
}

/**
 * Whether a warning is about what a portable macro, another helper of ours or a generic test wrote: they know how Redshift
 * reads it, and golden tables hold them to that. What Redshift refuses is told whoever wrote it.
 */
export function isOurWording({ finding, node, sql, origin, dialect }: Wording): boolean {
  if (finding.severity === 'error') return false;
  if (node.resourceType === 'test' && node.test.kind === 'generic')
    return !isWrittenInEntry(node, wordAt(sql, finding.offset, dialect));
  return origin !== undefined && isOurHelper(origin, dialect);
}

function isOurHelper({ span: { source, start } }: Origin, { macros }: Dialect): boolean {
  const line = source.text.split('\n')[start.line - 1] ?? '';
  const helper = /^\{\{~?\s*(\w+)/.exec(line.slice(start.column - 1))?.[1];
  return helper === 'literal' || macros.some(({ name }) => name === helper);
}

function wordAt(sql: string, offset: number, dialect: Dialect): string {
  const within = dialect
    .tokenize(sql)
    .find(({ start, text }) => offset >= start && offset < start + text.length);
  return within?.text ?? '';
}

/** Whether a word stands in the SQL that people wrote into a generic test's entry; a pattern there is no string of SQL yet. */
function isWrittenInEntry({ test, config }: DataTestNode, word: string): boolean {
  const written = test.kind === 'generic' ? [test.columnName, test.arguments, config.where] : [];
  return JSON.stringify(written).includes(JSON.stringify(word).slice(1, -1));
}
