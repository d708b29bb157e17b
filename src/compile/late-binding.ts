import { recursiveLateBinding } from '../diagnostic/catalogue/compile.ts';
import type { Token } from '../dialect/token.ts';
import type { DataTestNode, ModelNode } from '../manifest/node.ts';
import { isBoundLate } from '../manifest/storage-config.ts';
import type { SourceMap } from '../template/source-map.ts';
import type { Compilation } from './compilation.ts';
import { sqlPlace } from './sql-place.ts';

/** Whether a view that the engine is to bind late can be; a recursive query in it is reported. */
export function checkLateBinding(
  { dialect, report }: Compilation,
  node: ModelNode | DataTestNode,
  tokens: readonly Token[],
  map: SourceMap,
): boolean {
  if (node.resourceType !== 'model' || !isBoundLate(node.config, dialect)) return true;
  const recursive = tokens.find(
    ({ text }, index) => isWord(text, 'recursive') && isWord(tokens[index - 1]?.text, 'with'),
  );
  if (recursive === undefined) return true;
  report(recursiveLateBinding(sqlPlace(map.originAt(recursive.start), node.span)));
  return false;
}

function isWord(text: string | undefined, word: string): boolean {
  return text?.toLowerCase() === word;
}
