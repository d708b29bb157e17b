import * as catalogue from '../diagnostic/catalogue/compile.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { CheckedText } from './check-statement.ts';
import type { Compilation } from './compilation.ts';
import { type SqlPlace, sqlPlace } from './sql-place.ts';
import { findStrayRelations, type StrayRelation } from './stray-relation.ts';

/** Reports every relation that a text names outside ref and source; true if there is none. */
export function checkRelations(compilation: Compilation, text: CheckedText): boolean {
  const strays = findStrayRelations(text.tokens, compilation.dialect);
  for (const stray of strays) {
    const place = sqlPlace(text.map.originAt(stray.start), text.span);
    compilation.report(strayDiagnostic(compilation, stray, place));
  }
  return strays.length === 0;
}

function strayDiagnostic(compilation: Compilation, stray: StrayRelation, place: SqlPlace): Diagnostic {
  const { text, kind, commonTables } = stray;
  switch (kind) {
    case 'table':
      return catalogue.strayTable({
        name: text,
        replacement: replacementOf(compilation, text),
        commonTables,
        place,
      });
    case 'file':
      return catalogue.strayFile({ text, ...place });
    case 'function':
      return catalogue.externalFunction({ name: text, ...place });
    case 'modification':
      return catalogue.modification({ word: text, ...place });
  }
}

/** How a table's name is written properly, if the last part of it names a model, seed or source. */
function replacementOf({ manifest, names, dialect }: Compilation, text: string): string | undefined {
  const name = dialect.fold((text.split('.').at(-1) ?? text).replaceAll('"', ''));
  for (const ref of names.refs.keys()) if (dialect.fold(ref) === name) return `{{ref "${ref}"}}`;
  for (const uniqueId of names.sources.values()) {
    const node = manifest.nodes.get(uniqueId);
    if (node?.resourceType === 'source' && dialect.fold(node.name) === name) {
      return `{{source "${node.sourceName}" "${node.name}"}}`;
    }
  }
  return undefined;
}
