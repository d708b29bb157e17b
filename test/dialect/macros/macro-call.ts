import { spanAt } from '../../../src/diagnostic/span.ts';
import type { Dialect, Scalar } from '../../../src/dialect/dialect.ts';
import type { TemplateValue } from '../../../src/template/helper.ts';

/** Calls a macro of a dialect as a template does, and gives its SQL. */
export type MacroCall = (
  macro: string,
  positional: readonly TemplateValue[],
  named?: Readonly<Record<string, TemplateValue>>,
) => string;

export function caller(dialect: Dialect): MacroCall {
  return (macro, positional, named = {}) => {
    const helper = dialect.macros.find((candidate) => candidate.name === macro);
    if (helper === undefined) throw new Error(`There is no macro ${macro}.`);
    return String(helper.run({ positional, named, span: spanAt({ path: 'models/a.sql', text: '' }, 0) }));
  };
}

/** A value as a golden file has it: whole numbers are numbers as far as those go, else text. */
export function plain(value: Scalar | undefined): Exclude<Scalar, bigint> | undefined {
  if (typeof value !== 'bigint') return value;
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}
