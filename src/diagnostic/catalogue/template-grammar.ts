import type { Diagnostic } from '../diagnostic.ts';
import type { Span } from '../span.ts';
import { type At, error, type Named } from './template-diagnostic.ts';

export function unexpectedInTag({
  found,
  hint,
  span,
}: At & { found: string; hint?: string | undefined }): Diagnostic {
  return error('TPL-001', `${found} does not belong here.`, span, hint);
}

export function blockNotClosed({ name, span }: Named): Diagnostic {
  return error('TPL-002', `The block "${name}" is not closed.`, span, `Close it with {{/${name}}}.`);
}

export function tagNotClosed({ span }: At): Diagnostic {
  return error('TPL-003', 'The tag is not closed.', span, 'Close it with }}.');
}

export function wrongClosingTag({
  open,
  close,
  span,
  opened,
}: At & { open: string; close: string; opened: Span }): Diagnostic {
  return {
    ...error(
      'TPL-004',
      `{{/${close}}} closes nothing: the open block is "${open}".`,
      span,
      `Write {{/${open}}}.`,
    ),
    related: [{ message: `"${open}" is opened here`, span: opened }],
  };
}

export function invalidPath({ path, span }: At & { path: string }): Diagnostic {
  return error(
    'TPL-005',
    `"${path}" is not a name.`,
    span,
    'Write the name alone, or property names joined by dots.',
  );
}

export function markerCharacter({ span }: At): Diagnostic {
  return error(
    'TPL-006',
    'The template holds one of the private-use characters U+E000 and U+E001, which stand for relations inside.',
    span,
    'Remove the character.',
  );
}

export function nulCharacter({ span }: At): Diagnostic {
  return error('TPL-011', 'The template holds a NUL character.', span, 'Save the file as text in UTF-8.');
}

export function jinjaTag({ tag, span }: At & { tag: string }): Diagnostic {
  return error(
    'TPL-007',
    `"${tag}" is a tag of Jinja, which would be sent to the warehouse as text.`,
    span,
    'Templates are Handlebars: {{#if (var "all_events")}} … {{/if}}, {{#each list as |item|}} … {{/each}}; macros and {{config …}} take no {% %}.',
  );
}

export function partialTag({ span }: At): Diagnostic {
  return error(
    'TPL-008',
    'Partials are not supported.',
    span,
    'Write a macro, and call it: {{my_macro "x"}}.',
  );
}

export function decoratorTag({ span }: At): Diagnostic {
  return error('TPL-009', 'Decorators are not supported.', span);
}

export function nestedTooDeeply({ limit, span }: At & { limit: number }): Diagnostic {
  return error(
    'TPL-010',
    `The template is nested more than ${limit} levels deep.`,
    span,
    'Move the inner part into a macro.',
  );
}
