import type { Diagnostic } from '../diagnostic.ts';
import type { Span } from '../span.ts';

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
