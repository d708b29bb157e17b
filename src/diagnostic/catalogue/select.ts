import type { Diagnostic } from '../diagnostic.ts';
import type { Span } from '../span.ts';
import { didYouMean } from '../suggestion.ts';

/** A selector that is not in the grammar, such as an empty one or `a,,b`. */
export function malformedSelector(mistake: { readonly text: string; readonly span: Span }): Diagnostic {
  return {
    code: 'SEL-001',
    severity: 'error',
    message: mistake.text.trim() === '' ? 'The selector is empty.' : `"${mistake.text}" is not a selector.`,
    span: mistake.span,
    hint: 'Write [@][N+][method[.argument]:]value[+N], with commas (and no spaces) for "and", spaces for "or".',
  };
}

/** `@x+`: `@` already takes all descendants. */
export function atWithPlus(mistake: { readonly text: string; readonly span: Span }): Diagnostic {
  return {
    code: 'SEL-002',
    severity: 'error',
    message: `"${mistake.text}" combines "@" in front with "+" at the end.`,
    span: mistake.span,
    hint: '"@x" takes x, everything downstream, and everything that those read; drop one of the two.',
  };
}

/** `tagg:nightly`. */
export function unknownMethod(mistake: {
  readonly method: string;
  readonly span: Span;
  readonly methods: readonly string[];
}): Diagnostic {
  return {
    code: 'SEL-003',
    severity: 'error',
    message: `There is no selector method "${mistake.method}".`,
    span: mistake.span,
    hint: didYouMean(mistake.method, mistake.methods) ?? `Methods are ${mistake.methods.join(', ')}.`,
  };
}

/** `config:view` or `tag.x:nightly`. */
export function wrongMethodArgument(mistake: {
  readonly method: string;
  readonly span: Span;
  readonly takesArgument: boolean;
}): Diagnostic {
  const { method, span, takesArgument } = mistake;
  return {
    code: 'SEL-004',
    severity: 'error',
    message: takesArgument
      ? `Selector method "${method}" needs an argument.`
      : `Selector method "${method}" takes no argument.`,
    span,
    hint: takesArgument ? `Write "${method}.materialized:table".` : `Write "${method}:value".`,
  };
}

/** `resource_type:modle`: the method knows all its values. */
export function unknownMethodValue(mistake: {
  readonly method: string;
  readonly value: string;
  readonly span: Span;
  readonly vocabulary: readonly string[];
}): Diagnostic {
  return {
    code: 'SEL-005',
    severity: 'error',
    message: `"${mistake.value}" is no ${mistake.method}.`,
    span: mistake.span,
    hint: didYouMean(mistake.value, mistake.vocabulary) ?? `It is one of ${mistake.vocabulary.join(', ')}.`,
  };
}

/** A value without wildcards that means no node. */
export function nothingSelected(mistake: {
  readonly method: string;
  readonly value: string;
  readonly span: Span;
  readonly candidates: Iterable<string>;
}): Diagnostic {
  const { method, value, span, candidates } = mistake;
  const what = method === 'fqn' ? `No node is named "${value}".` : `No node matches "${method}:${value}".`;
  const hint = didYouMean(value, candidates) ?? 'List what there is with: model ls';
  return { code: 'SEL-006', severity: 'error', message: what, span, hint };
}
