/** `sql` arrives as text, `sql...` and `string...` take the remaining arguments; the rest is as templates have it. */
export type ArgumentType = 'sql' | 'string' | 'number' | 'list' | 'sql...' | 'string...';

/** What a macro is called with; `doc` is one or two sentences and an example. */
export interface Signature {
  readonly doc: string;
  readonly positional: Readonly<Record<string, ArgumentType>>;
  readonly named: Readonly<Record<string, ArgumentType>>;
}

type Value<Type extends ArgumentType> = Type extends 'number'
  ? number
  : Type extends 'list' | 'sql...' | 'string...'
    ? readonly string[]
    : string;

/** What a body gets: positional arguments always, named ones where the call has them. */
export type MacroArguments<S extends Signature> = {
  readonly [Name in keyof S['positional']]: Value<S['positional'][Name]>;
} & { readonly [Name in keyof S['named']]?: Value<S['named'][Name]> };

/** A signature whose argument types are kept. */
export function macro<
  const Positional extends Signature['positional'],
  const Named extends Signature['named'] = Record<never, never>,
>(doc: string, positional: Positional, named?: Named) {
  return { doc, positional, named: (named ?? {}) as Named };
}
