import type { ContextHelper } from '../context.ts';
import { HelperError, type TemplateValue } from '../helper.ts';
import { isTruthy } from '../template-value.ts';

const TWO = [
  { name: 'left', type: 'any' },
  { name: 'right', type: 'any' },
] as const;

/** The helpers for conditions. `and` and `or` give true or false; all their arguments are evaluated. */
export const logicHelpers: readonly ContextHelper[] = [
  {
    name: 'eq',
    doc: 'Whether two values are the same; text and number never are. `{{#if (eq (target "name") "prod")}} … {{/if}}`',
    parameters: TWO,
    run: ({ positional: [left, right] }) => left === right,
  },
  {
    name: 'ne',
    doc: 'Whether two values differ. `{{#unless (ne a b)}} … {{/unless}}`',
    parameters: TWO,
    run: ({ positional: [left, right] }) => left !== right,
  },
  comparison('gt', 'Whether the first of two numbers or texts is greater. `(gt n 1)`', (order) => order > 0),
  comparison(
    'gte',
    'Whether the first of two numbers or texts is greater or equal. `(gte n 1)`',
    (order) => order >= 0,
  ),
  comparison('lt', 'Whether the first of two numbers or texts is smaller. `(lt n 1)`', (order) => order < 0),
  comparison(
    'lte',
    'Whether the first of two numbers or texts is smaller or equal. `(lte n 1)`',
    (order) => order <= 0,
  ),
  {
    name: 'and',
    doc: 'Whether all values are true. `{{#if (and (var "all_events") (eq a b))}} … {{/if}}`',
    parameters: [...TWO, { name: 'more', type: 'any', rest: true, optional: true }],
    run: ({ positional }) => positional.every(isTruthy),
  },
  {
    name: 'or',
    doc: 'Whether one of the values is true. `{{#if (or a b)}} … {{/if}}`',
    parameters: [...TWO, { name: 'more', type: 'any', rest: true, optional: true }],
    run: ({ positional }) => positional.some(isTruthy),
  },
  {
    name: 'not',
    doc: 'Whether a value is false, as #if sees it. `{{#if (not (var "all_events"))}} … {{/if}}`',
    parameters: [{ name: 'value', type: 'any' }],
    run: ({ positional: [value] }) => !isTruthy(value),
  },
];

function comparison(name: string, doc: string, holds: (order: number) => boolean): ContextHelper {
  return {
    name,
    doc,
    parameters: TWO,
    run: ({ positional: [left, right] }) => holds(orderOf(left, right)),
  };
}

function orderOf(left: TemplateValue, right: TemplateValue): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0;
  throw new HelperError('it compares two numbers or two texts.');
}
