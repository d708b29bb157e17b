import { type Helper, HelperError, type Parameter, type TemplateValue } from './helper.ts';
import { isRelation } from './template-value.ts';

/** A function of a TypeScript macro file: values and relations in, a value or SQL text out; it cannot `ref`. */
export type MacroFunction = (...values: never[]) => unknown;

/** A TypeScript function as a helper; as many arguments are required as the function has without defaults, the result for its type. */
export function helperFromFunction(name: string, run: MacroFunction, doc: string): Helper {
  const required = Array.from(
    { length: run.length },
    (_, i): Parameter => ({ name: `argument ${i + 1}`, type: 'any' }),
  );
  const rest: Parameter = { name: 'more', type: 'any', optional: true, rest: true };
  return {
    name,
    doc,
    parameters: [...required, rest],
    run: ({ positional }) => checkedResult(Reflect.apply(run, undefined, positional)),
  };
}

function checkedResult(result: unknown): TemplateValue {
  if (isTemplateValue(result)) return result;
  const what = result instanceof Promise ? 'a promise' : `a ${typeof result}`;
  throw new HelperError(
    `the function returned ${what}.`,
    'A macro function returns text, a number, a list or a map, and does not wait.',
  );
}

function isTemplateValue(value: unknown): value is TemplateValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return true;
  if (Array.isArray(value)) return value.every(isTemplateValue);
  if (typeof value !== 'object') return false;
  if (isRelation(value as TemplateValue)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return (
    (prototype === Object.prototype || prototype === null) && Object.values(value).every(isTemplateValue)
  );
}
