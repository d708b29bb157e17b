import type { Helper } from './helper.ts';
import type { Template } from './template.ts';

/** A macro of the project: a named block of template text with parameters, maybe for one adapter only. */
export interface Macro {
  readonly name: string;
  readonly adapter: string | undefined;
  readonly parameters: readonly string[];
  readonly template: Template;
}

/** The macros of a project: those in `.sql` by name (one body per adapter, one for all), those in `.ts` as helpers. */
export interface MacroLibrary {
  readonly macros: ReadonlyMap<string, readonly Macro[]>;
  readonly helpers: ReadonlyMap<string, Helper>;
}
