import type { NodeOf } from './pg-tree.ts';

/** The name of a called function without its schema, in lower case. */
export function calledName(funcname: NodeOf<'FuncCall'>['funcname']): string {
  return namesOf(funcname).at(-1) ?? '';
}

/** All parts of a name, in lower case. */
export function namesOf(parts: NodeOf<'FuncCall'>['funcname']): readonly string[] {
  return (parts ?? []).flatMap((part) => ('String' in part ? [(part.String.sval ?? '').toLowerCase()] : []));
}
