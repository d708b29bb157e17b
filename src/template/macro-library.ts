import * as catalogue from '../diagnostic/catalogue/template.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { Helper } from './helper.ts';
import { builtinHelpers } from './helper-set.ts';
import type { Macro, MacroLibrary } from './macro.ts';

/**
 * The macros of a project by name. A name that is taken by a built-in helper (of the framework's or the dialect's),
 * by a function of a TypeScript file, or by a macro for the same adapter, is reported.
 */
export function macroLibrary(
  macros: readonly Macro[],
  functions: readonly Helper[],
  dialectMacros: readonly Helper[],
  report: Report,
): MacroLibrary {
  const builtIn = new Set([...builtinHelpers, ...dialectMacros].map((helper) => helper.name));
  for (const block of BLOCKS) builtIn.add(block);
  const helpers = new Map<string, Helper>();
  for (const helper of functions) {
    if (builtIn.has(helper.name)) report(catalogue.functionHidesHelper({ name: helper.name }));
    else helpers.set(helper.name, helper);
  }
  const byName = new Map<string, Macro[]>();
  for (const macro of macros) addMacro(macro, { byName, builtIn, helpers, report });
  return { macros: byName, helpers };
}

const BLOCKS = ['if', 'unless', 'each', 'with', 'raw', 'macro', 'else', 'this'];

interface Library {
  readonly byName: Map<string, Macro[]>;
  readonly builtIn: ReadonlySet<string>;
  readonly helpers: ReadonlyMap<string, Helper>;
  readonly report: Report;
}

function addMacro(macro: Macro, { byName, builtIn, helpers, report }: Library): void {
  const { name, adapter, span } = macro;
  const bodies = byName.get(name) ?? [];
  const twin = bodies.find((body) => body.adapter === adapter);
  if (builtIn.has(name)) report(catalogue.macroHidesHelper({ name, span }));
  else if (helpers.has(name)) report(catalogue.macroHidesFunction({ name, span }));
  else if (twin !== undefined) report(catalogue.macroDefinedTwice({ name, adapter, span, first: twin.span }));
  else byName.set(name, [...bodies, macro]);
}
