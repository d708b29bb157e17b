import { listHelpers } from './builtin/list-helpers.ts';
import { literalHelpers } from './builtin/literal-helpers.ts';
import { logicHelpers } from './builtin/logic-helpers.ts';
import { relationHelpers } from './builtin/relation-helpers.ts';
import { settingHelpers } from './builtin/setting-helpers.ts';
import { textHelpers } from './builtin/text-helpers.ts';
import type { ContextHelper } from './context.ts';
import type { Helper } from './helper.ts';

/** The helpers of every project, whatever its dialect. */
export const builtinHelpers: readonly ContextHelper[] = [
  ...relationHelpers,
  ...settingHelpers,
  ...literalHelpers,
  ...logicHelpers,
  ...listHelpers,
  ...textHelpers,
];

/** All that templates can call beside macros: built in, the dialect's portable macros, the project's TypeScript macros. */
export function templateHelpers(
  dialectMacros: readonly Helper[],
  projectHelpers: ReadonlyMap<string, Helper> = new Map(),
): ReadonlyMap<string, ContextHelper> {
  const all: readonly ContextHelper[] = [...projectHelpers.values(), ...dialectMacros, ...builtinHelpers];
  return new Map(all.map((helper) => [helper.name, helper]));
}
