import { type Helper, HelperError, type Parameter, type TemplateValue } from './helper.ts';
import { isRelation } from './template-value.ts';

/** A function of a TypeScript macro file: values and relations in, a value or SQL text out; it cannot `ref`. */
export type MacroFunction = (...values: never[]) => unknown;

/** A TypeScript function as a helper; arguments are checked for their number (`Function.length` are required), the result for its type. */
export function helperFromFunction(name: string, run: MacroFunction, doc: string): Helper {
  const required = Array.from(
    { length: run.length },
    (_, i): Parameter => ({ name: `argument ${i + 1}`, type: 'any' }),
  );
  const rest: Parameter = { name: 'more', type: 'any', optional: true, rest: true };
  return {
    name,
    doc,
    parameters: takesMore(run) ? [...required, rest] : required,
    run: ({ positional }) => checkedResult(Reflect.apply(run, undefined, positional)),
  };
}

/** Parameters with defaults and rest parameters are not counted in `length`; the function's text shows them. */
function takesMore(run: MacroFunction): boolean {
  const text = Function.prototype.toString.call(run);
  const head = text.slice(0, text.indexOf('=>') < 0 ? text.indexOf('{') : undefined);
  return /\.\.\.|\barguments\b|=(?!>)/.test(head.split(/=>|\)\s*\{/)[0] ?? '');
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
