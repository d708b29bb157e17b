import type { Diagnostic } from '../diagnostic.ts';
import type { Span } from '../span.ts';
import { type At, error, type Named, warning } from './template-diagnostic.ts';

export function configInBlock({ span }: At): Diagnostic {
  return error(
    'TPL-060',
    'config may not stand inside a block: it is read without running the template.',
    span,
    'Write it at the top of the file.',
  );
}

export function configTwice({ span, first }: At & { first: Span }): Diagnostic {
  return {
    ...error('TPL-061', 'The file has a second config.', span, 'Join the two.'),
    related: [{ message: 'the first one', span: first }],
  };
}

export function configNotLiteral({ key, span }: At & { key: string }): Diagnostic {
  return error(
    'TPL-062',
    `config takes literals and lists of literals, and "${key}" is neither.`,
    span,
    'Write text, a number, true, false or (list "a" "b"); other values go in the properties file.',
  );
}

export function configWithoutKey({ span }: At): Diagnostic {
  return error(
    'TPL-063',
    'config takes named arguments only.',
    span,
    'Write {{config materialized="table"}}.',
  );
}

export function configInMacro({ span }: At): Diagnostic {
  return error('TPL-064', 'config belongs in a model, not in a macro.', span);
}

export function configAsArgument({ span }: At): Diagnostic {
  return error(
    'TPL-065',
    'config is a tag of its own, and gives no value.',
    span,
    'Write {{config …}} at the top of the file.',
  );
}

export function referenceInComment({ name, span }: Named): Diagnostic {
  return warning(
    'TPL-066',
    `This ${name} stands in an SQL comment and counts all the same: the model depends on it.`,
    span,
    'Comment tags out with {{!-- … --}}.',
  );
}
