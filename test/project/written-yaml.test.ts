import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseYaml } from '../../src/project/parse-yaml.ts';
import type { YamlValue } from '../../src/project/project.ts';
import { withItem, yamlItem } from '../../src/project/written-yaml.ts';

test.each([
  ['', 'list:\n  - n\n'],
  ['# only a comment', '# only a comment\nlist:\n  - n\n'],
  ['other: 1', 'other: 1\n\nlist:\n  - n\n'],
  ['list:\n- a # of a\n  # also\n\n# of b\nb: 2\n', 'list:\n- a # of a\n  # also\n\n- n\n\n# of b\nb: 2\n'],
  [
    'list:\n    - a: |\n        x\n\n        y\nb: 2',
    'list:\n    - a: |\n        x\n\n        y\n\n    - n\nb: 2',
  ],
  ['list:\n  - { a: [1, 2] } # flow', 'list:\n  - { a: [1, 2] } # flow\n\n  - n\n'],
])('An item comes to the end of the list, and all else stays: %j', (text, expected) => {
  expect(withItem(text, 'list', '- n\n')).toBe(expected);
});

test.each([
  'list: [a]',
  'list: a',
  'list:',
  '- a',
  '{ other: 1 }',
  'a: b: c',
])('There is no list in block style in %j', (text) => {
  expect(withItem(text, 'list', '- n\n')).toBeUndefined();
});

test('Mappings of scalars stand on one line, however long', () => {
  const row = Object.fromEntries(
    Array.from({ length: 20 }, (_, index) => [`column_${index}`, `value ${index}`]),
  );
  expect(yamlItem({ name: 'x', rows: [row, {}], none: [] }).split('\n')).toEqual([
    '- name: x',
    '  rows:',
    `    - { ${Object.entries(row)
      .map(([name, value]) => `${name}: ${value}`)
      .join(', ')} }`,
    '    - {}',
    '  none: []',
    '',
  ]);
});

const scalar = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '2024-01-01',
    'true',
    '12',
    '1e3',
    'null',
    '~',
    '',
    ' a',
    '- x',
    '#',
    'a: b',
    '{{x}}',
    'a\nb',
    '!x',
    '0x1',
  ),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const rows = fc.array(fc.dictionary(fc.stringMatching(/^[a-z_]{1,8}$/), scalar), { maxLength: 4 });

test('What is written is read back, behind what was there', () => {
  fc.assert(
    fc.property(fc.array(rows, { minLength: 1, maxLength: 3 }), (items) => {
      let text = 'before: 1\n';
      for (const item of items) text = withItem(text, 'list', yamlItem({ item })) ?? '';
      const problems: string[] = [];
      const document = parseYaml({ path: 'x.yml', text }, ({ message }) => problems.push(message));
      expect(problems).toEqual([]);
      const read: YamlValue | undefined = document?.value;
      expect(JSON.parse(JSON.stringify(read))).toEqual({ before: 1, list: items.map((item) => ({ item })) });
    }),
  );
});
