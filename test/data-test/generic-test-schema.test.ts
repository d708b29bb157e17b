import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { genericTests } from '../../src/data-test/generic-tests.ts';

describe.each(
  genericTests.map((definition) => ({ name: definition.name, definition })),
)('the arguments of $name', ({ definition }) => {
  test('have a JSON Schema for editors that refuses unknown keys', () => {
    expect(z.toJSONSchema(definition.schema, { io: 'input' })).toMatchObject({
      type: 'object',
      additionalProperties: false,
    });
  });

  test('include its relation arguments', () => {
    const { properties = {} } = z.toJSONSchema(definition.schema, { io: 'input' });
    expect(Object.keys(properties)).toEqual(expect.arrayContaining([...definition.relationArguments]));
  });

  test('with an unknown key are refused', () => {
    const { error } = definition.schema.safeParse({ surprise: 1 });
    expect(error?.issues.map((issue) => issue.code)).toContain('unrecognized_keys');
  });
});

test.each([
  ['accepted_range', {}, 'needs min_value, max_value or both'],
  ['accepted_range', { min_value: [] }, 'must be a number or an SQL expression'],
  ['row_count_between', {}, 'needs min_value, more_than or max_value'],
  ['unique_combination_of_columns', { combination_of_columns: 3 }, 'must be a column or a list of columns'],
  ['accepted_values', { values: [null] }, 'must be a text, a number, true or false'],
  ['reconcile', { compare_to: 'x', expression: 'a', group_by: ['b', 'c'], compare_group_by: 'b' }, 'as many'],
])('%s with %j says "%s"', (name, given, message) => {
  const definition = genericTests.find((candidate) => candidate.name === name);
  expect(definition?.schema.safeParse(given).error?.issues[0]?.message).toContain(message);
});
