import {
  nothingSelected,
  unknownMethod,
  unknownMethodValue,
  wrongMethodArgument,
} from '../diagnostic/catalogue/select.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { Dag } from './dag.ts';
import { selectorMethods } from './methods/registry.ts';
import type { Node } from './node.ts';
import { isPattern } from './pattern.ts';
import { type Criterion, parseSelector, type Selector } from './selector.ts';
import type { SelectorMethod } from './selector-method.ts';

/** A selection is the nodes that a command works on: unique ids in topological order. */
export interface Selection {
  readonly nodes: ReadonlySet<string>;
}

/** What to select: the values of `--select`, `--exclude` and `--resource-type`; empty lists do not restrict. */
export interface SelectionFlags {
  readonly select: readonly string[];
  readonly exclude: readonly string[];
  readonly resourceTypes?: readonly Node['resourceType'][];
}

/**
 * Finds the nodes that the flags mean. Tests come along with every node that they read, and go with it when it
 * is excluded. A value without wildcards that means no node is an error; a pattern may mean none.
 */
export function select(dag: Dag, flags: SelectionFlags, report: Report): Selection {
  const selected = evaluate(parseSelector(flags, report), dag, report);
  const types = new Set(flags.resourceTypes);
  const isOfType = (id: string) => types.size === 0 || types.has(nodeOf(dag, id).resourceType);
  return { nodes: new Set(dag.order.filter((uniqueId) => selected.has(uniqueId) && isOfType(uniqueId))) };
}

type NodeSet = ReadonlySet<string>;

function evaluate(selector: Selector, dag: Dag, report: Report): NodeSet {
  switch (selector.kind) {
    case 'everything':
      return new Set(dag.order);
    case 'criterion':
      return withTests(reach(selector, matches(selector, dag, report), dag), dag);
    case 'union':
      return new Set(selector.parts.flatMap((part) => [...evaluate(part, dag, report)]));
    case 'intersection':
      return intersection(selector.parts.map((part) => evaluate(part, dag, report)));
    case 'difference':
      return difference(evaluate(selector.of, dag, report), evaluate(selector.without, dag, report));
  }
}

function intersection([first = new Set(), ...others]: readonly NodeSet[]): NodeSet {
  return new Set([...first].filter((uniqueId) => others.every((other) => other.has(uniqueId))));
}

function difference(set: NodeSet, without: NodeSet): NodeSet {
  return new Set([...set].filter((uniqueId) => !without.has(uniqueId)));
}

function matches(criterion: Criterion, dag: Dag, report: Report): NodeSet {
  const method = methodOf(criterion, report);
  if (method === undefined) return new Set();
  const { argument, value, span } = criterion;
  const isMatch = method.matcher(value, argument);
  const found = new Set(dag.order.filter((uniqueId) => isMatch(nodeOf(dag, uniqueId))));
  if (found.size === 0 && method.vocabulary === undefined && !isPattern(value)) {
    const candidates = new Set(
      dag.order.flatMap((uniqueId) => method.valuesOf(nodeOf(dag, uniqueId), argument)),
    );
    const shown = argument === '' ? method.name : `${method.name}.${argument}`;
    report(nothingSelected({ method: shown, value, span, candidates }));
  }
  return found;
}

function methodOf(
  { method: name, argument, value, span }: Criterion,
  report: Report,
): SelectorMethod | undefined {
  const method = selectorMethods.get(name);
  if (method === undefined) {
    report(unknownMethod({ method: name, span, methods: [...selectorMethods.keys()] }));
    return undefined;
  }
  const { takesArgument, vocabulary } = method;
  if (takesArgument !== (argument !== '')) {
    report(wrongMethodArgument({ method: name, span, takesArgument }));
    return undefined;
  }
  if (vocabulary !== undefined && !isPattern(value) && !vocabulary.includes(value)) {
    report(unknownMethodValue({ method: name, value, span, vocabulary }));
    return undefined;
  }
  return method;
}

/** Goes up and down from the nodes that were matched. */
function reach({ closure, parents, children }: Criterion, matched: NodeSet, dag: Dag): NodeSet {
  const below = closure ? Number.POSITIVE_INFINITY : children;
  const reached = new Set(matched);
  for (const uniqueId of dag.descendants(matched, below)) reached.add(uniqueId);
  const base = closure ? [...reached] : matched;
  for (const uniqueId of dag.ancestors(base, closure ? Number.POSITIVE_INFINITY : parents))
    reached.add(uniqueId);
  return reached;
}

function withTests(selected: NodeSet, dag: Dag): NodeSet {
  const tests = [...selected].flatMap((uniqueId) =>
    dag.children(uniqueId).filter((child) => isTest(nodeOf(dag, child))),
  );
  return new Set([...selected, ...tests]);
}

function isTest({ resourceType }: Node): boolean {
  return resourceType === 'test' || resourceType === 'unit_test';
}

function nodeOf(dag: Dag, uniqueId: string): Node {
  const node = dag.manifest.nodes.get(uniqueId);
  if (node === undefined) throw new Error(`This is a bug in modelwright: the manifest has no ${uniqueId}.`);
  return node;
}
