import {
  nothingSelected,
  unknownMethod,
  unknownMethodValue,
  wrongMethodArgument,
} from '../diagnostic/catalogue/select.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { IndirectSelection } from '../project/project.ts';
import type { Dag } from './dag.ts';
import { isTest, testsAlong } from './indirect-selection.ts';
import { selectorMethods } from './methods/registry.ts';
import type { Node } from './node.ts';
import { isPattern } from './pattern.ts';
import { type Criterion, parseSelector, type Selector, type Selectors } from './selector.ts';
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
  /** Which tests come along; what the project says. */
  readonly indirectSelection?: IndirectSelection;
}

/**
 * Finds the nodes that the flags mean. Tests that the flags do not name come along with nodes that they read, by default with
 * each of them, and go with every one that is excluded. A value without wildcards that means no node is an error; a pattern may
 * mean none.
 */
export function select(dag: Dag, flags: SelectionFlags, report: Report): Selection {
  const mode = flags.indirectSelection ?? dag.manifest.project.indirectSelection ?? 'eager';
  const selected = selectedNodes(parseSelector(flags, report), mode, dag, report);
  const types = new Set(flags.resourceTypes);
  const isOfType = (id: string) => types.size === 0 || types.has(nodeOf(dag, id).resourceType);
  return { nodes: new Set(dag.order.filter((uniqueId) => selected.has(uniqueId) && isOfType(uniqueId))) };
}

type NodeSet = ReadonlySet<string>;

/** Of what is selected, tests come along by criterion with `eager`, as dbt has it, else with the nodes that are selected in the end. */
function selectedNodes(
  { included, excluded }: Selectors,
  mode: IndirectSelection,
  dag: Dag,
  report: Report,
): NodeSet {
  const selected = evaluate(included, { dag, report, testsAlong: mode === 'eager' });
  const without =
    excluded === undefined ? new Set<string>() : evaluate(excluded, { dag, report, testsAlong: true });
  const left = difference(selected, without);
  return mode === 'eager' ? left : difference(new Set([...left, ...testsAlong(left, mode, dag)]), without);
}

interface Evaluation {
  readonly dag: Dag;
  readonly report: Report;
  /** Whether a criterion means the tests of what it matches too. */
  readonly testsAlong: boolean;
}

function evaluate(selector: Selector, evaluation: Evaluation): NodeSet {
  const { dag, report } = evaluation;
  switch (selector.kind) {
    case 'everything':
      return new Set(dag.order);
    case 'criterion': {
      const matched = matches(selector, dag, report);
      const reached = reach(selector, matched, dag);
      if (evaluation.testsAlong) return new Set([...reached, ...testsAlong(reached, 'eager', dag)]);
      return new Set([...reached].filter((id) => matched.has(id) || !isTest(id, dag)));
    }
    case 'union':
      return new Set(selector.parts.flatMap((part) => [...evaluate(part, evaluation)]));
    case 'intersection':
      return intersection(selector.parts.map((part) => evaluate(part, evaluation)));
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

function nodeOf(dag: Dag, uniqueId: string): Node {
  const node = dag.manifest.nodes.get(uniqueId);
  if (node === undefined) throw new Error(`This is a bug in modelwright: the manifest has no ${uniqueId}.`);
  return node;
}
