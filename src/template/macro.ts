import type { Span } from '../diagnostic/span.ts';
import type { Helper, TemplateValue } from './helper.ts';
import type { Template } from './template.ts';

/** A parameter of a macro; one with a default may be left out of a call. */
export interface MacroParameter {
  readonly name: string;
  readonly optional: boolean;
  readonly default: TemplateValue;
}

/** A macro of the project: a named block of template text with parameters, maybe for one adapter only. */
export interface Macro {
  readonly name: string;
  readonly adapter: string | undefined;
  readonly parameters: readonly MacroParameter[];
  /** The body; its source is the macro file. */
  readonly template: Template;
  /** The opening tag. */
  readonly span: Span;
}

/** The macros of a project: those in `.sql` by name (one body per adapter, one for all), those in `.ts` as helpers. Made by `macroLibrary`. */
export interface MacroLibrary {
  readonly macros: ReadonlyMap<string, readonly Macro[]>;
  readonly helpers: ReadonlyMap<string, Helper>;
}

/** The body of a macro for an adapter: its own, else the one for all. */
export function macroBody(bodies: readonly Macro[], adapter: string): Macro | undefined {
  return bodies.find((body) => body.adapter === adapter) ?? bodies.find((body) => body.adapter === undefined);
}
