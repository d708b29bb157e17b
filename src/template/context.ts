import type { Helper, HelperCall, RelationValue, TemplateValue } from './helper.ts';
import type { MacroLibrary } from './macro.ts';

/** The part of a dialect that templates need; every `Dialect` is one. */
export interface TemplateDialect {
  /** What `adapter="…"` of a macro is compared with. */
  readonly name: string;
  literal(value: string | number | boolean | null): string;
}

/** A helper that also reads the context; every plain `Helper` is one. */
export interface ContextHelper extends Omit<Helper, 'run'> {
  readonly run: (call: HelperCall, context: TemplateContext) => TemplateValue;
}

/**
 * All that a template can see while it is evaluated.
 * The functions throw `HelperError` (or a `DiagnosticError` with its own code) for a mistake of the template's author.
 */
export interface TemplateContext {
  readonly dialect: TemplateDialect;
  /** Everything callable beside macros: `templateHelpers(dialect.macros, macros.helpers)`. */
  readonly helpers: ReadonlyMap<string, ContextHelper>;
  readonly macros: MacroLibrary;
  ref(name: string): RelationValue;
  source(sourceName: string, tableName: string): RelationValue;
  /** The relation that the template makes. */
  self(): RelationValue;
  /** A var's value; undefined where none is declared. */
  variable(name: string): TemplateValue;
  /** Names of all vars, for suggestions. */
  readonly variableNames: readonly string[];
  /** An environment variable; undefined where it is not set. Secrets are refused. */
  environmentVariable(name: string): string | undefined;
  /** What `{{target "…"}}` may print: name, adapter, schema, …; no secrets. */
  readonly target: Readonly<Record<string, string | number | boolean>>;
  readonly isIncremental: boolean;
}
