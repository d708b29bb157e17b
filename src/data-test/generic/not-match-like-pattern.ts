import { z } from 'zod';
import type { GenericTestDefinition } from '../generic-test.ts';
import { like } from '../like-pattern.ts';
import { matching, matchOn, patternList } from '../pattern-list.ts';

const schema = z.strictObject({ like_pattern: patternList, match_on: matchOn });

/** `not_match_like_pattern`: no text of the column fits a LIKE pattern. */
export const notMatchLikePattern = {
  name: 'not_match_like_pattern',
  aliases: [
    { name: 'expect_column_values_to_not_match_like_pattern' },
    {
      name: 'expect_column_values_to_not_match_like_pattern_list',
      arguments: { like_pattern_list: 'like_pattern' },
    },
    { name: 'not_match_like_pattern_list', arguments: { patterns: 'like_pattern' } },
  ],
  doc: 'No text of the column is as `like_pattern` says: `%` stands for anything, `_` for one character, and a backslash makes the next one mean itself. Of a list none may fit, or with `match_on: all` not all of them at once. NULLs pass.',
  column: 'required',
  relationArguments: [],
  schema,
  finds: ({ column, dialect, arguments: { like_pattern, match_on } }) => {
    const fits = like_pattern.map((pattern) => like(column, pattern, dialect));
    return { kind: 'rows', conditions: [matching(fits, match_on)] };
  },
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
