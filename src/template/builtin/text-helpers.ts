import type { ContextHelper } from '../context.ts';

/** The helpers for text. */
export const textHelpers: readonly ContextHelper[] = [
  {
    name: 'concat',
    doc: 'Texts and numbers as one text. `as {{concat "plan_" n}}`',
    parameters: [{ name: 'parts', type: 'sql', rest: true, optional: true }],
    run: ({ positional }) => positional.join(''),
  },
  {
    name: 'lower',
    doc: 'A text in lower case. `as {{lower name}}`',
    parameters: [{ name: 'text', type: 'string' }],
    run: ({ positional: [text] }) => String(text).toLowerCase(),
  },
  {
    name: 'upper',
    doc: 'A text in upper case. `{{literal (upper code)}}`',
    parameters: [{ name: 'text', type: 'string' }],
    run: ({ positional: [text] }) => String(text).toUpperCase(),
  },
  {
    name: 'replace',
    doc: 'A text with every occurrence of one part replaced. `as {{replace name "-" "_"}}`',
    parameters: [
      { name: 'text', type: 'string' },
      { name: 'part', type: 'string' },
      { name: 'replacement', type: 'string' },
    ],
    run: ({ positional: [text, part, replacement] }) =>
      String(text).replaceAll(String(part), () => String(replacement)),
  },
];
