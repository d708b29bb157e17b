import type { SelectionFlags } from '../manifest/select.ts';

/** Options that choose nodes, as commander reads them. */
export interface SelectFlags {
  readonly select?: readonly string[] | true | undefined;
  readonly exclude?: readonly string[] | true | undefined;
}

/** The selection that the flags mean. */
export function selectionFlags({ select, exclude }: SelectFlags): SelectionFlags {
  return { select: wordsOf(select), exclude: wordsOf(exclude) };
}

function wordsOf(flag: readonly string[] | true | undefined): readonly string[] {
  return Array.isArray(flag) ? flag : [];
}
