import type { Diagnostic } from '../diagnostic.ts';
import type { Span } from '../span.ts';
import { didYouMean } from '../suggestion.ts';

/** A selection holds nothing that has rows to read. */
export function nothingToShow(): Diagnostic {
  return {
    code: 'SEL-101',
    severity: 'error',
    message: 'The selection holds no model, seed or source that has rows.',
    hint: 'Name one: --select daily. `model ls` lists them.',
  };
}

/** A selected node is not there to read. */
export function unpublishedNode({
  node,
}: {
  node: { readonly name: string; readonly span: Span };
}): Diagnostic {
  return {
    code: 'SEL-102',
    severity: 'error',
    message: `"${node.name}" is not in the warehouse: it was never published (or loaded) here.`,
    span: node.span,
    hint: `Build it first: model build --select +${node.name}`,
  };
}

/** Rows of several relations cannot be one JSON array or one CSV. */
export function severalToShow({ names, output }: { names: readonly string[]; output: string }): Diagnostic {
  return {
    code: 'SEL-103',
    severity: 'error',
    message: `--output ${output} prints the rows of one relation; the selection holds ${names.length}: ${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''}.`,
    hint: `Name one: --select ${names[0] ?? ''}`,
  };
}

/** The operating system refused a file or a device. */
export function systemRefusal({ reason }: { reason: string }): Diagnostic {
  return {
    code: 'RUN-101',
    severity: 'error',
    message: `The system refused: ${reason}`,
    hint: 'Make room or mend the permissions, then run the command again.',
  };
}

/** The engine of the target writes no files beside the program. */
export function noExports({ engine }: { engine: string }): Diagnostic {
  return {
    code: 'RUN-102',
    severity: 'error',
    message: `The engine of this target, "${engine}", writes no files here.`,
    hint: 'Connect Tableau to the database itself, or name a target whose adapter is duckdb with --target.',
  };
}

/** Something that must not happen did. */
export function programBug({ trace }: { trace: string }): Diagnostic {
  return {
    code: 'RUN-999',
    severity: 'error',
    message: `This is a bug in modelwright; please report it with what follows.\n${trace}`,
  };
}

/** Of an ephemeral model there are no rows. */
export function ephemeralNode({
  node,
}: {
  node: { readonly name: string; readonly span: Span };
}): Diagnostic {
  return {
    code: 'SEL-104',
    severity: 'error',
    message: `"${node.name}" is ephemeral: it is a part of the models that read it, and has no rows of its own.`,
    span: node.span,
    hint: 'Select a model that reads it, or materialize it as a view.',
  };
}

export function unknownTestName({
  name,
  candidates,
}: {
  name: string;
  candidates: readonly string[];
}): Diagnostic {
  return {
    code: 'SEL-105',
    severity: 'error',
    message: `There is no data test "${name}".`,
    hint: didYouMean(name, candidates) ?? 'model ls --resource-type test lists them all.',
  };
}
