import type { ContextHelper } from '../context.ts';
import { HelperError, type TemplateValue } from '../helper.ts';
import { describe, printed } from '../template-value.ts';

const LONGEST_RANGE = 10_000;

/** The helpers for lists. */
export const listHelpers: readonly ContextHelper[] = [
  {
    name: 'list',
    doc: 'A list of values. `{{#each (list "free" "pro") as |plan|}} … {{/each}}`',
    parameters: [{ name: 'items', type: 'any', rest: true, optional: true }],
    run: ({ positional }) => positional,
  },
  {
    name: 'join',
    doc: 'The items of a list as one text, with `, ` or another text between them. `{{join columns ", "}}`',
    parameters: [
      { name: 'list', type: 'list' },
      { name: 'separator', type: 'string', optional: true },
    ],
    run: ({ positional: [list, separator = ', '] }) =>
      (list as readonly TemplateValue[]).map(itemText).join(String(separator)),
  },
  {
    name: 'range',
    doc: 'The whole numbers from the first up to and including the last. `{{#each (range 1 12) as |month|}} … {{/each}}`',
    parameters: [
      { name: 'first', type: 'number' },
      { name: 'last', type: 'number' },
    ],
    run: ({ positional: [first, last] }) => range(Number(first), Number(last)),
  },
];

function itemText(item: TemplateValue): string {
  const text = printed(item);
  if (text === undefined) throw new HelperError(`a list that is joined holds ${describe(item)}.`);
  return text;
}

function range(first: number, last: number): readonly number[] {
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(last)) {
    throw new HelperError('a range goes from one whole number to another.');
  }
  if (last - first >= LONGEST_RANGE) {
    throw new HelperError(
      `a range has at most ${LONGEST_RANGE} numbers.`,
      'Rows of a query come from (date_spine …).',
    );
  }
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}
