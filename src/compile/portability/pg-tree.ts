import type { Node } from 'libpg-query';

/** The names of the nodes of PostgreSQL's syntax tree: `SelectStmt`, `FuncCall`, … */
export type NodeTag = Node extends infer Union ? (Union extends unknown ? keyof Union : never) : never;

/** The fields of a node. */
export type NodeOf<Tag extends NodeTag> = Extract<Node, { readonly [Key in Tag]: unknown }>[Tag];

/** A place in a tree: a node, and the field of the node above that holds it. */
export interface TreePlace {
  readonly tag: NodeTag;
  readonly node: object;
  readonly field: string;
}

/** Told every node of a tree, from the top down, with the places above it, the nearest last. */
export interface TreeVisitor {
  readonly enter: (place: TreePlace, above: readonly TreePlace[]) => void;
  readonly leave?: (place: TreePlace) => void;
}

/** Goes through a tree as libpg-query gives it, every node once. */
export function visitTree(tree: unknown, visitor: TreeVisitor): void {
  visitFields(tree, '', [], visitor);
}

/** Calls back with every node of one kind in a tree. */
export function findNodes<Tag extends NodeTag>(tree: unknown, tag: Tag): NodeOf<Tag>[] {
  const found: NodeOf<Tag>[] = [];
  visitTree(tree, {
    enter: (place) => {
      if (place.tag === tag) found.push(place.node as NodeOf<Tag>);
    },
  });
  return found;
}

/** The node of a union's member, where it is of that kind. */
export function asNode<Tag extends NodeTag>(node: Node | undefined, tag: Tag): NodeOf<Tag> | undefined {
  if (node === undefined || !(tag in node)) return undefined;
  const [inner] = Object.values(node);
  return inner as NodeOf<Tag>;
}

/** The first place that is known in a part of a tree, in bytes of the parsed text. */
export function locationWithin(part: unknown): number | undefined {
  if (typeof part !== 'object' || part === null) return undefined;
  const { location } = part as { readonly location?: unknown };
  if (typeof location === 'number' && location >= 0) return location;
  for (const inner of Object.values(part)) {
    const found = locationWithin(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Fields whose nodes stand in the tree without their tag. */
const TAG_OF_FIELD: Readonly<Record<string, NodeTag>> = {
  over: 'WindowDef',
  larg: 'SelectStmt',
  rarg: 'SelectStmt',
  typeName: 'TypeName',
  alias: 'Alias',
  withClause: 'WithClause',
  relation: 'RangeVar',
  onConflictClause: 'OnConflictClause',
  collClause: 'CollateClause',
};

/** Where a field holds a tagged node although another node has it untagged: the sides of a join. */
const isTagged = (value: object) => /^[A-Z]/.test(Object.keys(value)[0] ?? '');

function visitFields(value: unknown, field: string, above: TreePlace[], visitor: TreeVisitor): void {
  if (Array.isArray(value)) {
    for (const one of value) visitFields(one, field, above, visitor);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const untagged = TAG_OF_FIELD[field];
  if (untagged !== undefined && !isTagged(value)) visitNode(untagged, value, field, above, visitor);
  else for (const [key, inner] of Object.entries(value)) visitMember(key, inner, field, above, visitor);
}

function visitMember(
  key: string,
  inner: unknown,
  field: string,
  above: TreePlace[],
  visitor: TreeVisitor,
): void {
  const isTag = /^[A-Z]/.test(key) && typeof inner === 'object' && inner !== null;
  if (isTag) visitNode(key as NodeTag, inner, field, above, visitor);
  else visitFields(inner, key, above, visitor);
}

function visitNode(
  tag: NodeTag,
  node: object,
  field: string,
  above: TreePlace[],
  visitor: TreeVisitor,
): void {
  const place: TreePlace = { tag, node, field };
  visitor.enter(place, above);
  above.push(place);
  for (const [key, inner] of Object.entries(node)) visitFields(inner, key, above, visitor);
  above.pop();
  visitor.leave?.(place);
}
