import { z } from 'zod';
import type { GenericTestDefinition } from '../generic-test.ts';
import { matching, matchOn, patternList } from '../pattern-list.ts';

const schema = z.strictObject({ regex: patternList, match_on: matchOn });

/** `match_regex`: the texts of the column match a pattern. */
export const matchRegex = {
  name: 'match_regex',
  aliases: [
    { name: 'expect_column_values_to_match_regex' },
    { name: 'expect_column_values_to_match_regex_list', arguments: { regex_list: 'regex' } },
    { name: 'match_regex_pattern_list', arguments: { patterns: 'regex' } },
  ],
  doc: 'Every text of the column matches the regular expression `regex` somewhere; `^` and `$` tie it to the ends, and `(?i)` at its start takes capitals as small letters. Of a list any one must match, or with `match_on: all` each. NULLs pass.',
  column: 'required',
  relationArguments: [],
  schema,
  finds: ({ column, macro, arguments: { regex, match_on } }) => {
    const matches = regex.map((pattern) => macro('regexp_like', column, pattern));
    const condition = matching(matches, match_on);
    return { kind: 'rows', conditions: [`not ${matches.length === 1 ? condition : `(${condition})`}`] };
  },
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
