import { z } from 'zod';
import type { GenericTestDefinition } from '../generic-test.ts';
import { matching, matchOn, patternList } from '../pattern-list.ts';

const schema = z.strictObject({ regex: patternList, match_on: matchOn });

/** `not_match_regex`: no text of the column matches a pattern. */
export const notMatchRegex = {
  name: 'not_match_regex',
  aliases: [
    { name: 'expect_column_values_to_not_match_regex' },
    { name: 'expect_column_values_to_not_match_regex_list', arguments: { regex_list: 'regex' } },
    { name: 'not_match_regex_pattern_list', arguments: { patterns: 'regex' } },
  ],
  doc: 'No text of the column matches the regular expression `regex` anywhere. Of a list none may match, or with `match_on: all` not all of them at once. NULLs pass.',
  column: 'required',
  relationArguments: [],
  schema,
  finds: ({ column, macro, arguments: { regex, match_on } }) => {
    const matches = regex.map((pattern) => macro('regexp_like', column, pattern));
    return { kind: 'rows', conditions: [matching(matches, match_on)] };
  },
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
