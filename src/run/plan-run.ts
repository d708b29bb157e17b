import type { CompiledNode } from '../compile/compiled-node.ts';
import type { CompiledTest } from '../data-test/compile-data-test.ts';
import { changedUpstream, unpublishedUpstream } from '../diagnostic/catalogue/run.ts';
import type { Report } from '../diagnostic/diagnostic.ts';
import type { Relation } from '../dialect/relation.ts';
import type { BuildableNode, ModelNode, Node } from '../manifest/node.ts';
import type { DependentViews } from '../store/dependent-views.ts';
import { hashOf } from '../store/hash.ts';
import { publishedEntry, type StoreState } from '../store/store-state.ts';
import type { CompiledUnitTest } from '../unit-test/compile-unit-tests.ts';
import { type Fusion, planFusions } from './fusion.ts';
import { nodeKey, nodeStep } from './node-step.ts';
import { isBuilt, type NodeStep, type Plan, type StandIn, type TestStep, type UnitTestStep } from './plan.ts';
import type { RunInput } from './run-input.ts';
import { sourcesBehind } from './sources-behind.ts';
import { storesFailures } from './store-failures.ts';
import { verdictKey } from './verdict-key.ts';

/** What planning knows beside the project: the store, the tokens of sources, and which views are live or fleeting. */
export interface PlanInput {
  readonly run: RunInput;
  readonly state: StoreState;
  readonly sourceTokens: ReadonlyMap<string, string>;
  readonly live: ReadonlySet<string>;
  /** Views that do not always show the same rows (see fleetingViews). */
  readonly fleeting: ReadonlySet<string>;
  /** Views of people's own on what is published. */
  readonly dependents: DependentViews;
  readonly unitTestKey: (test: CompiledUnitTest) => string | undefined;
}

/** Plans a run: the key of every selected node, whether a version of it is there, and what unselected nodes mean. */
export function planRun(input: PlanInput, report: Report): Plan {
  const draft = new Draft(input, report);
  const { dag, selection, options, dataTests, unitTests, guards } = input.run;
  for (const uniqueId of dag.order) {
    if (!selection.nodes.has(uniqueId)) continue;
    const node = dag.manifest.nodes.get(uniqueId);
    if (node !== undefined && options.builds && isBuilt(node)) draft.addNode(node);
  }
  if (options.tests) for (const test of dataTests.values()) draft.addTest(test);
  if (options.tests) for (const test of unitTests.values()) draft.addUnitTest(test);
  for (const guard of guards.values()) draft.addGuard(guard);
  draft.fuseTests();
  return draft;
}

/** A plan in the making: keys and relations of what has been planned so far. */
class Draft implements Plan {
  readonly nodes = new Map<string, NodeStep>();
  readonly keys = new Map<string, string>();
  readonly continuing = new Map<string, StandIn | undefined>();
  readonly tests = new Map<string, TestStep>();
  readonly unitTests = new Map<string, UnitTestStep>();
  fusions: ReadonlyMap<string, Fusion> = new Map();
  readonly guards = new Map<string, TestStep>();
  readonly given = new Map<string, Relation>();
  readonly leftOut = new Map<string, Node>();
  readonly sourceTokens = new Map<string, string>();
  readonly tokens: Record<string, string> = {};
  readonly #input: PlanInput;
  readonly #report: Report;

  constructor(input: PlanInput, report: Report) {
    this.#input = input;
    this.#report = report;
  }

  addNode(node: BuildableNode): void {
    const compiled = node.resourceType === 'model' ? this.#input.run.models.get(node.uniqueId) : undefined;
    const known = (compiled?.reads ?? []).map((read) => this.#know(read, node));
    const key = known.includes(false) ? '' : this.#keyOf(node, compiled, (id) => this.keys.get(id) ?? '');
    this.keys.set(node.uniqueId, key);
    const relationOf = (id: string) => this.#relationOf(id);
    const inputs = { relationOf, sourceTokens: this.sourceTokens };
    const step = nodeStep(this.#input, { node, compiled }, key, inputs);
    this.nodes.set(node.uniqueId, step);
    if (node.config.onError === 'continue' && !this.#input.run.options.failFast)
      this.continuing.set(node.uniqueId, this.#shown(node));
  }

  /** Once all tests are added. */
  fuseTests(): void {
    this.fusions = planFusions(this.tests);
  }

  addTest(compiled: CompiledTest): void {
    const unpublished = compiled.reads.find((read) => this.#isUnpublishedView(read));
    if (unpublished !== undefined) {
      this.leftOut.set(compiled.node.uniqueId, this.#nodeOf(unpublished));
      return;
    }
    const known = compiled.reads.map((read) => this.#know(read, compiled.node));
    if (!known.includes(false)) this.tests.set(compiled.node.uniqueId, this.#stepWithRows(compiled));
  }

  addUnitTest(compiled: CompiledUnitTest): void {
    const { state, unitTestKey, run } = this.#input;
    const key = unitTestKey(compiled);
    const { fullRefresh, ignoreVerdicts = false } = run.options;
    const known = key !== undefined && !fullRefresh && !ignoreVerdicts && state.verdicts.has(key);
    this.unitTests.set(compiled.node.uniqueId, { compiled, key, known });
  }

  /** Whether a command that builds nothing would read a live view, which is only published when asked for. */
  #isUnpublishedView(uniqueId: string): boolean {
    const { run, live } = this.#input;
    return !run.options.builds && live.has(uniqueId) && this.#find(uniqueId) === undefined;
  }

  /** A guard over something that nobody published has not passed, which is no mistake of the user's. */
  addGuard(compiled: CompiledTest): void {
    const known = compiled.reads.map((read) => this.#find(read) !== undefined);
    const step = known.includes(false)
      ? { compiled, known: undefined, cacheable: false }
      : this.#testStep(compiled);
    this.guards.set(compiled.node.uniqueId, step);
  }

  /** A test whose failing rows are wanted is run again for them, whatever is known of it. */
  #stepWithRows(compiled: CompiledTest): TestStep {
    const step = this.#testStep(compiled);
    const hasFailures = step.known !== undefined && step.known.failures !== 0;
    const rowsAreMissed = hasFailures && storesFailures(compiled.node, this.#input.run.options);
    return rowsAreMissed ? { ...step, known: undefined } : step;
  }

  #testStep(compiled: CompiledTest): TestStep {
    const { run, state } = this.#input;
    const { reads, nondeterminism } = compiled;
    const cacheable = nondeterminism.length === 0 && reads.every((read) => this.#isSettled(read));
    const isBuiltNow = (read: string) => this.nodes.get(read)?.kind === 'build';
    const { fullRefresh, ignoreVerdicts = false } = run.options;
    if (!cacheable || fullRefresh || ignoreVerdicts || reads.some(isBuiltNow))
      return { compiled, known: undefined, cacheable };
    const key = verdictKey(compiled, run.warehouse, this, (id) => this.#relationOf(id));
    return { compiled, known: state.verdicts.get(key), cacheable };
  }

  /** Whether the rows of what is read are told by its version, or by its token: not those of a source without one. */
  #isSettled(uniqueId: string): boolean {
    const { live, fleeting } = this.#input;
    const isUnknown = this.sourceTokens.has(uniqueId) && this.tokens[uniqueId] !== undefined;
    return !live.has(uniqueId) && !fleeting.has(uniqueId) && !isUnknown;
  }

  /** The relation of what is read; undefined while it is not built. */
  #relationOf(uniqueId: string): Relation | undefined {
    const step = this.nodes.get(uniqueId);
    return step?.kind === 'reuse' ? step.version.relation : this.given.get(uniqueId);
  }

  /** Makes sure that the key of something that is read is known; false, with a diagnostic, where nothing can be read. */
  #know(uniqueId: string, reader: Node): boolean {
    if (this.keys.has(uniqueId)) return true;
    const node = this.#nodeOf(uniqueId);
    const found = this.#find(uniqueId);
    if (found === undefined) this.#report(unpublishedUpstream({ node, reader }));
    else if (this.#input.run.options.builds && isBuilt(node)) this.#warnOfChange(node, reader);
    return found !== undefined;
  }

  /** The key of what is read. What is not planned is given: a source, or what is published of a node and still there. */
  #find(uniqueId: string): string | undefined {
    const planned = this.keys.get(uniqueId);
    if (planned !== undefined) return planned;
    const node = this.#nodeOf(uniqueId);
    if (node.resourceType === 'source') {
      const token = this.#tokenOf(uniqueId);
      this.given.set(uniqueId, node.relation);
      this.sourceTokens.set(uniqueId, token);
      this.keys.set(uniqueId, token);
      return token;
    }
    const shown = isBuilt(node) ? this.#shown(node) : undefined;
    if (shown === undefined) return undefined;
    this.given.set(uniqueId, shown.relation);
    this.keys.set(uniqueId, shown.key);
    return shown.key;
  }

  /**
   * What is published of a node and still there, under the key of what it shows in this run: a live view what its sources hold now
   * and not when it was published, a fleeting one what it comes to at the time.
   */
  #shown(node: BuildableNode): StandIn | undefined {
    const { uniqueId } = node;
    const { run, live, fleeting } = this.#input;
    const published = this.#published(node);
    if (published === undefined || !(live.has(uniqueId) || fleeting.has(uniqueId))) return published;
    const sources = live.has(uniqueId) ? [...sourcesBehind(run.dag, live, uniqueId).keys()].sort() : [];
    const tokens = sources.map((source) => this.#find(source) ?? '');
    const salt = fleeting.has(uniqueId) ? [this.#inherited(uniqueId)] : [];
    return { ...published, key: hashOf([published.key, tokens, ...salt]) };
  }

  /** What is published of a node and still there. */
  #published(node: BuildableNode): StandIn | undefined {
    const { state } = this.#input;
    const entry = publishedEntry(state, node);
    if (entry === undefined || state.catalog.find(entry.version) === undefined) return undefined;
    return { relation: entry.version, key: entry.key };
  }

  /**
   * Compares the published key of an unselected node with the key that it would have over what is published now. A node that
   * never has the same key twice cannot be compared.
   */
  #warnOfChange(node: BuildableNode, reader: Node): void {
    const { run, state, sourceTokens } = this.#input;
    const compiled = node.resourceType === 'model' ? run.models.get(node.uniqueId) : undefined;
    if (node.resourceType === 'model' && compiled === undefined) return;
    if ((compiled?.nondeterminism ?? []).length > 0) return;
    const upstream = (id: string) => {
      const read = this.#nodeOf(id);
      return isBuilt(read) ? publishedEntry(state, read)?.key : sourceTokens.get(id);
    };
    if (compiled?.reads.some((read) => upstream(read) === undefined)) return;
    if (this.#keyOf(node, compiled, (id) => upstream(id) ?? '') !== upstream(node.uniqueId))
      run.warn(changedUpstream({ node, reader }));
  }

  #keyOf(
    node: BuildableNode,
    compiled: CompiledNode<ModelNode> | undefined,
    upstream: (uniqueId: string) => string,
  ): string {
    const salted = (compiled?.nondeterminism ?? []).length > 0;
    const salt = salted ? this.#inherited(node.uniqueId) : undefined;
    return nodeKey(this.#input.run, { node, compiled }, upstream, salt);
  }

  #tokenOf(source: string): string {
    return this.#input.sourceTokens.get(source) ?? this.#inherited(source);
  }

  /** The salt or token of a failed run that this one continues, else this run's own. */
  #inherited(uniqueId: string): string {
    const token = this.#input.state.inheritedTokens.get(uniqueId) ?? this.#input.run.identity.runId;
    this.tokens[uniqueId] = token;
    return token;
  }

  #nodeOf(uniqueId: string): Node {
    const node = this.#input.run.dag.manifest.nodes.get(uniqueId);
    if (node === undefined) throw new Error(`This is a bug: "${uniqueId}" is read, but is not there.`);
    return node;
  }
}
