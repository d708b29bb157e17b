import { z } from 'zod';
import type { GenericTestDefinition } from '../generic-test.ts';
import { like } from '../like-pattern.ts';
import { matching, matchOn, patternList } from '../pattern-list.ts';

const schema = z.strictObject({ like_pattern: patternList, match_on: matchOn });

/** `match_like_pattern`: the texts of the column fit a LIKE pattern. */
export const matchLikePattern = {
  name: 'match_like_pattern',
  aliases: [
    { name: 'expect_column_values_to_match_like_pattern' },
    {
      name: 'expect_column_values_to_match_like_pattern_list',
      arguments: { like_pattern_list: 'like_pattern' },
    },
    { name: 'match_like_pattern_list', arguments: { patterns: 'like_pattern' } },
  ],
  doc: 'Every text of the column is as `like_pattern` says, as a whole: `%` stands for anything, `_` for one character, and a backslash makes the next one mean itself. Of a list any one must fit, or with `match_on: all` each. NULLs pass.',
  column: 'required',
  relationArguments: [],
  schema,
  finds: ({ column, dialect, arguments: { like_pattern, match_on } }) => {
    const fits = like_pattern.map((pattern) => like(column, pattern, dialect));
    return { kind: 'rows', conditions: [`not (${matching(fits, match_on)})`] };
  },
} satisfies GenericTestDefinition<z.infer<typeof schema>>;
