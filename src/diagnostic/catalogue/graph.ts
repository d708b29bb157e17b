import type { Diagnostic, RelatedPlace } from '../diagnostic.ts';

/** One reference of a cycle: `from` refers to `to` at `place`; a link that nobody wrote down has no place. */
export interface CycleLink {
  readonly from: string;
  readonly to: string;
  readonly place: RelatedPlace['span'] | undefined;
}

/** Nodes that depend on themselves; the links are in the order of the path, and the last leads back to the first. */
export function cycle(links: readonly CycleLink[]): Diagnostic {
  const path = [...links.map((link) => link.from), links[0]?.from].join(' → ');
  const span = links.find((link) => link.place !== undefined)?.place;
  const related = links.flatMap(({ from, to, place }) =>
    place === undefined ? [] : [{ message: `"${from}" refers to "${to}"`, span: place }],
  );
  return {
    code: 'GRA-001',
    severity: 'error',
    message: links.length === 1 ? `Model refers to itself: ${path}` : `Models form a cycle: ${path}`,
    ...(span === undefined ? {} : { span }),
    hint: 'Take out one of these references; what both sides need belongs in a model of its own.',
    related,
  };
}
