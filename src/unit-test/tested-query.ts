import type { CompiledNode } from '../compile/compiled-node.ts';
import * as catalogue from '../diagnostic/catalogue/unit-test.ts';
import type { Diagnostic, Report } from '../diagnostic/diagnostic.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { ModelNode, UnitTestNode } from '../manifest/node.ts';
import { markedRelations } from '../template/relation-marker.ts';
import { commonTableQuery } from './common-table.ts';
import { embeddedDialect, embeddedNondeterminism } from './embedded-compilation.ts';
import { defaultInstant, freezeClock, readInstant } from './frozen-clock.ts';

/** What a unit test says about what it tests. */
type TestedPart = Pick<UnitTestNode, 'cte' | 'overrides' | 'span'>;

/** What of a model a unit test runs: all of it or a common table, with the clock stopped. Undefined when a mistake was reported. */
export function testedQuery(
  model: CompiledNode<ModelNode>,
  test: TestedPart,
  manifest: Manifest,
  report: Report,
): CompiledNode<ModelNode> | undefined {
  const instant = instantOf(test, manifest);
  if (instant === undefined) report(badClock(test));
  const query = wholeOrCommonTable(model, test, report);
  if (instant === undefined || query === undefined) return undefined;
  const { text: sql, map } = freezeClock(query, embeddedDialect, instant);
  const nondeterminism = embeddedNondeterminism(sql, manifest);
  return { node: model.node, sql, map, reads: markedRelations(sql), nondeterminism };
}

function wholeOrCommonTable({ node, sql, map }: CompiledNode<ModelNode>, test: TestedPart, report: Report) {
  const { cte, span } = test;
  const whole = { text: sql, map };
  if (cte === undefined) return whole;
  const found = commonTableQuery(whole, cte, embeddedDialect);
  if (found.kind === 'found') return found.query;
  report(catalogue.unknownCommonTable({ cte, model: node.name, names: found.names, span }));
  return undefined;
}

function badClock({ overrides }: TestedPart): Diagnostic {
  return catalogue.badInstant({ text: overrides.now ?? '', span: overrides.spanAt('now') });
}

/** The instant that the clock of a unit test stands at, ISO text in UTC; undefined where what the test says is none. */
export function instantOf({ overrides }: TestedPart, { project }: Manifest): string | undefined {
  const { now, variables } = overrides;
  if (now !== undefined) return readInstant(now);
  return defaultInstant(variables['as_of_date'] ?? project.variables.get('as_of_date')?.value);
}
