import { duckdbDialect } from '../../src/dialect/duckdb/duckdb-dialect.ts';
import type { Helper, Parameter } from '../../src/template/helper.ts';
import { builtinHelpers } from '../../src/template/helper-set.ts';
import { code } from './markdown.ts';

type Documented = Pick<Helper, 'name' | 'doc' | 'parameters' | 'named'>;

/** The helpers of every project, in the order in which they are declared. */
export function builtinHelperReference(): string {
  return builtinHelpers.map(entry).join('\n\n');
}

/** The portable macros, whose signatures all dialects share. */
export function portableMacroReference(): string {
  return duckdbDialect.macros.map(entry).join('\n\n');
}

function entry(helper: Documented): string {
  const { sentence, example } = partsOf(helper.doc);
  const lines = [`### ${helper.name}`, '', sentence, '', `${code(usage(helper))}`];
  if (example !== undefined) lines.push('', '```sql', example, '```');
  return lines.join('\n');
}

/** A doc is prose that ends with an example in back-quotes. */
function partsOf(doc: string): { readonly sentence: string; readonly example: string | undefined } {
  const match = /^(.*?)\s*`([^`]*[{(][^`]*)`$/s.exec(doc);
  return { sentence: match?.[1] ?? doc, example: match?.[2] };
}

/** `split_part expression:sql separator:string position:number`; `[…]` may be left out, `…` is any number. */
function usage({ name, parameters, named = [] }: Documented): string {
  const words = [...parameters.map(positional), ...named.map(byName)];
  return [name, ...words].join(' ');
}

function positional({ name, type, optional, rest }: Parameter): string {
  const text = `${name}:${type}${rest === true ? '…' : ''}`;
  return optional === true ? `[${text}]` : text;
}

function byName({ name, type, optional }: Parameter): string {
  const text = `${name}=${type}`;
  return optional === true ? `[${text}]` : text;
}
