import type { Span } from '../diagnostic/span.ts';

/** A relation as templates see it; printed, it becomes a relation marker. */
export interface RelationValue {
  readonly kind: 'relation';
  readonly uniqueId: string;
  toString(): string;
}

/** What a template's expression can be; only strings, numbers and relations can be printed. */
export type TemplateValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | RelationValue
  | readonly TemplateValue[]
  | { readonly [key: string]: TemplateValue };

/** The types that a helper may ask of an argument. `sql` is any printable value, which arrives as SQL text (a string). */
export type ParameterType = 'string' | 'number' | 'boolean' | 'sql' | 'relation' | 'list' | 'any';

export interface Parameter {
  readonly name: string;
  readonly type: ParameterType;
  readonly optional?: boolean;
  /** Takes all remaining arguments; only the last parameter may. */
  readonly rest?: boolean;
}

/** Arguments as a helper gets them: checked for number and type, optional ones may be missing. */
export interface HelperCall {
  readonly positional: readonly TemplateValue[];
  readonly named: Readonly<Record<string, TemplateValue>>;
  readonly span: Span;
}

/**
 * A helper is a function that templates can call: `{{name a b key=c}}` or `(name a b)`.
 * It throws `HelperError` for a mistake of the caller's, which becomes a diagnostic at the call.
 */
export interface Helper {
  readonly name: string;
  /** One sentence and an example, for the generated reference page. */
  readonly doc: string;
  readonly parameters: readonly Parameter[];
  readonly named?: readonly Parameter[];
  readonly run: (call: HelperCall) => TemplateValue;
}

/** A mistake in a call, thrown by a helper; `hint` tells how to mend it. */
export class HelperError extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.name = 'HelperError';
    this.hint = hint;
  }
}
