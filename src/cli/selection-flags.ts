import type { SelectionFlags } from '../manifest/select.ts';
import type { IndirectSelection } from '../project/project.ts';

/** Options that choose nodes, as commander reads them. */
export interface SelectFlags {
  readonly select?: readonly string[] | true | undefined;
  readonly exclude?: readonly string[] | true | undefined;
  readonly indirectSelection?: IndirectSelection | undefined;
}

/** The selection that the flags mean. */
export function selectionFlags({ select, exclude, indirectSelection }: SelectFlags): SelectionFlags {
  return {
    select: wordsOf(select),
    exclude: wordsOf(exclude),
    ...(indirectSelection !== undefined && { indirectSelection }),
  };
}

function wordsOf(flag: readonly string[] | true | undefined): readonly string[] {
  return Array.isArray(flag) ? flag : [];
}
